package com.nokia.ci.tas.service.store;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How far back a store reaches; asked each time that something could be dropped.
 *
 * @param journal for how long what happened can be replayed; zero: no longer than a start needs it
 * @param history for how long ended tests can be found
 */
public record Retention(Supplier<Duration> journal, Supplier<Duration> history) {
  public Retention {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(history, "history");
  }

  /** Always the same. */
  public static Retention of(Duration journal, Duration history) {
    return new Retention(() -> journal, () -> history);
  }
}
