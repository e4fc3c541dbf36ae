package com.nokia.ci.tas.service.http.view;

import java.time.Duration;
import java.time.Instant;

/**
 * How far something is, by the time that it takes.
 *
 * @param from milliseconds since 1970 at which it began
 * @param to when it is likely to end, likewise
 * @param percent of that which was over when the page was made
 */
public record Progress(long from, long to, int percent) {

  static Progress of(Instant from, Instant to, Instant now) {
    long whole = Math.max(1, Duration.between(from, to).toMillis());
    long done = Duration.between(from, now).toMillis();
    return new Progress(
        from.toEpochMilli(),
        from.toEpochMilli() + whole,
        (int) Math.max(0, Math.min(99, done * 100 / whole)));
  }
}
