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
import java.util.concurrent.CompletableFuture;

/**
 * What it costs to start an executor beside a bare process start from Java: the same script, from
 * the call to the end of the process, in turn. Measured in a Java process of its own for each way
 * in which Java starts processes: the communicator chooses one, other programs have the usual one.
 */
public final class LaunchCost {
  private static final int WARM_UP = 100;
  private static final int SAMPLES = 300;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorLauncher launcher;
  private final Workspaces workspaces;
  private final Path scratch;

  private LaunchCost(Path scratch) {
    var programs = ProgramFinder.of(System.getenv(), Platform.own());
    this.scratch = scratch;
    this.workspaces = new Workspaces(scratch.resolve("workspace"), KeepRule.NONE);
    this.launcher =
        new ExecutorLauncher(
            new CommandLine(programs, Platform.own(), ProductArgument.FILE, scratch),
            programs,
            workspaces.root(),
            Platform.own(),
            ExecutorSettings.DEFAULT);
  }

  /** Prints the medians in milliseconds: bare, executor, bare with setsid. */
  public static void main(String[] arguments) throws Exception {
    double[] medians = new LaunchCost(Path.of(arguments[0])).medians();
    System.out.println(
        String.format(Locale.ROOT, "%.3f %.3f %.3f", medians[0], medians[1], medians[2]));
  }

  static List<Figure> measure(Path scratch) throws Exception {
    double[] chosen = run(scratch.resolve("launch-chosen"), "VFORK");
    double[] usual = run(scratch.resolve("launch-usual"), "POSIX_SPAWN");
    return List.of(
        new Figure("executor from launch to end, median", chosen[1], chosen[0], "ms", false),
        new Figure("the same beside a bare start with setsid", chosen[1], chosen[2], "ms", false),
        new Figure(
            "the same beside a bare start in Java's usual way", chosen[1], usual[0], "ms", false));
  }

  private static double[] run(Path scratch, String mechanism)
      throws IOException, InterruptedException {
    Files.createDirectories(scratch);
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-Djdk.lang.Process.launchMechanism=" + mechanism,
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
      return Arrays.stream(last.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
  }

  private double[] medians() throws Exception {
    var id = RuntimeId.of("launch");
    Path script = Files.writeString(scratch.resolve("run.sh"), "echo started\n");
    double[][] times = new double[3][SAMPLES];
    for (int i = -WARM_UP; i < SAMPLES; i++) {
      double bare = bare("sh", script.toString());
      double session = bare("setsid", "sh", script.toString());
      double launched = launched(id, script);
      if (i >= 0) {
        times[0][i] = bare;
        times[1][i] = launched;
        times[2][i] = session;
      }
    }
    for (double[] all : times) {
      Arrays.sort(all);
    }
    return Arrays.stream(times).mapToDouble(sorted -> sorted[SAMPLES / 2]).toArray();
  }

  private static double bare(String... line) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    process.getInputStream().readAllBytes();
    process.waitFor();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** The workspace is made before, and what the executor left is ended after: neither is timed. */
  private double launched(RuntimeId id, Path script) throws Exception {
    var workspace = workspaces.prepare(id);
    Files.copy(script, workspace.directory().resolve("run.sh"));
    var execution = new TestExecution("sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), "");
    var order =
        new ExecutorOrder(
            id, execution, List.of(), workspace, SealedValues.NONE, scratch.resolve("output.log"));
    long begin = System.nanoTime();
    var executor = launcher.launch(order, text -> CompletableFuture.completedFuture(null));
    executor.exit().get();
    double time = (System.nanoTime() - begin) / 1e6;
    executor.end(LONG);
    return time;
  }
}
