package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * From {@code startTest} to the first instruction of the executor on an idle farm, beside a bare
 * process start of the same executor from Java, in a process group of its own as well. The executor
 * writes into a named pipe, on which a reader waits, so that nobody polls.
 */
final class StartLatency {
  /**
   * Tests before the first round. One after another they take other ways through the programs than
   * many at once, and a Java machine needs about so many until it has compiled them.
   */
  private static final int WARM_UP = 1_000;

  private static final int SAMPLES = 100;
  private static final int P99 = SAMPLES - 1;
  private static final Bar MEDIAN_BAR = Bar.ofRatio(1.3);
  private static final Bar P99_BAR = Bar.ofRatio(3);

  private StartLatency() {}

  /**
   * Starts tests one after another.
   *
   * @return how long each took to its executor's first step, in milliseconds, the shortest first
   */
  static double[] sample(Issuer issuer, Path scratch, int count) throws Exception {
    Path pipe = pipe(scratch);
    Path script = script(scratch, pipe);
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = farm(issuer, pipe, script);
    }
    Arrays.sort(times);
    return times;
  }

  private static Path pipe(Path scratch) throws IOException, InterruptedException {
    Path pipe = scratch.resolve("pipe");
    if (!Files.exists(pipe)
        && new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
      throw new IOException("mkfifo could not make " + pipe);
    }
    return pipe;
  }

  private static Path script(Path scratch, Path pipe) throws IOException {
    return Files.writeString(scratch.resolve("mark.sh"), "echo > '" + pipe + "'\n");
  }

  private static double farm(Issuer issuer, Path pipe, Path script) throws Exception {
    CompletableFuture<Long> mark = nextMark(pipe);
    long begin = System.nanoTime();
    Issuer.Watched test = issuer.startAlone("sh " + script, "/");
    long time = mark.get(60, TimeUnit.SECONDS) - begin;
    test.awaitEnd();
    return time / 1e6;
  }

  private static double bare(Path pipe, Path script) throws Exception {
    CompletableFuture<Long> mark = nextMark(pipe);
    long begin = System.nanoTime();
    Process process = new ProcessBuilder("setsid", "sh", script.toString()).start();
    long time = mark.get(10, TimeUnit.SECONDS) - begin;
    process.waitFor();
    return time / 1e6;
  }

  static List<Figure> measure(Issuer issuer, Path scratch) throws Exception {
    Path pipe = pipe(scratch);
    Path script = script(scratch, pipe);
    while (issuer.startedAlone() < WARM_UP) {
      farm(issuer, pipe, script);
      bare(pipe, script);
    }
    double[] farm = new double[SAMPLES];
    double[] bare = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      bare[i] = bare(pipe, script);
      farm[i] = farm(issuer, pipe, script);
    }
    Arrays.sort(farm);
    Arrays.sort(bare);
    return List.of(
        Figure.cost(
                "start of a test to its executor's first step, median",
                farm[SAMPLES / 2],
                bare[SAMPLES / 2],
                "ms")
            .with(MEDIAN_BAR),
        Figure.cost("the same, 99th percentile", farm[P99], bare[P99], "ms").with(P99_BAR));
  }

  /** Completed with the time at which something next writes into the pipe. */
  private static CompletableFuture<Long> nextMark(Path pipe) {
    var mark = new CompletableFuture<Long>();
    var reader =
        new Thread(
            () -> {
              try (InputStream in = Files.newInputStream(pipe)) {
                in.read();
                mark.complete(System.nanoTime());
              } catch (IOException e) {
                mark.completeExceptionally(e);
              }
            },
            "bench-mark");
    reader.setDaemon(true);
    reader.start();
    return mark;
  }
}
