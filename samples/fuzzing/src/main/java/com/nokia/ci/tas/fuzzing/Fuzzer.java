package com.nokia.ci.tas.fuzzing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the fuzzer on one target, in a process of its own with a bounded heap. */
final class Fuzzer {
  private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";

  /** Most of a short run is the start of the fuzzer, and most of that is thorough compiling. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** An input that keeps the target busy for longer is a finding. */
  private static final int SECONDS_FOR_AN_INPUT = 10;

  private static final int LONGEST_INPUT = 16_384;
  private static final int MOST_FINDINGS = 5;

  /** Whoever fuzzes for longer than this gets back what thorough compiling costs. */
  private static final long SECONDS_WORTH_COMPILING = 20;

  private final FuzzHome home;
  private final Optional<String> seed;

  /**
   * A fuzzer.
   *
   * @param seed decides what is tried first; empty: other inputs in each run
   */
  Fuzzer(FuzzHome home, Optional<String> seed) {
    this.home = home;
    this.seed = seed;
  }

  /**
   * What came of one target.
   *
   * @param figures what was done
   * @param findings inputs that broke it
   * @param complaints lines of the log that say how
   */
  record Outcome(FuzzFigures figures, List<Path> findings, List<String> complaints) {}

  /**
   * Runs until the time is up.
   *
   * @throws IOException when the fuzzer cannot be started, or ended without having run
   */
  Outcome fuzz(FuzzTarget target, long seconds) throws IOException, InterruptedException {
    for (Path old : FuzzHome.files(home.findings(target))) {
      Files.delete(old);
    }
    var command =
        command(target, seconds < SECONDS_WORTH_COMPILING ? List.of(QUICK_START) : List.of());
    command.add("--keep_going=" + MOST_FINDINGS);
    command.add("-max_total_time=" + seconds);
    seed.ifPresent(it -> command.add("-seed=" + it));
    command.add("-max_len=" + LONGEST_INPUT);
    command.add("-timeout=" + SECONDS_FOR_AN_INPUT);
    command.add("-print_final_stats=1");
    command.add("-artifact_prefix=" + home.findings(target) + "/");
    command.add(home.growing(target).toString());
    if (Files.isDirectory(home.kept(target))) {
      command.add(home.kept(target).toString());
    }
    var reading = new Reading();
    run(target, command, reading);
    if (reading.figures.executions() == 0) {
      throw new IOException("the fuzzer did not run; see " + home.log(target));
    }
    return new Outcome(
        reading.figures, FuzzHome.files(home.findings(target)), List.copyOf(reading.complaints));
  }

  /** Copies into a directory the fewest inputs of a target that reach what all of them reach. */
  void minimise(FuzzTarget target, Path into) throws IOException, InterruptedException {
    var command = command(target, List.of());
    command.add("-merge=1");
    command.add(into.toString());
    command.add(home.growing(target).toString());
    if (Files.isDirectory(home.kept(target))) {
      command.add(home.kept(target).toString());
    }
    run(target, command, line -> {});
  }

  private static List<String> command(FuzzTarget target, List<String> options) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            classPath(),
            MAIN,
            "--target_class=" + target.className(),
            "--target_method=" + target.method(),
            "--instrumentation_includes=com.nokia.ci.tas.**"));
    return command;
  }

  /** Ours, absolute: the fuzzer runs in another directory. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void run(FuzzTarget target, List<String> command, Consumer<String> lines)
      throws IOException, InterruptedException {
    Path directory = home.log(target).getParent();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        var log = new PrintWriter(Files.newBufferedWriter(home.log(target)))) {
      output
          .lines()
          .forEach(
              line -> {
                log.println(line);
                lines.accept(line);
              });
    } catch (UncheckedIOException e) {
      throw new IOException("the output of the fuzzer cannot be read", e);
    } finally {
      process.destroy();
    }
    process.waitFor();
  }

  private static final class Reading implements Consumer<String> {
    private static final int MOST_LINES = 60;

    private final List<String> complaints = new ArrayList<>();
    private FuzzFigures figures = FuzzFigures.NONE;
    private boolean within;

    @Override
    public void accept(String line) {
      figures = figures.after(line);
      within = line.startsWith("== Java Exception") || line.contains("ERROR: libFuzzer") || within;
      if (within && complaints.size() < MOST_LINES) {
        complaints.add(line);
      }
      within &= !line.startsWith("DEDUP_TOKEN") && !line.startsWith("== libFuzzer");
    }
  }
}
