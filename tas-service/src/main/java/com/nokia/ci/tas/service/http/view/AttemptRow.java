package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.service.farm.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A run of a test on the page of the test.
 *
 * @param name its number, behind that of its sub-test if it is of one
 * @param part sub-id of its sub-test, empty when it is of none
 * @param state preparing, running, or how it ended
 * @param reason why it did not finish; empty when it did or goes on
 * @param fault whose fault that was, in words; empty as well
 * @param node where it was
 * @param products what it had
 * @param reserved when it got them
 * @param prepared how long it took until its executor started; empty while it has not
 * @param ran how long its executor ran, and since when; none or one
 */
public record AttemptRow(
    String name,
    String part,
    String state,
    String reason,
    String fault,
    Link node,
    List<Link> products,
    Moment reserved,
    String prepared,
    List<Ran> ran) {

  /**
   * How long an executor ran.
   *
   * @param text when it has ended
   * @param since while it runs; none or one
   */
  public record Ran(String text, List<Lapse> since) {}

  static AttemptRow of(Attempt attempt, Telling telling) {
    return new AttemptRow(
        (attempt.run().subId().isEmpty() ? "" : "sub-test " + attempt.run().subId() + ", ")
            + attempt.number(),
        attempt.run().subId(),
        attempt
            .end()
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .orElse(attempt.started().isPresent() ? "running" : "preparing"),
        attempt.cause().map(Reason::sentence).map(telling::sentence).orElse(""),
        attempt.cause().map(EndedRow::fault).orElse(""),
        Link.to(attempt.node()),
        attempt.products().stream()
            .map(it -> new Link(it.imei(), Address.ofProduct(it.imei())))
            .toList(),
        telling.moment(attempt.reserved()),
        attempt
            .started()
            .map(at -> Words.exactly(Duration.between(attempt.reserved(), at)))
            .orElse(""),
        attempt.started().map(at -> ran(at, attempt, telling)).stream().toList());
  }

  private static Ran ran(Instant started, Attempt attempt, Telling telling) {
    return attempt
        .ended()
        .map(end -> new Ran(Words.exactly(Duration.between(started, end)), List.of()))
        .orElseGet(() -> new Ran("", List.of(Lapse.since(started, telling))));
  }
}
