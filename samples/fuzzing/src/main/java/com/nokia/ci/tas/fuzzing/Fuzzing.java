package com.nokia.ci.tas.fuzzing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fuzzes all targets, or those whose names contain a given word, one after another: {@code
 * --minutes N [WORD …]}, all together. Prints executions, coverage and findings of each. With
 * {@code --seed N} the same inputs are tried first in each run, as far as the time goes. {@code
 * --minimise} then puts the fewest and smallest inputs that reach the same into the tree.
 *
 * <p>Ends with 0 when nothing was found, 1 when a target broke, 2 when it was started wrongly.
 */
public final class Fuzzing {
  private static final String USAGE =
      "usage: ./tas fuzz [--minutes N] [--seed N] [--minimise] [TARGET …]; minutes are more than 0,"
          + " of all targets together, 2 unless given; the seed is a number";

  /** The corpus in the tree stays small: an input beyond is for those who fuzz longer. */
  private static final int MOST_INPUTS = 40;

  private static final int LARGEST_INPUT = 4_096;

  private final FuzzHome home;
  private final Fuzzer fuzzer;
  private final PrintStream out;

  private Fuzzing(FuzzHome home, Optional<String> seed, PrintStream out) {
    this.home = home;
    this.fuzzer = new Fuzzer(home, seed);
    this.out = out;
  }

  /** Reads the arguments and fuzzes. */
  public static void main(String[] arguments) throws Exception {
    double minutes = 2;
    boolean minimise = false;
    Optional<String> seed = Optional.empty();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--minimise")) {
        minimise = true;
      } else if (arguments[i].equals("--minutes") && i + 1 < arguments.length) {
        minutes = number(arguments[++i]);
      } else if (arguments[i].equals("--seed") && i + 1 < arguments.length) {
        seed = Optional.of(arguments[++i]);
      } else {
        words.add(arguments[i]);
      }
    }
    var fuzzing = new Fuzzing(FuzzHome.find(), seed, System.out);
    List<FuzzTarget> targets = fuzzing.targets(words);
    if (minutes < 0
        || targets.isEmpty()
        || seed.filter(it -> !it.matches("[0-9]{1,9}")).isPresent()) {
      System.err.println(USAGE);
      System.exit(2);
    }
    boolean clean = minutes == 0 || fuzzing.fuzz(targets, minutes);
    if (minimise) {
      fuzzing.minimise(targets);
    }
    System.exit(clean ? 0 : 1);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private List<FuzzTarget> targets(List<String> words) throws Exception {
    return FuzzTarget.in(home.compiledTests()).stream()
        .filter(
            target ->
                words.isEmpty()
                    || words.stream().anyMatch(word -> lower(target.name()).contains(lower(word))))
        .toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private boolean fuzz(List<FuzzTarget> targets, double minutes) throws Exception {
    long seconds = Math.max(1, Math.round(minutes * 60 / targets.size()));
    out.println("fuzzing " + targets.size() + " targets, " + seconds + " s each");
    out.println(FuzzFigures.header());
    FuzzFigures sum = FuzzFigures.NONE;
    List<String> complaints = new ArrayList<>();
    int found = 0;
    var pending = new ArrayDeque<>(underWay(targets, seconds));
    for (FuzzTarget target : targets) {
      Fuzzer.Outcome outcome = pending.remove().get();
      sum = sum.plus(outcome.figures());
      found += outcome.findings().size();
      out.println(
          outcome.figures().row(target.name(), (double) seconds, outcome.findings().size()));
      if (!outcome.findings().isEmpty()) {
        complaints.add("");
        complaints.add(target.name() + " is broken by:");
        outcome.findings().forEach(file -> complaints.add("  " + file));
        complaints.add("to replay one as a test, copy it to " + home.kept(target));
        complaints.addAll(outcome.complaints());
      }
    }
    out.println(sum.row("all", (double) seconds * targets.size(), found));
    complaints.forEach(out::println);
    return found == 0;
  }

  /** Two at a time: each spends as long on its start as on its work, and needs one core. */
  private List<Future<Fuzzer.Outcome>> underWay(List<FuzzTarget> targets, long seconds) {
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      return targets.stream()
          .map(target -> workers.submit(() -> fuzzer.fuzz(target, seconds)))
          .toList();
    } finally {
      workers.shutdown();
    }
  }

  private void minimise(List<FuzzTarget> targets) throws IOException, InterruptedException {
    for (FuzzTarget target : targets) {
      Path merged = Files.createTempDirectory("tas-corpus");
      fuzzer.minimise(target, merged);
      List<Path> chosen =
          FuzzHome.files(merged).stream()
              .filter(file -> file.toFile().length() <= LARGEST_INPUT)
              .sorted(Comparator.comparingLong(file -> file.toFile().length()))
              .limit(MOST_INPUTS)
              .toList();
      Path kept = Files.createDirectories(home.kept(target));
      for (Path old : FuzzHome.files(kept)) {
        if (!old.getFileName().toString().contains("-")) {
          Files.delete(old); // a name with a minus was given by a person: a finding that was mended
        }
      }
      for (Path file : chosen) {
        Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
      out.println(target.name() + ": " + chosen.size() + " inputs in the tree");
    }
  }
}
