package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.network.FaultyWire;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long a node takes to be back: after its connection was reset, and after the service was
 * killed and started again. There is no floor: the time is what the programs make of it.
 */
final class Reconnection {
  private static final Duration STANDING = Duration.ofMillis(1_500);
  private static final int RESETS = 5;
  private static final int RESTARTS = 3;
  private static final int PRODUCTS = 10;

  private Reconnection() {}

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    try (var farm = LocalFarm.start(scene.scratch("reconnection"));
        var wire = FaultyWire.to("localhost", farm.port())) {
      farm.addNode("reconnecting", PRODUCTS, "TestAutomationServicePortNumber=" + wire.port());
      double[] resets = new double[RESETS];
      for (int i = 0; i < RESETS; i++) {
        resets[i] = timeToReturn(wire);
      }
      double[] restarts = new double[RESTARTS];
      for (int i = 0; i < RESTARTS; i++) {
        restarts[i] = timeToProducts(farm);
      }
      Arrays.sort(resets);
      Arrays.sort(restarts);
      return List.of(
          time("node's connection reset to its next one, median", resets[RESETS / 2]),
          time("the same, longest of " + RESETS, resets[RESETS - 1]),
          time(
              "service killed and ready again to node and products there", restarts[RESTARTS / 2]));
    }
  }

  private static double timeToReturn(FaultyWire wire) throws Exception {
    Patience.untilTrue("a connection stands", () -> wire.open() > 0);
    Thread.sleep(STANDING.toMillis()); // whoever breaks at once is dialled less eagerly
    int before = wire.accepted();
    long begin = System.nanoTime();
    wire.reset();
    Patience.untilTrue("the node connects again", () -> wire.accepted() > before);
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double timeToProducts(LocalFarm farm) throws Exception {
    farm.restartService();
    long begin = System.nanoTime();
    Patience.untilTrue("the products are back", () -> farm.products().size() == PRODUCTS);
    return (System.nanoTime() - begin) / 1e6;
  }

  private static Figure time(String name, double milliseconds) {
    return Figure.cost(name, milliseconds, 0, "ms");
  }
}
