package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long runs keep what they were given, learned from those that ended: by families of tests,
 * from the narrowest to all tests together. Whole numbers only, so that every machine learns the
 * same. Bounded: families that were not heard of for the longest time are forgotten. Immutable.
 *
 * @param families what was learned, by the key of the family
 * @param uses how often something was learned
 */
record Habits(Register<Long, Known> families, long uses) {
  static final Habits NONE = new Habits(Register.empty(), 0);

  private static final int KNOWN = 4_096;

  /** So many are forgotten at once, so that they need not be put in order each time. */
  private static final int FORGOTTEN = KNOWN / 8;

  /** All tests together. */
  private static final long EVERYBODY = 0;

  /** A habit, and when it was learned last. */
  record Known(long use, Habit habit) {}

  /** The same after one more run. */
  Habits learned(LiveTest.Order order, Duration took) {
    var changed = this;
    for (long family : families(order)) {
      var habit =
          families
              .get(family)
              .map(known -> known.habit().with(took))
              .orElseGet(() -> Habit.first(family, took));
      changed = changed.with(habit);
    }
    return changed;
  }

  /** The same with what was learned before; it counts as learned now. */
  Habits with(Habit habit) {
    var known = families.with(habit.family(), new Known(uses, habit));
    if (known.size() > KNOWN) {
      for (var old : byUse(known).limit(FORGOTTEN).toList()) {
        known = known.without(old.habit().family());
      }
    }
    return new Habits(known, uses + 1);
  }

  /** Everything, longest unused first. */
  Stream<Habit> all() {
    return byUse(families).map(Known::habit);
  }

  private static Stream<Known> byUse(Register<Long, Known> families) {
    return families.values().sorted(Comparator.comparingLong(Known::use));
  }

  /** What is known of the narrowest family of a test of which anything is known. */
  Optional<Habit> of(LiveTest.Order order) {
    return families(order).stream()
        .map(families::get)
        .flatMap(Optional::stream)
        .map(Known::habit)
        .findFirst();
  }

  /** The keys of the families that a test belongs to, narrowest first. */
  private static List<Long> families(LiveTest.Order order) {
    var execution = order.description().execution();
    String wish = order.wish().key();
    String script = execution.application() + '\n' + execution.script();
    String name = stem(order.description().id().test().value());
    return List.of(
        key("name", name, script, wish), key("script", script, wish), key("wish", wish), EVERYBODY);
  }

  /** {@code nightly_} of {@code nightly_7}: builds number their tests. */
  private static String stem(String id) {
    int end = id.length();
    while (end > 0 && Character.isDigit(id.charAt(end - 1))) {
      end--;
    }
    return id.substring(0, end);
  }

  /** FNV-1a: the same on every machine, and never that of everybody. */
  private static long key(String... parts) {
    long hash = 0xcbf29ce484222325L;
    for (var part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ 0xFFFF) * 0x100000001b3L;
    }
    return hash == EVERYBODY ? 1 : hash;
  }
}
