package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * Measures a farm of real processes on this machine and prints a table with a floor beside each
 * figure. Needs the jars built, a Unix shell and {@code mkfifo}; takes about a minute and a
 * gigabyte of scratch space.
 */
public final class Bench {
  private static final int PRODUCTS = 10;
  private static final String FLOOD = "flood";
  private static final String IDLE = "idle";

  private Bench() {}

  /**
   * Runs all, or with the word {@code idle} what idleness costs, or with {@code flood} the floods
   * alone, of these the ones that have a further word in their names; the exit code is 0 when every
   * figure could be taken.
   */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createTempDirectory("tas-bench");
    PrintStream out = System.out;
    try (var farm =
        LocalFarm.start(
            scratch,
            "maximal-number-of-tests-per-node=" + PRODUCTS,
            "test-minimal-execution-time=1000")) {
      out.println(Figure.header());
      if (List.of(arguments).contains(IDLE)) {
        IdleCost.measure(farm).forEach(out::println);
        return;
      }
      farm.addNode("node", PRODUCTS);
      List<Figure> figures = new ArrayList<>();
      if (!List.of(arguments).contains(FLOOD)) {
        try (var issuer = new Issuer(farm)) {
          figures.addAll(StartLatency.measure(issuer, scratch));
          figures.addAll(LaunchCost.measure(scratch));
          figures.addAll(Throughput.measure(issuer));
          figures.addAll(ArtifactRate.measure(issuer, scratch));
          figures.addAll(CachedArtifacts.measure(issuer, scratch));
          figures.addAll(SessionRate.measure(scratch.resolve("image.img"), scratch));
        }
        figures.addAll(IdleCost.measure(farm));
        figures.addAll(Reconnection.measure(scratch));
      }
      try (var issuer = new Issuer(farm)) {
        List<String> words = List.of(arguments);
        figures.addAll(
            new FloodLatency(farm, issuer, scratch)
                .measure(words.subList(Math.min(1, words.size()), words.size())));
      }
      figures.forEach(out::println);
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }
}
