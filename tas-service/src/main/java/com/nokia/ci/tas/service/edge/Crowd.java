package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.settings.Setting;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Who uses which address of the peers of one kind. Bounds how many of them a single machine may
 * bring into the farm, so that nobody fills it with names; and lets nobody take over an address
 * that is in use, but from the same machine or on behalf of the same principal. Who is gone counts
 * no more.
 *
 * <p>Safe for any thread.
 */
final class Crowd {
  private static final int SWEEP_AT_LEAST = 1_024;

  /** Looking at so many costs no more than refusing one. */
  private static final int PATIENCE = 64;

  private final Setting setting;
  private final IntSupplier most;
  private final Presence presence;
  private final Map<Endpoint, Holder> holders = new HashMap<>();
  private final Map<InetAddress, Integer> brought = new HashMap<>();
  private int sweepAt = SWEEP_AT_LEAST;

  /** How many more are refused before it is looked again who has gone. */
  private int patience;

  /**
   * Who is there, as others know it.
   *
   * @param farm whether the farm knows somebody
   * @param session whether somebody has a session
   */
  record Presence(Predicate<Endpoint> farm, Predicate<Endpoint> session) {}

  /** Who used an address last. */
  private record Holder(Principal who, InetAddress machine) {}

  /**
   * Begins with nobody.
   *
   * @param setting whose value it is, for the refusal
   * @param most the value in force
   */
  Crowd(Setting setting, IntSupplier most, Presence presence) {
    this.setting = setting;
    this.most = most;
    this.presence = presence;
  }

  /**
   * A machine brings somebody, perhaps not for the first time.
   *
   * @throws ProtocolException when the address is in use by others, or the machine has brought too
   *     many
   */
  synchronized void join(Peer peer, Endpoint address) {
    if (holders.size() >= sweepAt) {
      sweep();
    }
    var now = new Holder(Standing.principal(peer), peer.address().getAddress());
    var before = holders.get(address);
    if (now.equals(before)) {
      return;
    }
    if (before != null
        && !before.who().equals(now.who())
        && !before.machine().equals(now.machine())
        && presence.farm().test(address)) {
      throw new ProtocolException(
          "%s is in use by somebody else, who has tests or products here; take another address"
              .formatted(SafeName.shown(address.toString())));
    }
    if (before == null || !before.machine().equals(now.machine())) {
      requireRoom(now.machine());
      brought.merge(now.machine(), 1, Integer::sum);
      leave(before);
    }
    holders.put(address, now);
  }

  private void requireRoom(InetAddress machine) {
    int limit = most.getAsInt();
    if (brought.getOrDefault(machine, 0) >= limit && patience-- <= 0) {
      sweep();
      patience = holders.size() / PATIENCE;
    }
    int there = brought.getOrDefault(machine, 0);
    if (there >= limit) {
      throw new ProtocolException(
          "%s has brought %d already; the owner of this service can allow more by %s= in configuration.dat"
              .formatted(machine.getHostAddress(), there, setting.key()));
    }
  }

  private void leave(Holder holder) {
    if (holder != null) {
      brought.computeIfPresent(holder.machine(), (it, count) -> count == 1 ? null : count - 1);
    }
  }

  private void sweep() {
    var all = holders.entrySet().iterator();
    while (all.hasNext()) {
      var entry = all.next();
      if (!presence.farm().test(entry.getKey()) && !presence.session().test(entry.getKey())) {
        all.remove();
        leave(entry.getValue());
      }
    }
    sweepAt = Math.max(SWEEP_AT_LEAST, 2 * holders.size());
  }
}
