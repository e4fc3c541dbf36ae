package com.nokia.ci.tas.service.replay;

import java.time.Duration;
import java.util.List;

/**
 * How a farm served its tests.
 *
 * @param waits from submission to the first start of each test that was started, shortest first
 * @param unstarted how many tests were never started
 * @param utilisation share of the time of all connected products in which they were reserved, from
 *     0 to 1
 */
public record Figures(List<Duration> waits, int unstarted, double utilisation) {
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.9;

  public Figures {
    waits = waits.stream().sorted().toList();
  }

  /** What half of the tests did not wait longer than. */
  public Duration median() {
    return share(MEDIAN);
  }

  /** What nine of ten tests did not wait longer than. */
  public Duration p90() {
    return share(MOST);
  }

  public Duration longest() {
    return waits.isEmpty() ? Duration.ZERO : waits.get(waits.size() - 1);
  }

  private Duration share(double share) {
    return waits.isEmpty()
        ? Duration.ZERO
        : waits.get(Math.min(waits.size() - 1, (int) (waits.size() * share)));
  }
}
