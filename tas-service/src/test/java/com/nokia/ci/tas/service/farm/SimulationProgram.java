package com.nokia.ci.tas.service.farm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Simulates farms from the command line: {@code --farms N --seed S}, all promises at once, and
 * prints the seed of each farm that broke one. {@code --seed S --trace} prints the last events of a
 * farm, or with a word behind it the last in which that word occurs. {@code --make NAME} plays
 * farms of that {@linkplain Make make} whatever their seeds stand for.
 */
public final class SimulationProgram {
  private static final int LAST = 200;

  private SimulationProgram() {}

  /** The exit code is 0 when every farm kept its promises. */
  public static void main(String[] arguments) {
    var words = List.of(arguments);
    long seed = number(words, "--seed", 0);
    if (words.contains("--trace")) {
      int at = words.indexOf("--trace");
      trace(scenario(words, seed), at + 1 < words.size() ? words.get(at + 1) : "");
      return;
    }
    long farms = number(words, "--farms", 1_000);
    long begin = System.nanoTime();
    long broken =
        LongStream.range(seed, seed + farms)
            .parallel()
            .filter(each -> !isKept(scenario(words, each)))
            .count();
    double minutes = (System.nanoTime() - begin) / 60e9;
    System.out.printf(
        Locale.ROOT,
        "%d farms from seed %d in %.1f minutes, %.0f a minute; %d broke a promise%n",
        farms,
        seed,
        minutes,
        farms / minutes,
        broken);
    if (broken > 0) {
      System.out.println("see what happened: ./tas simulate --seed SEED --trace [WORD]");
      System.exit(1);
    }
  }

  private static Scenario scenario(List<String> words, long seed) {
    int at = words.indexOf("--make");
    return at < 0
        ? Scenario.of(seed)
        : Scenario.of(seed, Make.valueOf(words.get(at + 1).toUpperCase(Locale.ROOT)));
  }

  private static boolean isKept(Scenario scenario) {
    try {
      Simulation.of(scenario).run();
      return true;
    } catch (AssertionError e) {
      System.out.println(e.getMessage());
      return false;
    }
  }

  private static void trace(Scenario scenario, String word) {
    Deque<String> lines = new ArrayDeque<>();
    Simulation.Invariant tracer =
        new Simulation.Invariant() {
          @Override
          public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
            keep(lines, event.at() + " " + event, word);
            effects.forEach(effect -> keep(lines, event.at() + " -> " + effect, word));
          }
        };
    var invariants = new ArrayList<Simulation.Invariant>(List.of(tracer));
    invariants.addAll(Invariants.all(scenario.mischief()));
    try {
      new Simulation(scenario, invariants).run();
      System.out.println(scenario + " kept its promises");
    } catch (AssertionError e) {
      lines.forEach(System.out::println);
      e.printStackTrace(System.out);
      System.exit(1);
    }
  }

  private static void keep(Deque<String> lines, String line, String word) {
    if (line.contains(word) || line.contains("ServiceStarted")) {
      lines.add(line);
    }
    if (lines.size() > LAST) {
      lines.remove();
    }
  }

  private static long number(List<String> words, String name, long otherwise) {
    int at = words.indexOf(name);
    return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
  }
}
