package com.nokia.ci.tas.samples.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Tests that do nothing, 200 at once on ten products, beside starting the same program 200 times.
 */
final class Throughput {
  private static final int TESTS = 200;
  private static final int ROUNDS = 3;

  private Throughput() {}

  static List<Figure> measure(Issuer issuer) throws Exception {
    double best = 0;
    double floor = 0;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.max(best, farm(issuer));
      floor = Math.max(floor, bare());
    }
    return List.of(
        new Figure("tests that do nothing, 200 on ten products", best, floor, "tests/s", true));
  }

  private static double farm(Issuer issuer) throws Exception {
    long begin = System.nanoTime();
    List<Issuer.Watched> tests = new ArrayList<>();
    for (int i = 0; i < TESTS; i++) {
      tests.add(issuer.start("true", "/"));
    }
    for (Issuer.Watched test : tests) {
      test.awaitEnd();
    }
    return TESTS / ((System.nanoTime() - begin) / 1e9);
  }

  private static double bare() throws Exception {
    long begin = System.nanoTime();
    for (int i = 0; i < TESTS; i++) {
      new ProcessBuilder("true").start().waitFor();
    }
    return TESTS / ((System.nanoTime() - begin) / 1e9);
  }
}
