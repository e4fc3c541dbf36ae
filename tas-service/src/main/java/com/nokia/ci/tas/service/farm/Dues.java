package com.nokia.ci.tas.service.farm;

import java.time.Instant;
import java.util.Optional;

/**
 * When something has to happen to the things of one sort: at most one time for each, earliest
 * first. Immutable.
 *
 * @param <K> what the things are known by
 */
record Dues<K extends Comparable<? super K>>(Table<Due<K>, K> times) {

  /** A thing and its time; times are equal more often than things. */
  record Due<K extends Comparable<? super K>>(Instant at, K key) implements Comparable<Due<K>> {
    @Override
    public int compareTo(Due<K> other) {
      int order = at.compareTo(other.at);
      return order != 0 ? order : key.compareTo(other.key);
    }
  }

  private static final Dues<?> NONE = new Dues<String>(Table.empty());

  @SuppressWarnings("unchecked") // there is nothing of any type
  static <K extends Comparable<? super K>> Dues<K> none() {
    return (Dues<K>) NONE;
  }

  /** The same with the time of one thing moved. */
  Dues<K> moved(K key, Optional<Instant> from, Optional<Instant> to) {
    if (from.equals(to)) {
      return this;
    }
    var changed = times;
    if (from.isPresent()) {
      changed = changed.without(new Due<>(from.get(), key));
    }
    if (to.isPresent()) {
      changed = changed.with(new Due<>(to.get(), key), key);
    }
    return new Dues<>(changed);
  }

  Optional<Due<K>> first() {
    return times.first().map(entry -> entry.getKey());
  }

  /** The same without the first. */
  Dues<K> withoutFirst() {
    return first().map(due -> new Dues<>(times.without(due))).orElse(this);
  }
}
