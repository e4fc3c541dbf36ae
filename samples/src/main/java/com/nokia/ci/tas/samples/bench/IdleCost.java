package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.samples.flood.Burden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the daemons of a node with twenty products, and its service, cost while nothing happens:
 * processor time over a stretch of idleness, and memory at its end.
 */
final class IdleCost {
  private static final int PRODUCTS = 20;
  private static final Duration STRETCH = Duration.ofSeconds(20);

  /** Start-up is over: what is compiled late and told once has been. */
  private static final Duration SETTLING = Duration.ofSeconds(25);

  /** Of all three together. */
  private static final Bar BAR = Bar.ofValue(0.2);

  private static final double BYTES_IN_MB = 1e6;

  private IdleCost() {}

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    try (var farm = LocalFarm.start(scene.scratch("idle"))) {
      LocalFarm.Node node = farm.addNode("idle", PRODUCTS);
      CoreShare.pass(SETTLING);
      List<Program> daemons = List.of(farm.service(), node.communicator(), node.bridge());
      var shares = daemons.stream().map(CoreShare::begin).toList();
      CoreShare.pass(STRETCH);
      double[] percent = shares.stream().mapToDouble(CoreShare::percent).toArray();
      List<String> names = List.of("service", "communicator", "bridge");
      List<Figure> figures = new ArrayList<>();
      double all = 0;
      for (int i = 0; i < names.size(); i++) {
        String name = "idle " + names.get(i) + " with twenty products";
        double memory = Burden.of(daemons.get(i)).residentBytes() / BYTES_IN_MB;
        figures.add(Figure.cost(name, percent[i], 0, "% of a core"));
        figures.add(Figure.cost(name + ", memory", memory, 0, "MB"));
        all += percent[i];
      }
      figures.add(Figure.cost("idle farm, all three programs", all, 0, "% of a core").with(BAR));
      return figures;
    }
  }
}
