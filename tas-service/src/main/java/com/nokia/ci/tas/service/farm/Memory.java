package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the health of things that are not in the farm now, so that nothing is well again
 * because it went away for a moment. What persons said is kept for good, what they have in hand
 * until they give it back, the rest as long as the absent are remembered. Immutable.
 *
 * @param <K> what the things are known by
 */
record Memory<K extends Comparable<? super K>>(Table<K, Past> past, Dues<K> dues) {

  /**
   * What is known of one thing.
   *
   * @param gone when it went
   */
  record Past(Health health, Instant gone) {
    private Optional<Instant> due(Duration absence) {
      if (health.isSpokenOf()) {
        return Optional.empty();
      }
      var end = Deadline.after(gone, absence);
      return Optional.of(health.taken().map(it -> Deadline.later(it.until(), end)).orElse(end));
    }
  }

  static <K extends Comparable<? super K>> Memory<K> empty() {
    Table<K, Past> nothing = Table.empty();
    return new Memory<>(nothing, Dues.none());
  }

  /** The same with one thing known, unless there is nothing to know of it. */
  Memory<K> with(K key, Past now, Duration absence) {
    var rest = without(key, absence);
    return now.health().equals(Health.GOOD)
        ? rest
        : new Memory<>(
            rest.past.with(key, now), rest.dues.moved(key, Optional.empty(), now.due(absence)));
  }

  Memory<K> without(K key, Duration absence) {
    var known = past.get(key);
    return known.isEmpty()
        ? this
        : new Memory<>(
            past.without(key), dues.moved(key, known.get().due(absence), Optional.empty()));
  }

  Health health(K key) {
    return past.get(key).map(Past::health).orElse(Health.GOOD);
  }

  /** The same, and what is due first is due no more. */
  Memory<K> withoutFirstDue() {
    return new Memory<>(past, dues.withoutFirst());
  }
}
