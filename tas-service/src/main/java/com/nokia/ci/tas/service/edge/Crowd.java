package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.settings.Setting;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Bounds how many peers of one kind a single machine may bring into the farm, so that nobody fills
 * it with names. Who is gone counts no more.
 *
 * <p>Safe for any thread.
 */
final class Crowd {
  private final Setting setting;
  private final IntSupplier most;
  private final Predicate<Endpoint> isHere;
  private final Map<InetAddress, Set<Endpoint>> brought = new HashMap<>();
  private int sweepAt = 64;

  /**
   * Begins with nobody.
   *
   * @param setting whose value it is, for the refusal
   * @param most the value in force
   * @param isHere whether the farm still knows somebody
   */
  Crowd(Setting setting, IntSupplier most, Predicate<Endpoint> isHere) {
    this.setting = setting;
    this.most = most;
    this.isHere = isHere;
  }

  /**
   * A machine brings somebody, perhaps not for the first time.
   *
   * @throws ProtocolException when it has brought too many
   */
  synchronized void join(Peer peer, Endpoint who) {
    sweep();
    var machine = peer.address().getAddress();
    var there = brought.computeIfAbsent(machine, any -> new HashSet<>());
    if (there.contains(who)) {
      return;
    }
    int limit = most.getAsInt();
    if (there.size() >= limit) {
      there.removeIf(isHere.negate());
    }
    if (there.size() >= limit) {
      throw new ProtocolException(
          "%s has brought %d already; the owner of this service can allow more by %s= in configuration.dat"
              .formatted(machine.getHostAddress(), there.size(), setting.key()));
    }
    there.add(who);
  }

  private void sweep() {
    if (brought.size() >= sweepAt) {
      brought.values().forEach(there -> there.removeIf(isHere.negate()));
      brought.values().removeIf(Set::isEmpty);
      sweepAt = Math.max(64, 2 * brought.size());
    }
  }
}
