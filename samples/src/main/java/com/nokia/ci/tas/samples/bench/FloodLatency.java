package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.flood.Burden;
import com.nokia.ci.tas.samples.flood.Flood;
import com.nokia.ci.tas.samples.flood.HeldConnections;
import com.nokia.ci.tas.samples.flood.HeldConnections.Habit;
import com.nokia.ci.tas.samples.flood.Sources;
import com.nokia.ci.tas.samples.flood.Volleys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How long a calm client waits for its executor while others flood the service, beside the same
 * client on the same farm in peace: the ratio is what a flood costs. And what the service bears.
 */
final class FloodLatency {
  private static final int WARM_UP = 60;
  private static final int SAMPLES = 40;
  private static final Duration RAMP = Duration.ofSeconds(3);
  private static final int SLOW_PEERS = 500;

  private final LocalFarm farm;
  private final Issuer issuer;
  private final Path scratch;

  FloodLatency(LocalFarm farm, Issuer issuer, Path scratch) {
    this.farm = farm;
    this.issuer = issuer;
    this.scratch = scratch;
  }

  /** Runs floods of full size, one after another. */
  List<Figure> measure() throws Exception {
    StartLatency.sample(issuer, scratch, WARM_UP);
    double[] calm = StartLatency.sample(issuer, scratch, SAMPLES);
    Burden calmBurden = Burden.of(farm.service());
    List<Figure> figures = new ArrayList<>();
    for (Kind kind : kinds()) {
      figures.addAll(under(kind, calm, calmBurden));
    }
    return figures;
  }

  private record Kind(String name, Supplier<Flood> begin) {}

  private List<Kind> kinds() {
    int port = farm.port();
    int many = Sources.room(10_000);
    Sources one = Sources.one();
    Sources spread = Sources.many(100);
    return List.of(
        held(Habit.halfOpen(), many, one),
        held(Habit.halfOpen(), many, spread),
        new Kind("garbage", () -> Volleys.ofGarbage(1_000, one, port)),
        new Kind("garbage", () -> Volleys.ofGarbage(1_000, spread, port)),
        new Kind("log-ins", () -> Volleys.ofLogIns(1_000, spread, port)),
        held(Habit.slowWriting(), SLOW_PEERS, spread),
        held(Habit.slowFile(), SLOW_PEERS, spread),
        held(Habit.slowAsking(), SLOW_PEERS, spread),
        held(Habit.slowReading(), SLOW_PEERS, spread));
  }

  private Kind held(Habit habit, int count, Sources from) {
    return new Kind(habit.name(), () -> new HeldConnections(habit, count, from, farm.port()));
  }

  private List<Figure> under(Kind kind, double[] calm, Burden calmBurden) throws Exception {
    try (Flood flood = kind.begin().get()) {
      LockSupport.parkNanos(RAMP.toNanos());
      double[] first = StartLatency.sample(issuer, scratch, SAMPLES / 2);
      Burden burden = Burden.of(farm.service());
      double[] times = joined(first, StartLatency.sample(issuer, scratch, SAMPLES / 2));
      return figures(flood, times, calm, burden.or(Burden.of(farm.service())), calmBurden);
    }
  }

  private static double[] joined(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    Arrays.sort(all);
    return all;
  }

  private static List<Figure> figures(
      Flood flood, double[] times, double[] calm, Burden burden, Burden calmBurden) {
    return List.of(
        new Figure(
            "start under " + flood.name(), median(times), median(calm), "ms, floor: calm", false),
        new Figure("  the slowest", times[times.length - 1], calm[calm.length - 1], "ms", false),
        new Figure(
            "  memory of the service",
            burden.residentBytes() / 1e6,
            calmBurden.residentBytes() / 1e6,
            "MB",
            false),
        new Figure(
            "  open files of the service",
            burden.openFiles(),
            calmBurden.openFiles(),
            "of " + flood.connections() + " connections made",
            false));
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
