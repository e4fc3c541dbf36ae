package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.samples.flood.Burden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What the daemons of a node with twenty products, and its service, cost while nothing happens:
 * processor time over a stretch of idleness, and memory at its end.
 */
final class IdleCost {
  private static final int PRODUCTS = 20;
  private static final Duration STRETCH = Duration.ofSeconds(60);

  /** Start-up is over: what is compiled late and told once has been. */
  private static final Duration SETTLING = Duration.ofSeconds(15);

  private static final double BYTES_IN_MB = 1e6;

  private IdleCost() {}

  static List<Figure> measure(LocalFarm farm) throws Exception {
    LocalFarm.Node node = farm.addNode("idle", PRODUCTS);
    pass(SETTLING);
    List<Program> daemons = List.of(farm.service(), node.communicator(), node.bridge());
    long begin = System.nanoTime();
    List<Duration> before = daemons.stream().map(Program::processorTime).toList();
    pass(STRETCH);
    double elapsed = System.nanoTime() - begin;
    List<String> names = List.of("service", "communicator", "bridge");
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Program daemon = daemons.get(i);
      double share = 100 * daemon.processorTime().minus(before.get(i)).toNanos() / elapsed;
      double memory = Burden.of(daemon).residentBytes() / BYTES_IN_MB;
      String name = "idle " + names.get(i) + " with twenty products";
      figures.add(new Figure(name, share, 0, "% of a core", false));
      figures.add(new Figure(name, memory, 0, "MB", false));
    }
    return figures;
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
