package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the packages of tests took, by what they took before. A package is known by its name and
 * the project of its test; of those that nothing was heard of for longest, what is too much is
 * forgotten. Immutable.
 *
 * @param times by name
 * @param uses the names in the order in which they were last heard of
 * @param next number of the next use
 */
record PackageTimes(Table<String, Entry> times, Table<Long, String> uses, long next) {
  /** So many packages are remembered. */
  static final int MOST = 10_000;

  /** How much of what was known stays, against one part of what is new. */
  private static final int INERTIA = 3;

  static final PackageTimes NONE = new PackageTimes(Table.empty(), Table.empty(), 0);

  /**
   * What is known of a package.
   *
   * @param millis how long it takes
   * @param use when it was last heard of
   */
  record Entry(long millis, long use) {}

  Optional<Duration> of(TestDescription test, TestPackageDescription part) {
    return times.get(key(test, part)).map(entry -> Duration.ofMillis(entry.millis()));
  }

  /**
   * The same, and some packages of a test took so long together. It is shared out among them as is
   * known of them so far; what is not known counts as much as the others on average.
   */
  PackageTimes with(TestDescription test, Duration took) {
    List<TestPackageDescription> packages = test.execution().packages();
    long usual =
        Math.max(
            1,
            (long)
                packages.stream()
                    .flatMap(part -> of(test, part).stream())
                    .mapToLong(Duration::toMillis)
                    .average()
                    .orElse(1));
    double all = packages.stream().mapToLong(part -> expected(test, part, usual)).sum();
    var changed = this;
    for (var part : packages) {
      double share = took.toMillis() * (expected(test, part, usual) / all);
      changed = changed.with(key(test, part), Math.round(share));
    }
    return changed;
  }

  private long expected(TestDescription test, TestPackageDescription part, long usual) {
    return of(test, part).map(Duration::toMillis).map(ms -> Math.max(1, ms)).orElse(usual);
  }

  /** The same with what was kept of one package; those heard of last come last. */
  PackageTimes with(String key, long millis) {
    var before = times.get(key);
    long learned =
        before.map(entry -> (INERTIA * entry.millis() + millis) / (INERTIA + 1)).orElse(millis);
    var others = before.map(entry -> uses.without(entry.use())).orElse(uses);
    var kept = times.with(key, new Entry(learned, next));
    var used = others.with(next, key);
    while (used.size() > MOST) {
      Map.Entry<Long, String> oldest = used.first().orElseThrow();
      used = used.without(oldest.getKey());
      kept = kept.without(oldest.getValue());
    }
    return new PackageTimes(kept, used, next + 1);
  }

  private static String key(TestDescription test, TestPackageDescription part) {
    return test.origin().project().map(ProjectId::value).orElse("") + "\n" + part.id();
  }
}
