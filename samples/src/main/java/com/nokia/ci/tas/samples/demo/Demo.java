package com.nokia.ci.tas.samples.demo;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.apache.commons.io.FileUtils;

/**
 * The program behind {@code ./tas demo}: starts a farm, runs a test on it, says what came of it and
 * leaves nothing behind, also after Ctrl-C.
 */
public final class Demo {
  private static final int PRODUCTS = 3;
  private static final String KEEP = "--keep";
  private static final String REPORT = "report.txt";

  private final boolean keeps;
  private final PrintStream out;
  private final AtomicBoolean interrupted = new AtomicBoolean();

  /**
   * A demo yet to be run.
   *
   * @param keeps whether the farm is left running
   * @param out for whoever watches
   */
  Demo(boolean keeps, PrintStream out) {
    this.keeps = keeps;
    this.out = out;
  }

  /**
   * Takes {@code --keep} if wanted. Exit code 0 when the test finished and its results arrived, 2
   * for wrong usage, 1 for anything else.
   */
  public static void main(String[] args) {
    if (!List.of(KEEP).containsAll(List.of(args))) {
      System.err.println("Usage: ./tas demo [--keep]");
      System.exit(2);
    }
    System.exit(exitCode(args.length > 0));
  }

  private static int exitCode(boolean keeps) {
    var demo = new Demo(keeps, System.out);
    try {
      return demo.run() ? 0 : 1;
    } catch (Exception e) {
      if (!demo.interrupted.get()) {
        System.err.println("demo: " + e.getMessage());
      }
      return 1;
    }
  }

  /**
   * Runs the whole.
   *
   * @return whether the test finished and its results arrived
   * @throws Exception when the farm does not come up
   */
  boolean run() throws Exception {
    Path scratch = Files.createTempDirectory("tas-demo-");
    var interruption = new Thread(() -> interrupt(scratch), "tas-demo-interruption");
    Runtime.getRuntime().addShutdownHook(interruption);
    out.println("starting a service in " + scratch);
    LocalFarm farm = LocalFarm.start(scratch);
    boolean passed = runOn(farm, scratch);
    Runtime.getRuntime().removeShutdownHook(interruption);
    if (keeps) {
      tellHowToStop(farm, scratch);
      return passed;
    }
    farm.close();
    out.println("all programs have ended");
    if (passed) {
      FileUtils.deleteDirectory(scratch.toFile());
    } else {
      out.println("their logs are in " + scratch);
    }
    return passed;
  }

  private boolean runOn(LocalFarm farm, Path scratch) throws Exception {
    String page = "http://" + farm.address();
    out.println("the status page is " + page);
    out.println("starting a bridge with " + PRODUCTS + " simulated products, and a communicator");
    farm.addNode("node", PRODUCTS);
    out.println("the farm has " + PRODUCTS + " free products");

    Path workspace = Files.createDirectory(scratch.resolve("plugin"));
    long begun = System.nanoTime();
    var verdict = new IssuedTest(workspace, out).run("localhost", farm.port());
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

    out.println();
    out.println("verdict:     " + (verdict.passed() ? "finished" : "failed: " + verdict.reason()));
    out.println("took:        " + took + " ms");
    out.println("product:     " + String.join(", ", verdict.reserved()));
    boolean delivered = describe(workspace.resolve(IssuedTest.RESULTS));
    out.println("status page: " + page);
    return verdict.passed() && delivered;
  }

  private boolean describe(Path results) throws IOException {
    if (Files.notExists(results)) {
      out.println("results:     none arrived");
      return false;
    }
    try (var archive = new ZipFile(results.toFile());
        var stream = archive.getInputStream(archive.getEntry(REPORT))) {
      var report = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      boolean whole = report.contains(IssuedTest.sentImage());
      out.printf(
          "results:     %s with %s; the image arrived %s%n",
          results.getFileName(), REPORT, whole ? "unchanged" : "changed");
      return whole;
    }
  }

  /** Ctrl-C, or a farm that did not come up: its logs are of no use then, the reason is printed. */
  private void interrupt(Path scratch) {
    interrupted.set(true);
    List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
    while (!started.isEmpty()) { // the main thread may be about to start another
      started.forEach(ProcessHandle::destroy);
      started.forEach(Demo::awaitEnd);
      started = ProcessHandle.current().descendants().toList();
    }
    FileUtils.deleteQuietly(scratch.toFile());
    out.println("all programs have ended");
  }

  private static void awaitEnd(ProcessHandle process) {
    process
        .onExit()
        .completeOnTimeout(process, 10, TimeUnit.SECONDS)
        .thenAccept(ProcessHandle::destroyForcibly)
        .join();
  }

  private void tellHowToStop(LocalFarm farm, Path scratch) {
    String pids = farm.pids().stream().map(String::valueOf).collect(Collectors.joining(" "));
    out.println();
    out.println("The farm is still running.");
    out.println("  its files:    " + scratch);
    out.println("  to use it:    export TAS=\"$PWD/tas\" TAS_SERVICE=" + farm.address());
    out.println("  its products: ./tas products --service " + farm.address());
    out.println("  to stop it:   kill " + pids);
  }
}
