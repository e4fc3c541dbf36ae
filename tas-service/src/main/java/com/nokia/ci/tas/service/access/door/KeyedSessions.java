package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionIdentity;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.AccessKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Knows with which key each session was opened, so that it ends with the key. Safe for use by any
 * thread.
 */
final class KeyedSessions implements SessionWatch {
  private final Map<Endpoint, Principal> holders = new ConcurrentHashMap<>();
  private final SessionWatch next;
  private final BiConsumer<Endpoint, String> end;

  /**
   * Begins with none.
   *
   * @param next told of all sessions as well
   * @param end ends one, with the reason
   */
  KeyedSessions(SessionWatch next, BiConsumer<Endpoint, String> end) {
    this.next = next;
    this.end = end;
  }

  /** Ends what was opened with keys that are no longer good or allow something else now. */
  void check(AccessBook book, Instant now) {
    holders.forEach(
        (identity, holder) ->
            holder
                .key()
                .flatMap(key -> complaint(book, key, holder, now))
                .ifPresent(why -> end.accept(identity, why)));
  }

  private static Optional<String> complaint(
      AccessBook book, KeyId id, Principal holder, Instant now) {
    Optional<AccessKey> key = book.key(id);
    if (key.isEmpty()) {
      return Optional.of("key " + id + " is gone");
    }
    if (!key.get().life().isGood(now)) {
      boolean isRevoked = key.get().life().revoked().isPresent();
      return Optional.of("key " + id + (isRevoked ? " was revoked" : " has expired"));
    }
    return book.holder(key.get()).equals(holder)
        ? Optional.empty()
        : Optional.of("what key " + id + " allows has changed");
  }

  @Override
  public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    peer.session()
        .flatMap(SessionIdentity::principal)
        .filter(holder -> holder.key().isPresent())
        .ifPresentOrElse(holder -> holders.put(identity, holder), () -> holders.remove(identity));
    next.onOpened(identity, peer, resumed);
  }

  @Override
  public void onAway(Endpoint identity, String why) {
    next.onAway(identity, why);
  }

  @Override
  public void onEnded(Endpoint identity, String why) {
    holders.remove(identity);
    next.onEnded(identity, why);
  }
}
