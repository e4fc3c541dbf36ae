package com.nokia.ci.tas.service.http.view;

import java.time.Instant;

/**
 * A time that grows or shrinks while the page is looked at; the script of the page counts on.
 *
 * @param text at the moment at which the page was made
 * @param at milliseconds since 1970 from which or up to which it is counted
 * @param isLeft whether it is counted down
 */
public record Lapse(String text, long at, boolean isLeft) {

  static Lapse since(Instant instant, Telling telling) {
    return new Lapse(telling.since(instant), instant.toEpochMilli(), false);
  }

  static Lapse until(Instant instant, Telling telling) {
    return new Lapse(telling.until(instant), instant.toEpochMilli(), true);
  }
}
