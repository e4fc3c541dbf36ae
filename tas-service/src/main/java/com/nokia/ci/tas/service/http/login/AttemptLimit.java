package com.nokia.ci.tas.service.http.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may be tried within a time: for each address, for each name. Of the many keys
 * that somebody may invent the oldest are forgotten. Safe for use by any thread.
 *
 * @param <K> by what attempts are counted
 */
final class AttemptLimit<K> {
  private static final int REMEMBERED = 10_000;

  private final int most;
  private final Duration period;
  private final Map<K, Count> counts = new LinkedHashMap<>();

  private record Count(Instant end, int attempts) {}

  AttemptLimit(int most, Duration period) {
    this.most = most;
    this.period = period;
  }

  /** Counts an attempt; whether it is within the limit. */
  synchronized boolean tryOnce(K key, Instant now) {
    Count before = counts.get(key);
    boolean isFresh = before == null || !now.isBefore(before.end());
    if (isFresh) {
      counts.remove(key);
    }
    Count after =
        isFresh
            ? new Count(now.plus(period), 1)
            : new Count(before.end(), Math.min(most, before.attempts()) + 1);
    counts.put(key, after);
    Iterator<K> oldest = counts.keySet().iterator();
    while (counts.size() > REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
    return after.attempts() <= most;
  }

  /** It went well: what was tried before counts no more. */
  synchronized void forget(K key) {
    counts.remove(key);
  }
}
