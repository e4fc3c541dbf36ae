package com.nokia.ci.tas.service.figures;

import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.figures.Figures.Cause;
import com.nokia.ci.tas.service.figures.Figures.Ended;
import com.nokia.ci.tas.service.figures.Figures.Period;
import com.nokia.ci.tas.service.figures.Figures.User;
import com.nokia.ci.tas.service.figures.Figures.Wanted;
import com.nokia.ci.tas.service.store.Brief;
import com.nokia.ci.tas.service.store.History;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts what a farm has done over some days. For one thread, once. */
public final class Count {
  private static final int LISTED = 15;

  /** Further kinds of causes, wishes and users count together. */
  private static final int MOST_KINDS = 20_000;

  private static final String OTHERS = "others";

  private final Period period;
  private final ZoneId zone;
  private final Use use;
  private final long[][] days;
  private final long[][] hours = new long[24][3];
  private final Spread waiting = new Spread();
  private final Spread preparing = new Spread();
  private final Spread running = new Spread();
  private final Map<Kind, long[]> causes = new HashMap<>();
  private final Map<String, Spread> wanted = new HashMap<>();
  private final Map<String, UserSum> issuers = new HashMap<>();
  private final Map<String, UserSum> projects = new HashMap<>();

  private record Kind(String fault, String code) {}

  private static final class UserSum {
    private long tests;
    private long passed;
    private long millis;
  }

  private Count(Period period, Duration slice, ZoneId zone) {
    this.period = period;
    this.zone = zone;
    use = new Use(period.first(), period.days(), slice, zone);
    days = new long[period.days()][3];
  }

  /**
   * Counts; takes seconds for a million tests.
   *
   * @param slice of a day, for the use of products
   * @param now up to when running tests have used what they hold
   */
  public static Figures of(
      Period period, Duration slice, ZoneId zone, History history, FarmSnapshot farm, Instant now) {
    var count = new Count(period, slice, zone);
    Instant begin = period.first().atStartOfDay(zone).toInstant();
    Instant end = period.last().plusDays(1).atStartOfDay(zone).toInstant();
    history.forEach(begin, end, count::add);
    var runs = farm.running();
    for (var run : runs) {
      count.use.add(run.reserved(), now, run.test().progress().reservedProducts().size());
    }
    return count.figures(slice, runs.size(), farm.census().all(), now);
  }

  private void add(Brief test) {
    var times = test.times();
    int how =
        switch (test.verdict()) {
          case FINISHED -> 0;
          case FAILED -> 1;
          case STOPPED, REFUSED -> 2;
        };
    var ended = times.ended().atZone(zone);
    int day = (int) (ended.toLocalDate().toEpochDay() - period.first().toEpochDay());
    days[Math.max(0, Math.min(days.length - 1, day))][how]++;
    hours[ended.getHour()][how]++;
    Duration held = Duration.ZERO;
    if (times.reserved().isPresent()) {
      var reserved = times.reserved().get();
      use.add(reserved, times.ended(), test.products());
      held = Duration.between(reserved, times.ended()).multipliedBy(test.products());
      var waited = Duration.between(times.received(), reserved);
      waiting.add(waited);
      if (!test.wanted().isEmpty()) {
        kind(wanted, test.wanted(), OTHERS, Spread::new).add(waited);
      }
      times
          .started()
          .ifPresent(
              started -> {
                preparing.add(Duration.between(reserved, started));
                running.add(Duration.between(started, times.ended()));
              });
    }
    if (how != 0) {
      kind(causes, new Kind(test.fault(), test.code()), new Kind("", OTHERS), () -> new long[1])[
          0]++;
    }
    String issuer = test.owner().isEmpty() ? test.client() : test.owner();
    add(kind(issuers, issuer, OTHERS, UserSum::new), how, held);
    add(kind(projects, test.project(), OTHERS, UserSum::new), how, held);
  }

  private static void add(UserSum sum, int how, Duration held) {
    sum.tests++;
    sum.passed += how == 0 ? 1 : 0;
    sum.millis += Math.max(0, held.toMillis());
  }

  private static <K, V> V kind(Map<K, V> kinds, K kind, K others, Supplier<V> fresh) {
    boolean isRoom = kinds.size() < MOST_KINDS || kinds.containsKey(kind);
    return kinds.computeIfAbsent(isRoom ? kind : others, key -> fresh.get());
  }

  private Figures figures(Duration slice, int runs, int capacity, Instant now) {
    int before = period.days() - 1;
    return new Figures(
        period,
        new Figures.Utilization(
            list(use.day(before)),
            list(use.least(before)),
            list(use.most(before)),
            capacity,
            drawn(slice, now)),
        IntStream.range(0, days.length)
            .mapToObj(i -> new Figures.Day(period.first().plusDays(i), ended(days[i])))
            .toList(),
        Arrays.stream(hours).map(Count::ended).toList(),
        runs,
        new Figures.Spreads(waiting, preparing, running),
        causes.entrySet().stream()
            .map(it -> new Cause(it.getKey().fault(), it.getKey().code(), it.getValue()[0]))
            .sorted(Comparator.comparingLong(Cause::count).reversed().thenComparing(Cause::code))
            .limit(LISTED)
            .toList(),
        wanted.entrySet().stream()
            .map(it -> wanted(it.getKey(), it.getValue()))
            .sorted(
                Comparator.comparing(Wanted::waited).reversed().thenComparing(Wanted::expression))
            .limit(LISTED)
            .toList(),
        users(issuers),
        users(projects));
  }

  /** How much of the last day is over. */
  private int drawn(Duration slice, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    if (!today.equals(period.last())) {
      return today.isBefore(period.last()) ? 0 : Integer.MAX_VALUE;
    }
    var since = Duration.between(today.atStartOfDay(zone).toInstant(), now);
    return (int) (since.toMillis() / slice.toMillis()) + 1;
  }

  private static Wanted wanted(String expression, Spread waited) {
    return new Wanted(
        expression, waited.count(), waited.sum(), waited.percentile(50), waited.percentile(95));
  }

  private static List<User> users(Map<String, UserSum> sums) {
    Stream<User> users =
        sums.entrySet().stream()
            .map(
                it ->
                    new User(
                        it.getKey(),
                        it.getValue().tests,
                        it.getValue().passed,
                        Duration.ofMillis(it.getValue().millis)));
    return users
        .sorted(
            Comparator.comparing(User::used)
                .thenComparing(User::tests)
                .reversed()
                .thenComparing(User::name))
        .limit(LISTED)
        .toList();
  }

  private static Ended ended(long[] counts) {
    return new Ended(counts[0], counts[1], counts[2]);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
