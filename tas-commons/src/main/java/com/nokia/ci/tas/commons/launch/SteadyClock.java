package com.nokia.ci.tas.commons.launch;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The time of day as it was when the clock was made, and from then on time that passes: deadlines
 * that are taken from it hold when somebody sets the clock of the machine, in either direction. It
 * shows the old time of day from then on, until the program is started again.
 *
 * <p>Safe for any thread. Never goes back.
 */
public final class SteadyClock extends Clock {
  private final Instant begin;
  private final long beginNanos;
  private final LongSupplier nanos;
  private final ZoneId zone;

  private SteadyClock(Instant begin, long beginNanos, LongSupplier nanos, ZoneId zone) {
    this.begin = begin;
    this.beginNanos = beginNanos;
    this.nanos = nanos;
    this.zone = zone;
  }

  /** A clock that begins with the time of this machine, in UTC. */
  public static SteadyClock startingNow() {
    return of(InstantSource.system(), System::nanoTime);
  }

  /** The same, but no earlier than a moment of which somebody knows that it is over. */
  public static SteadyClock startingNow(Instant earliest) {
    var now = Instant.now();
    return of(InstantSource.fixed(now.isBefore(earliest) ? earliest : now), System::nanoTime);
  }

  /**
   * A clock that begins with the time of another.
   *
   * @param nanos time that passes, in nanoseconds since any moment
   */
  static SteadyClock of(InstantSource timeOfDay, LongSupplier nanos) {
    return new SteadyClock(timeOfDay.instant(), nanos.getAsLong(), nanos, ZoneOffset.UTC);
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanos.getAsLong() - beginNanos);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SteadyClock(begin, beginNanos, nanos, other);
  }
}
