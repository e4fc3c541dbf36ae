package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the daemons cost while nothing happens: processor time over a stretch of idleness. */
final class IdleCost {
  private static final Duration STRETCH = Duration.ofSeconds(20);

  private IdleCost() {}

  static List<Figure> measure(LocalFarm farm, LocalFarm.Node node) throws IOException {
    List<Program> daemons = List.of(farm.service(), node.communicator(), node.bridge());
    long begin = System.nanoTime();
    List<Duration> before = daemons.stream().map(Program::processorTime).toList();
    while (System.nanoTime() - begin < STRETCH.toNanos()) {
      LockSupport.parkNanos(STRETCH.toNanos() - (System.nanoTime() - begin));
    }
    double elapsed = System.nanoTime() - begin;
    double[] share = new double[daemons.size()];
    for (int i = 0; i < share.length; i++) {
      share[i] = 100 * daemons.get(i).processorTime().minus(before.get(i)).toNanos() / elapsed;
    }
    return List.of(
        new Figure("idle service with ten products", share[0], 0, "% of a core", false),
        new Figure("idle communicator with ten products", share[1], 0, "% of a core", false),
        new Figure("idle bridge with ten products", share[2], 0, "% of a core", false));
  }
}
