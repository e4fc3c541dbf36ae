package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tests that do nothing, many at once, on farms of several sizes, beside a {@link BareFarm} with as
 * many resources.
 */
final class Throughput {
  private static final int WARM_UP = 300;
  private static final int TESTS = 1_000;
  private static final int ROUNDS = 2;
  private static final List<Integer> NODES = List.of(1, 10);
  private static final List<Integer> PRODUCTS = List.of(10, 100, 1_000);

  private Throughput() {}

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    var figures = new ArrayList<Figure>();
    for (int nodes : NODES) {
      for (int products : PRODUCTS) {
        figures.add(measure(scene.scratch("throughput"), nodes, products));
      }
    }
    return figures;
  }

  private static Figure measure(Path scratch, int nodes, int products) throws Exception {
    double best = 0;
    double floor = 0;
    try (var farm = farm(Files.createDirectories(scratch.resolve("farm")), nodes, products);
        var issuer = new Issuer(farm);
        var bare = BareFarm.start(scratch, products)) {
      rate(issuer, WARM_UP);
      bare.rate(WARM_UP);
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.max(best, rate(issuer, TESTS));
        floor = Math.max(floor, bare.rate(TESTS));
      }
    }
    String name =
        String.format(
            Locale.ROOT,
            "tests that do nothing, %,d products on %d node%s",
            products,
            nodes,
            nodes == 1 ? "" : "s");
    return new Figure(name, best, floor, "tests/s", true);
  }

  private static LocalFarm farm(Path directory, int nodes, int products) throws Exception {
    int each = products / nodes;
    var farm =
        LocalFarm.start(
            directory,
            "maximal-number-of-tests-per-node=" + each,
            "test-minimal-execution-time=1000");
    try {
      for (int node = 0; node < nodes; node++) {
        farm.addNode("node" + node, each);
      }
      return farm;
    } catch (IOException | RuntimeException e) {
      farm.close();
      throw e;
    }
  }

  private static double rate(Issuer issuer, int tests) throws Exception {
    long begin = System.nanoTime();
    List<Issuer.Watched> started = new ArrayList<>();
    for (int i = 0; i < tests; i++) {
      started.add(issuer.start("true", "/"));
    }
    for (Issuer.Watched test : started) {
      test.awaitEnd();
    }
    return tests / ((System.nanoTime() - begin) / 1e9);
  }
}
