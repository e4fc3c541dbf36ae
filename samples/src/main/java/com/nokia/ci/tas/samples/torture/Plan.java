package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.torture.Blow.Means;
import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The blows of a storm, drawn by chance from a seed: the same settings give the same plan on any
 * machine. What the programs are doing at those moments is another matter.
 */
final class Plan {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(700);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(5_500);

  /** What a program needs to come up, roughly, when two processors start several of them. */
  private static final Duration TO_COME_UP = Duration.ofMillis(1_500);

  /** A program that is hit again before it has come up does not get to do anything. */
  private static final int LONGEST_STRETCH = 4;

  private static final int MANY = 7;

  private Plan() {}

  static List<Blow> of(TortureSettings settings) {
    var random = new Random(settings.seed());
    List<String> programs = victims(settings);
    var blows = new ArrayList<Blow>();
    if (programs.isEmpty()) {
      return blows;
    }
    int stretch = Math.max(1, Math.min(LONGEST_STRETCH, MANY / programs.size()));
    Duration at = between(random, SHORTEST_PAUSE, LONGEST_PAUSE);
    while (at.compareTo(settings.storm()) < 0) {
      Blow blow = blow(random, at, programs);
      blows.add(blow);
      at = at.plus(between(random, SHORTEST_PAUSE, LONGEST_PAUSE).multipliedBy(stretch));
      if (blow.means() != Means.STALL) {
        at = at.plus(TO_COME_UP.multipliedBy(blow.victims().size()));
      }
    }
    return List.copyOf(blows);
  }

  /** The names of all programs that may be hit. */
  private static List<String> victims(TortureSettings settings) {
    var names = new ArrayList<String>();
    for (Kind kind : Kind.values()) {
      if (!settings.spared().contains(kind)) {
        names.addAll(names(kind, settings));
      }
    }
    return names;
  }

  /** What the programs of a kind are called. */
  static List<String> names(Kind kind, TortureSettings settings) {
    int count =
        switch (kind) {
          case SERVICE -> 1;
          case BRIDGE, COMMUNICATOR -> settings.nodes();
          case CLIENT -> settings.clients();
        };
    var names = new ArrayList<String>();
    for (int i = 1; i <= count; i++) {
      names.add(kind.word() + "-" + i);
    }
    return names;
  }

  private static Blow blow(Random random, Duration at, List<String> programs) {
    var shuffled = new ArrayList<>(programs);
    Collections.shuffle(shuffled, random);
    int dice = random.nextInt(20);
    int count = dice < 14 ? 1 : dice < 19 ? 2 : programs.size();
    List<String> victims = shuffled.subList(0, Math.min(count, shuffled.size()));
    int way = random.nextInt(20);
    if (way < 12) {
      return new Blow(at, Means.KILL, victims, between(random, Duration.ZERO, ofSeconds(3)));
    }
    if (way < 14) {
      return new Blow(at, Means.RESTART, victims, between(random, Duration.ZERO, ofSeconds(2)));
    }
    // Most stalls are shorter than any limit of the farm, some longer than all of them.
    boolean isLong = way == 19;
    return new Blow(
        at,
        Means.STALL,
        victims,
        isLong
            ? between(random, ofSeconds(12), ofSeconds(25))
            : between(random, Duration.ofMillis(200), ofSeconds(6)));
  }

  private static Duration ofSeconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration between(Random random, Duration least, Duration most) {
    return least.plusMillis(random.nextInt((int) most.minus(least).toMillis() + 1));
  }
}
