package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation.Remote;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.Credentials;
import com.nokia.ci.tas.service.access.Credentials.Known;
import com.nokia.ci.tas.service.access.LogInFailures;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides who may open a session with the service (docs/session.md, section 8).
 *
 * <p>A peer on this machine may, whatever it shows being taken at its word; anybody else needs TLS
 * and a key of the farm. A peer of a network that may speak plainly, and that shows nothing, is
 * heard plainly. Asked by event loops; reads what is in force and waits for nothing.
 */
final class FarmDoor implements SessionAdmission {
  private final Surroundings around;
  private final LogInFailures failures;

  /**
   * What the decision depends on, each as it is at the moment.
   *
   * @param book whom the farm knows
   * @param hasKeys whether the service can do TLS
   * @param isOfThisMachine usually {@link Peer#isLocal}
   * @param maySpeakPlainly whether the owner has named the peer's network
   * @param used told of each key that let somebody in
   * @param clock by which keys expire
   */
  record Surroundings(
      Supplier<AccessBook> book,
      BooleanSupplier hasKeys,
      Predicate<Peer> isOfThisMachine,
      Predicate<Peer> maySpeakPlainly,
      Consumer<KeyId> used,
      InstantSource clock) {}

  FarmDoor(Surroundings around, LogInFailures failures) {
    this.around = around;
    this.failures = failures;
  }

  @Override
  public Answer admit(RegistryOperation registration, SessionOffer offer, Peer peer) {
    boolean isLocal = around.isOfThisMachine().test(peer);
    if (!isLocal && !peer.secure()) {
      return around.maySpeakPlainly().test(peer) ? new Plain() : refused(peer, needsTls());
    }
    var credentials = new Credentials(around.book().get(), around.clock().instant());
    Optional<Credentials.Finding> finding =
        offer
            .token()
            .map(credentials::ofToken)
            .or(() -> peer.certificate().map(credentials::ofCertificate));
    if (finding.isEmpty()) {
      return isLocal ? new Admitted(Principal.LOCAL) : refused(peer, needsKey());
    }
    return finding
        .get()
        .fold(
            known -> admitted(known, registration.remote(), peer),
            unknown -> refused(peer, unknown.sentence()));
  }

  private Answer admitted(Known known, Remote remote, Peer peer) {
    Principal who = known.holder();
    boolean isAllowed = remote == Remote.TEST_NODE ? who.mayBeNode() : who.mayBeClient();
    if (!isAllowed) {
      return refused(peer, isForOther(known.key(), remote));
    }
    around.used().accept(known.key().id());
    return new Admitted(who);
  }

  private Answer refused(Peer peer, String sentence) {
    boolean mayBeTold = failures.count(peer.address().getAddress());
    return mayBeTold ? new Refused(sentence) : new Dropped();
  }

  private String needsTls() {
    return around.hasKeys().getAsBoolean()
        ? "this service takes sessions from other machines over TLS alone; give the program a key"
            + " file of the farm: FarmKey=FILE for a communicator, --farm-key FILE on the command"
            + " line, or TAS_FARM_KEY in the environment"
        : "this service has no keys and takes sessions from its own machine alone; its admin makes"
            + " keys with: tas keys";
  }

  private static String needsKey() {
    return "this service asks other machines for a token or a client certificate; give the program"
        + " a whole key file of the farm, made with: tas keys client, or: tas keys node";
  }

  private static String isForOther(AccessKey key, Remote remote) {
    return "key %s (%s) is for a %s and this is a %s; ask the farm's admin for a key made with: tas keys %s"
        .formatted(key.id(), key.shown(), key.kind().text(), word(remote), word(remote));
  }

  private static String word(Remote remote) {
    return switch (remote) {
      case TEST_NODE -> AccessKey.Kind.NODE.text();
      case CLIENT -> AccessKey.Kind.CLIENT.text();
    };
  }
}
