package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;

/**
 * A waiting test on a page.
 *
 * @param place in the queue, from 1
 * @param link to its own page
 * @param client who issued it
 * @param age how long it waits
 * @param left how much of its timeout is left
 * @param reason what it waits for
 * @param failures how many runs of it failed, empty for none
 */
public record WaitingRow(
    int place, Link link, String client, String age, String left, String reason, String failures) {

  static WaitingRow of(WaitingTest waiting, Telling telling) {
    return new WaitingRow(
        waiting.place(),
        Link.to(waiting.test().id()),
        waiting.client().toString(),
        telling.since(waiting.received()),
        telling.until(waiting.deadline()),
        waiting.reason(),
        waiting.failures() == 0 ? "" : Words.count(waiting.failures(), "failure", "failures"));
  }
}
