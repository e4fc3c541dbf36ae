package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lines of an executor that reach the client, from the start of the test to its end, beside reading
 * them from the same process.
 */
final class OutputRate {
  private static final int LINES = 150_000;
  private static final String LINE = "[12:00:00.000] a line of a test as they are, with a number";

  private OutputRate() {}

  static List<Figure> measure(Scene scene) throws Exception {
    Path script =
        Files.writeString(
            scene.scratch("output").resolve("talk.sh"),
            "yes '" + LINE + "' | head -n " + LINES + "\n");
    double bare = bare(script);
    long begin = System.nanoTime();
    Issuer.Watched test = scene.issuer().start("sh " + script, "/");
    test.awaitEnd();
    double farm = rate(begin);
    long lines = test.lines().sum();
    if (lines < LINES) {
      throw new IOException("only " + lines + " of " + LINES + " lines reached the client");
    }
    return List.of(Figure.rate("lines of output to the client", farm, bare, "lines/s"));
  }

  private static double bare(Path script) throws IOException {
    long begin = System.nanoTime();
    var process = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
    try (var lines = process.inputReader()) {
      while (lines.readLine() != null) {
        // Reading is all that is measured.
      }
    }
    return rate(begin);
  }

  private static double rate(long begin) {
    return LINES / ((System.nanoTime() - begin) / 1e9);
  }
}
