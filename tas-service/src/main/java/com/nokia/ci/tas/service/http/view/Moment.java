package com.nokia.ci.tas.service.http.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A time on a page.
 *
 * @param machine for the {@code datetime} attribute
 * @param text for a person, on the clock of the service
 */
public record Moment(String machine, String text) {

  static Moment of(Instant instant, ZoneId zone) {
    return new Moment(
        instant.truncatedTo(ChronoUnit.SECONDS).toString(), Words.moment(instant, zone));
  }
}
