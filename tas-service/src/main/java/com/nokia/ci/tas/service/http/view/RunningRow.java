package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.FarmSnapshot;
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
 * @param details what it does or waits for there, as the farm says it; may be empty
 * @param products what it holds
 * @param since how long it is in this phase
 * @param progress how far it is by the time that such tests take; none or one
 * @param likely when it ends by that time; none or one
 * @param left how much of its timeout is left
 */
public record RunningRow(
    Link link,
    String client,
    Link node,
    int attempt,
    String phase,
    String details,
    List<Link> products,
    Lapse since,
    List<Progress> progress,
    List<Lapse> likely,
    Lapse left) {

  static RunningRow of(RunningTest running, FarmSnapshot farm, Telling telling) {
    var end = farm.expectedEnd(running.test().id());
    return new RunningRow(
        Link.to(running.test().id()),
        running.client().toString(),
        Link.to(running.node()),
        running.attempt(),
        running.started().isPresent() ? "running" : "preparing",
        telling.sentence(running.test().progress().details()),
        running.test().progress().reservedProducts().stream().map(Link::to).toList(),
        Lapse.since(running.started().orElse(running.reserved()), telling),
        end.map(it -> Progress.of(running.reserved(), it, telling.now())).stream().toList(),
        end.map(it -> Lapse.until(it, telling)).stream().toList(),
        Lapse.until(running.deadline(), telling));
  }
}
