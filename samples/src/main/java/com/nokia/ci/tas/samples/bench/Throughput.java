package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.samples.flood.Burden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tests that do nothing, many at once, on farms of several sizes, beside a {@link BareFarm} with as
 * many resources; and what the programs of the smallest farm cost meanwhile.
 */
final class Throughput {
  private static final int TESTS = 300;
  private static final int ROUNDS = 2;

  /** Of a farm with ten nodes, which takes twice as long. */
  private static final int ROUNDS_OF_MANY = 1;

  private static final List<Integer> NODES = List.of(1, 10);
  private static final List<Integer> PRODUCTS = List.of(10, 100, 1_000);
  private static final Bar BAR = Bar.ofRatio(0.5);
  private static final double BYTES_IN_MB = 1e6;

  private final Path scratch;
  private final int nodes;
  private final LocalFarm farm;
  private final List<LocalFarm.Node> machines = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  private Throughput(Path scratch, int nodes) throws Exception {
    this.scratch = scratch;
    this.nodes = nodes;
    this.farm = Scene.farm(scratch.resolve("farm"), PRODUCTS.get(PRODUCTS.size() - 1) / nodes);
  }

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    var figures = new ArrayList<Figure>();
    for (int nodes : NODES) {
      var throughput = new Throughput(scene.scratch("throughput"), nodes);
      try (throughput.farm) {
        figures.addAll(throughput.measure());
      }
    }
    return figures;
  }

  private List<Figure> measure() throws Exception {
    for (int products : PRODUCTS) {
      plugIn(products / nodes, products);
      measure(products);
    }
    return figures;
  }

  /** The bridge of each node reads its products from a file, again when it has changed. */
  private void plugIn(int each, int all) throws Exception {
    for (int node = 0; node < nodes; node++) {
      var lines = new StringBuilder();
      for (int i = 0; i < each; i++) {
        lines.append(
            String.format(Locale.ROOT, "imei:%015d;rm-code:RM-763;%n", node * 100_000L + i + 1));
      }
      Path file = scratch.resolve("products-" + node + ".txt");
      Path part = Files.writeString(scratch.resolve("products.part"), lines);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      if (machines.size() <= node) {
        machines.add(farm.addNode("node" + node, file, each));
      }
    }
    Patience.untilTrue(all + " products are there", () -> farm.products().size() == all);
  }

  private void measure(int products) throws Exception {
    String name =
        String.format(
            Locale.ROOT,
            "tests that do nothing, %,d products on %d node%s",
            products,
            nodes,
            nodes == 1 ? "" : "s");
    double best = 0;
    double floor = 0;
    try (var issuer = new Issuer(farm);
        var bare = BareFarm.start(scratch, products)) {
      if (products == PRODUCTS.get(0)) {
        warmUp(issuer);
      }
      bare.rate(TESTS);
      var programs = List.of(farm.service(), machines.get(0).communicator());
      int rounds = nodes == 1 ? ROUNDS : ROUNDS_OF_MANY;
      for (int round = 0; round < rounds; round++) {
        var shares = programs.stream().map(CoreShare::begin).toList();
        best = Math.max(best, issuer.rate(TESTS));
        if (round == rounds - 1 && nodes == 1 && products == Scene.PRODUCTS) {
          cost("busy service, ten products", programs.get(0), shares.get(0));
          cost("busy communicator, ten products", programs.get(1), shares.get(1));
        }
        floor = Math.max(floor, bare.rate(TESTS));
      }
    }
    figures.add(Figure.rate(name, best, floor, "tests/s").with(BAR));
  }

  /** Ten nodes share the cores of one machine: to warm up as long as one would take minutes. */
  private void warmUp(Issuer issuer) throws Exception {
    if (nodes == 1) {
      issuer.warmUp();
    } else {
      issuer.rate(TESTS);
    }
  }

  private void cost(String name, Program program, CoreShare share) throws IOException {
    figures.add(
        Figure.cost(name, share.processorTime().toNanos() / 1e6 / TESTS, 0, "ms of a core a test"));
    figures.add(
        Figure.cost(name + ", memory", Burden.of(program).residentBytes() / BYTES_IN_MB, 0, "MB"));
  }
}
