package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.client.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What tests found.
 *
 * @param announcement what was told before
 * @param runs the tests, over
 * @param former the verdict of the series the last time; empty when this is the first
 * @param links of all publishers, as announced
 */
public record Report(
    Announcement announcement, List<TestedRun> runs, Optional<Verdict> former, List<Link> links) {
  public Report {
    runs = List.copyOf(runs);
    links = List.copyOf(links);
  }

  /** The worst verdict of the tests. */
  public Verdict verdict() {
    return TestedRun.verdict(runs);
  }

  /** One line: which series has which verdict, of how many tests. */
  public String headline() {
    long good = runs.stream().filter(it -> it.judgement().verdict() == Verdict.PASS).count();
    return announcement.series()
        + ": "
        + verdict()
        + (runs.size() == 1 ? "" : ", " + good + " of " + runs.size() + " tests passed");
  }
}
