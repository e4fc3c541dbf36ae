package com.nokia.ci.tas.service.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The moment at which a page is made and the clock by which it tells times.
 *
 * @param now when the page is made
 * @param zone of the service
 */
public record Telling(Instant now, ZoneId zone) {

  Moment moment(Instant instant) {
    return Moment.of(instant, zone);
  }

  String since(Instant instant) {
    return Words.duration(Duration.between(instant, now));
  }

  String until(Instant instant) {
    return Words.duration(Duration.between(now, instant));
  }
}
