package com.nokia.ci.tas.service.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The moment at which a page is made, the clock by which it tells times, and whom it tells them.
 *
 * @param now when the page is made
 * @param zone of the service
 * @param who looks at it
 */
public record Telling(Instant now, ZoneId zone, Who who) {

  Moment moment(Instant instant) {
    return Moment.of(instant, zone);
  }

  /** A sentence of the farm, with its moments on the clock of the service. */
  String sentence(String text) {
    return Words.sentence(text, zone);
  }

  String since(Instant instant) {
    return Words.duration(Duration.between(instant, now));
  }

  String until(Instant instant) {
    return Words.duration(Duration.between(now, instant));
  }
}
