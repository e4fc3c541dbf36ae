package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import java.util.List;

/**
 * A running test on a page.
 *
 * @param link to its own page
 * @param client who issued it
 * @param node where it runs
 * @param attempt number of the run
 * @param phase preparing, or running
 * @param products what it holds
 * @param since how long it is in this phase
 * @param left how much of its timeout is left
 */
public record RunningRow(
    Link link,
    String client,
    Link node,
    int attempt,
    String phase,
    List<Link> products,
    String since,
    String left) {

  static RunningRow of(RunningTest running, Telling telling) {
    return new RunningRow(
        Link.to(running.test().id()),
        running.client().toString(),
        Link.to(running.node()),
        running.attempt(),
        running.started().isPresent() ? "running" : "preparing",
        running.test().progress().reservedProducts().stream().map(Link::to).toList(),
        telling.since(running.started().orElse(running.reserved())),
        telling.until(running.deadline()));
  }
}
