package com.nokia.ci.tas.client;

import com.nokia.ci.tas.client.internal.IssuerSettings;
import com.nokia.ci.tas.client.internal.Speech;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.StandIns;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What can be set about a {@link TestAutomationClient#open client}: where it listens and how it
 * speaks. Each method returns other settings and leaves these as they are.
 *
 * <p>Without further ado a client keeps one connection with each service, which is all that it
 * needs; nodes that can dial it send their output and results directly.
 */
public final class ClientSettings {
  private final IssuerSettings issuer;
  private final Optional<Path> farmKey;
  private final Speech.Manner manner;
  private final Optional<PrintStream> output;

  private ClientSettings(
      IssuerSettings issuer,
      Optional<Path> farmKey,
      Speech.Manner manner,
      Optional<PrintStream> output) {
    this.issuer = issuer;
    this.farmKey = farmKey;
    this.manner = manner;
    this.output = output;
  }

  /** The host name of this machine, a port by chance, the standard output, and sessions. */
  public static ClientSettings defaults() {
    return new ClientSettings(
        IssuerSettings.defaults(), Optional.empty(), Speech.DEFAULT.manner(), Optional.empty());
  }

  /**
   * With the key that the farm's admin gave you, which is needed from other machines than that of
   * the service. Without it the environment variable {@code TAS_FARM_KEY} may name the file.
   */
  public ClientSettings withFarmKey(Path file) {
    return new ClientSettings(issuer, Optional.of(file), manner, output);
  }

  /** Keeps no connections: services and nodes dial this client for each message. */
  public ClientSettings speakingPlainly() {
    return new ClientSettings(issuer, farmKey, Speech.Manner.PLAIN, output);
  }

  /**
   * Speaks over kept connections or not at all. Without this, a service that this client has never
   * had a session with, and that does not answer within half a second, counts as an earlier one
   * that knows no sessions; for farms on busy machines whose service is known to be of this kind.
   */
  public ClientSettings speakingInSessionsOnly() {
    return new ClientSettings(issuer, farmKey, Speech.Manner.SESSION_ONLY, output);
  }

  /** With the name that nodes, and services that are spoken to plainly, are told to dial. */
  public ClientSettings withHostname(String hostname) {
    return new ClientSettings(issuer.withHost(hostname.strip()), farmKey, manner, output);
  }

  /** Listens there, or at the next free port after it; 0: any free one. */
  public ClientSettings withPort(int port) {
    return new ClientSettings(issuer.withPort(port), farmKey, manner, output);
  }

  /**
   * With the places where a service may be, because it has a stand-by. The first is what tests and
   * products name. For several services, to be called for each.
   *
   * @param places {@code host:port} each
   * @throws IllegalArgumentException when one is no such address
   */
  public ClientSettings withServiceAt(String... places) {
    var all = Arrays.stream(places).map(Endpoint::parse).toList();
    return new ClientSettings(issuer.with(StandIns.of(all)), farmKey, manner, output);
  }

  /** Prints there what it does. */
  public ClientSettings withOutput(PrintStream stream) {
    return new ClientSettings(issuer, farmKey, manner, Optional.of(stream));
  }

  Optional<PrintStream> output() {
    return output;
  }

  /** All that the inside needs; reads the key file. */
  IssuerSettings issuer() {
    return issuer.with(Speech.of(farmKey.map(Path::toString), System.getenv()).with(manner));
  }
}
