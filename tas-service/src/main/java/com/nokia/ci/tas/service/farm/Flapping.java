package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How often a product or a node came and went of late. Each time counts, and counts half after each
 * window of time. What comes back too often has to be steady for a while before tests get it, and
 * for longer the more often it came and went.
 *
 * @param score {@value #ONCE} for each time, as it stood when it last went
 * @param last when it last went
 * @param held that it has to be steady first
 */
public record Flapping(int score, Instant last, Optional<Hold> held) {
  /** Nothing came and went. */
  public static final Flapping NONE = new Flapping(0, Instant.EPOCH, Optional.empty());

  private static final int ONCE = 64;
  private static final int MOST = 64 * ONCE;

  /** What comes and goes all the time is waited for no longer than this. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  public Flapping {
    Objects.requireNonNull(last, "last");
    Objects.requireNonNull(held, "held");
  }

  /**
   * That something has to be steady first.
   *
   * @param since when it came back
   * @param until when it was steady for long enough
   * @param times how often it came and went of late
   */
  public record Hold(Instant since, Instant until, int times) {
    public Hold {
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(until, "until");
    }
  }

  /** It went. */
  Flapping gone(Instant now, HealthLimits limits) {
    return limits.isDamping()
        ? new Flapping(Math.min(MOST, scoreAt(now, limits) + ONCE), now, held)
        : this;
  }

  /** It came back. */
  Flapping back(Instant now, HealthLimits limits) {
    int times = scoreAt(now, limits) / ONCE;
    if (!limits.isDamping() || times < limits.flaps()) {
      return this;
    }
    var steady = HealthLimits.grown(limits.steadyTime(), times - limits.flaps(), LONGEST);
    return new Flapping(
        score, last, Optional.of(new Hold(now, Deadline.after(now, steady), times)));
  }

  /** The same without a hold that is over by now. */
  Flapping at(Instant now) {
    return held.filter(hold -> !hold.until().isAfter(now)).isPresent()
        ? new Flapping(score, last, Optional.empty())
        : this;
  }

  private int scoreAt(Instant now, HealthLimits limits) {
    long windows = Duration.between(last, now).toMillis() / limits.flapWindow().toMillis();
    return windows >= Integer.SIZE ? 0 : score >> Math.max(0, windows);
  }
}
