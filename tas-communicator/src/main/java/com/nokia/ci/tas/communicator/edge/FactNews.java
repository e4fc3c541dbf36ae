package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.communicator.facts.FactSheet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the facts of a node are worth telling again: one has changed noticeably, or the last ones
 * are old. Guarded by the monitor of the {@link ServiceNews}.
 */
final class FactNews {
  private static final Duration OLD = Duration.ofMinutes(5);

  /** A number that has changed by less than one in so many is no news. */
  private static final int NOTICEABLE = 10;

  /** Never the same, and no reason to tell. */
  private static final Set<String> RESTLESS = Set.of("uptime-seconds", "load-percent");

  private final FactSheet sheet;
  private final InstantSource clock;
  private NodeFacts told = NodeFacts.NONE;
  private Instant toldAt = Instant.MIN;

  FactNews(FactSheet sheet, InstantSource clock) {
    this.sheet = sheet;
    this.clock = clock;
  }

  /** The facts of the moment, which the service is told now. */
  NodeFacts tell() {
    return tell(sheet.now());
  }

  /** The facts of the moment, if the service should be told. */
  Optional<NodeFacts> news() {
    var now = sheet.now();
    boolean isOld = toldAt.isBefore(clock.instant().minus(OLD));
    return isOld || differ(now) ? Optional.of(tell(now)) : Optional.empty();
  }

  private NodeFacts tell(NodeFacts facts) {
    told = facts;
    toldAt = clock.instant();
    return facts;
  }

  private boolean differ(NodeFacts now) {
    return !now.values().keySet().equals(told.values().keySet())
        || now.values().entrySet().stream().anyMatch(this::differs);
  }

  private boolean differs(Map.Entry<String, String> fact) {
    String former = told.values().get(fact.getKey());
    if (RESTLESS.contains(fact.getKey()) || former.equals(fact.getValue())) {
      return false;
    }
    try {
      long before = Long.parseLong(former);
      return Math.abs(Long.parseLong(fact.getValue()) - before) > Math.abs(before) / NOTICEABLE;
    } catch (NumberFormatException notNumbers) {
      return true;
    }
  }
}
