package com.nokia.ci.tas.service.farm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * Breaks the rules of the farm one at a time, as the table {@code rule-mutations.txt} among the
 * resources says, and sees whether the tests of the rules and the simulation notice: {@code --farms
 * N} plays so many farms with each, {@code --minutes M} is what the whole table may take, {@code
 * --only NAME} tries one row. Runs in the root of the clone.
 *
 * <p>With a limit, each row gets an equal share of the time that is left, plays as many of its
 * farms as fit, and says how many those were. Two rows are tried at a time.
 *
 * <p>Nothing of the clone is changed: the one source is compiled into a scratch directory, which is
 * looked at before the classes of the build.
 */
public final class MutationProgram {
  private static final String TABLE = "rule-mutations.txt";
  private static final Path SOURCES =
      Path.of("tas-service", "src", "main", "java")
          .resolve(MutationProgram.class.getPackageName().replace('.', File.separatorChar));
  private static final int FARMS = 24;
  private static final int MINUTES = 60;
  private static final int AT_ONCE = 2;

  /** How much longer a row may take whose broken rule comes to no end. */
  private static final int SPARE_SECONDS = 60;

  private final int farms;
  private final long end;
  private int left;

  private MutationProgram(int farms, int minutes, int rows) {
    this.farms = farms;
    end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    left = rows;
  }

  /** What was noticed. */
  private enum Verdict {
    NOTICED(0),
    SURVIVED(1),
    /** The mutant cannot be tried. */
    UNUSABLE(2);

    private final int exitCode;

    Verdict(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  /** The exit code is 0 when each mutant was noticed, 1 when one was not, 2 when one is no good. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    var words = List.of(arguments);
    int farms = option(words, "--farms").map(Integer::parseInt).orElse(FARMS);
    int minutes = option(words, "--minutes").map(Integer::parseInt).orElse(MINUTES);
    var only = option(words, "--only");
    var mutants =
        table().stream()
            .filter(it -> only.filter(name -> !name.equals(it.name())).isEmpty())
            .toList();
    var complaints = complaints(mutants);
    if (mutants.isEmpty()) {
      complaints.add("there is no mutant \"" + only.orElse("") + "\" in " + TABLE);
    }
    if (!complaints.isEmpty()) {
      complaints.forEach(System.err::println);
      System.exit(2);
    }
    System.out.println("| broken rule | simulation | other tests that failed |");
    System.out.println("|---|---|---|");
    var program = new MutationProgram(farms, minutes, mutants.size());
    var workers = Executors.newFixedThreadPool(AT_ONCE);
    var attempts = new ArrayList<Callable<Verdict>>();
    mutants.forEach(mutant -> attempts.add(() -> program.attempt(mutant)));
    var worst = Verdict.NOTICED;
    for (var verdict : workers.invokeAll(attempts)) {
      worst = verdict.get().compareTo(worst) > 0 ? verdict.get() : worst;
    }
    System.exit(worst.exitCode);
  }

  /** What the next row may take: its part of what is left for all of them. */
  private synchronized long share() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
    return Math.max(1, seconds * AT_ONCE / Math.max(AT_ONCE, left--));
  }

  private static List<Mutant> table() throws IOException {
    try (InputStream in = MutationProgram.class.getResourceAsStream(TABLE)) {
      return Mutant.read(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static List<String> complaints(List<Mutant> mutants) throws IOException {
    var complaints = new ArrayList<String>();
    for (var mutant : mutants) {
      try {
        mutant.source(SOURCES);
      } catch (IllegalArgumentException e) {
        complaints.add(e.getMessage());
      }
    }
    return complaints;
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }

  private Verdict attempt(Mutant mutant) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("mutant");
    try {
      if (!compile(mutant, scratch)) {
        System.out.println("| " + mutant.name() + " | does not compile | |");
        return Verdict.UNUSABLE;
      }
      Path report = scratch.resolve("report");
      boolean isAtItsEnd = play(scratch, report);
      var lines = Files.exists(report) ? Files.readAllLines(report) : List.<String>of();
      String tests = said(lines, MutantCheck.TESTS).orElse("they did not end");
      String simulation = said(lines, MutantCheck.FARMS).orElse("not at its end");
      System.out.println("| " + mutant.name() + " | " + simulation + " | " + tests + " |");
      boolean isNoticed =
          !isAtItsEnd || !tests.equals("0") || !simulation.startsWith(MutantCheck.SURVIVED);
      return isNoticed ? Verdict.NOTICED : Verdict.SURVIVED;
    } finally {
      try (var files = Files.walk(scratch)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Optional<String> said(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()))
        .findFirst();
  }

  private static boolean compile(Mutant mutant, Path scratch) throws IOException {
    Path source = scratch.resolve(mutant.file());
    Files.writeString(source, mutant.source(SOURCES));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                System.err,
                System.err,
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                scratch.toString(),
                source.toString());
    return code == 0;
  }

  /** Whether the tests and the farms came to their end with the rule broken. */
  private boolean play(Path scratch, Path report) throws IOException, InterruptedException {
    long seconds = share();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it does not live long enough for better code
                "-Xmx600m",
                "-cp",
                scratch + File.pathSeparator + System.getProperty("java.class.path"),
                MutantCheck.class.getName(),
                report.toString(),
                Integer.toString(farms),
                Long.toString(seconds))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(seconds + SPARE_SECONDS, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
