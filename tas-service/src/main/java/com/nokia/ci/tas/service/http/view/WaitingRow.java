package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.Estimate;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import java.util.List;

/**
 * A waiting test on a page.
 *
 * @param place in the queue, from 1
 * @param link to its own page
 * @param client who issued it
 * @param priority the higher, the sooner
 * @param age how long it waits
 * @param left how much of its timeout is left
 * @param start when it is likely to start; none or one
 * @param reason what it waits for
 * @param failures how many runs of it failed, empty for none
 */
public record WaitingRow(
    int place,
    Link link,
    String client,
    int priority,
    Lapse age,
    Lapse left,
    List<Lapse> start,
    String reason,
    String failures) {

  static WaitingRow of(WaitingTest waiting, Telling telling) {
    return new WaitingRow(
        waiting.place(),
        Link.to(waiting.test().id()),
        waiting.client().toString(),
        waiting.test().demand().priority(),
        Lapse.since(waiting.received(), telling),
        Lapse.until(waiting.deadline(), telling),
        waiting
            .estimate()
            .map(Estimate::start)
            .filter(it -> it.isAfter(telling.now()))
            .map(it -> Lapse.until(it, telling))
            .stream()
            .toList(),
        telling.sentence(waiting.reason()),
        waiting.failures() == 0 ? "" : Words.count(waiting.failures(), "failure", "failures"));
  }
}
