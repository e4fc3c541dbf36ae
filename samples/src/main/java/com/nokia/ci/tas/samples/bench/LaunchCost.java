package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.communicator.execution.CommandLine;
import com.nokia.ci.tas.communicator.execution.ExecutorLauncher;
import com.nokia.ci.tas.communicator.execution.ExecutorOrder;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.Platform;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.execution.ProgramFinder;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;

/**
 * What it costs to start an executor beside a bare process start from Java: the same script, from
 * the call to the end of the process, in turn. Measured in Java processes of their own, one that
 * starts processes as the communicator has chosen to, one that does as Java usually does.
 */
public final class LaunchCost {
  private static final int WARM_UP = 200;
  private static final int SAMPLES = 41;
  private static final long PAUSE_MILLISECONDS = 25;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String MECHANISM = "jdk.lang.Process.launchMechanism";

  /** Medians in milliseconds. */
  private record Medians(double bare, double session, double waited, double direct) {}

  private final Workspaces workspaces;
  private final Path scratch;

  private LaunchCost(Path scratch) {
    this.scratch = scratch;
    this.workspaces = new Workspaces(scratch.resolve("workspace"), KeepRule.NONE);
  }

  /**
   * Prints the table.
   *
   * @param arguments none; a directory makes this the process that measures and prints bare numbers
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      var medians = new LaunchCost(Path.of(arguments[0])).medians();
      System.out.println(
          String.format(
              Locale.ROOT,
              "%.3f %.3f %.3f %.3f",
              medians.bare(),
              medians.session(),
              medians.waited(),
              medians.direct()));
      return;
    }
    Path scratch = Files.createTempDirectory("tas-bench");
    try {
      System.out.println(Row.header());
      measure(scratch).forEach(figure -> System.out.println(Row.of("launch", List.of(figure))));
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }

  static List<Figure> measure(Path scratch) throws Exception {
    var chosen = run(scratch.resolve("launch-chosen"), "VFORK");
    var usual = run(scratch.resolve("launch-usual"), "POSIX_SPAWN");
    return List.of(
        figure("executor from launch to end, median", chosen.waited(), chosen.bare()),
        figure("the same beside a bare start with setsid", chosen.waited(), chosen.session()),
        figure("the same beside a start in Java's usual way", chosen.waited(), usual.bare()),
        figure("executor when no shell waits for it", chosen.direct(), chosen.bare()));
  }

  private static Figure figure(String name, double value, double floor) {
    return new Figure(name, value, floor, "ms", false);
  }

  private static Medians run(Path scratch, String mechanism)
      throws IOException, InterruptedException {
    Files.createDirectories(scratch);
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-D" + MECHANISM + "=" + mechanism,
                "-cp",
                System.getProperty("java.class.path"),
                LaunchCost.class.getName(),
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = process.inputReader()) {
      String last = said.lines().reduce("", (before, line) -> line);
      if (process.waitFor() != 0) {
        throw new IOException("the measurement of launches failed: " + last);
      }
      double[] all = Arrays.stream(last.split(" ")).mapToDouble(Double::parseDouble).toArray();
      return new Medians(all[0], all[1], all[2], all[3]);
    }
  }

  private Medians medians() throws Exception {
    Path script = Files.writeString(scratch.resolve("run.sh"), "echo started\n");
    double[][] times = new double[4][SAMPLES];
    try (var waited = launcher();
        var direct = launcher()) {
      waited.keepShellsWaiting();
      List<Callable<Double>> ways =
          List.of(
              () -> bare("sh", script.toString()),
              () -> bare("setsid", "sh", script.toString()),
              () -> launched(waited, script),
              () -> launched(direct, script));
      for (int i = -WARM_UP; i < SAMPLES; i++) {
        for (int way = 0; way < ways.size(); way++) {
          double time = ways.get(way).call();
          if (i >= 0) {
            times[way][i] = time;
            // As long before each: the next shell waits by then.
            Thread.sleep(PAUSE_MILLISECONDS);
          }
        }
      }
    }
    double[] medians = new double[times.length];
    for (int way = 0; way < times.length; way++) {
      Arrays.sort(times[way]);
      medians[way] = times[way][SAMPLES / 2];
    }
    return new Medians(medians[0], medians[1], medians[2], medians[3]);
  }

  private ExecutorLauncher launcher() {
    var programs = ProgramFinder.of(System.getenv(), Platform.own());
    return new ExecutorLauncher(
        new CommandLine(programs, Platform.own(), ProductArgument.FILE, scratch),
        programs,
        workspaces.root(),
        Platform.own(),
        ExecutorSettings.DEFAULT);
  }

  /** Hears of the end as a node does. */
  private static double bare(String... line) throws Exception {
    long begin = System.nanoTime();
    var process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    process.getInputStream().readAllBytes();
    process.onExit().get();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** The workspace is made before, and what the executor left is ended after: neither is timed. */
  private double launched(ExecutorLauncher launcher, Path script) throws Exception {
    var id = RuntimeId.of("launch");
    var workspace = workspaces.prepare(id);
    Files.copy(script, workspace.directory().resolve("run.sh"));
    var execution = new TestExecution("sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), "");
    Path output = scratch.resolve("output.log");
    Files.deleteIfExists(output);
    var order = new ExecutorOrder(id, execution, List.of(), workspace, SealedValues.NONE, output);
    long begin = System.nanoTime();
    var executor = launcher.launch(order, text -> CompletableFuture.completedFuture(null));
    executor.exit().get();
    double time = (System.nanoTime() - begin) / 1e6;
    executor.end(LONG);
    return time;
  }
}
