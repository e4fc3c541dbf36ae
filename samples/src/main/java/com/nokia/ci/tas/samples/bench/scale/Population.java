package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.Comparison.Relation;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.service.farm.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is in a large farm: nodes, products of many kinds, clients, and tests. Of ten requirements
 * eight are for a product of a kind, one for such a product in an environment, and one for two
 * products on one node.
 */
final class Population {
  static final Endpoint SERVICE = new Endpoint("service.example.org", 31_415);

  /** A kind that nobody waits for: a test that asks for it finds it free. */
  static final String SPARE = "RM-SPARE";

  private static final String BATTERY = "battery";
  private static final int CLIENTS = 50;

  /** So many requirements are for the products of the same nodes, ten products on each. */
  private static final int FAMILY = 10;

  /** The place in a family of the requirement that names an environment. */
  private static final int PICKY = FAMILY - 2;

  private static final Duration TIMEOUT = Duration.ofHours(24);

  private final Size size;

  Population(Size size) {
    this.size = size;
  }

  NodeDescription node(int number) {
    var address = new Endpoint("node" + number + ".example.org", 27_182);
    return new NodeDescription(address, "rack " + number % 40, "1.0");
  }

  /** A node has what the ten requirements of one family ask for. */
  ProductDescription product(int node, int place) {
    int family = node * FAMILY % size.requirements();
    String kind = kind(family, place == PICKY ? FAMILY - 1 : place);
    return product(node * size.productsPerNode() + place, kind, environment(family));
  }

  ProductDescription spareProduct() {
    return product(size.products(), SPARE, environment(0));
  }

  private static ProductDescription product(int number, String kind, String environment) {
    return ProductDescription.of(
        Map.of(
            "imei",
            String.format(Locale.ROOT, "35%013d", number),
            "rm-code",
            kind,
            "environment",
            environment,
            BATTERY,
            "90",
            "sim1-pin1",
            "4711"));
  }

  ClientId client(int number) {
    int place = number % CLIENTS;
    return new ClientId(new Endpoint("ci" + place + ".example.org", 20_000 + place));
  }

  Wanted wanted(int requirement) {
    int family = requirement - requirement % FAMILY;
    var one = demand(requirement, Map.of("rm-code", kind(family, requirement % FAMILY)));
    var products =
        switch (requirement % FAMILY) {
          case FAMILY - 1 -> List.of(one, one);
          case PICKY ->
              List.of(
                  demand(
                      requirement,
                      Map.of(
                          "rm-code", kind(family, PICKY - 1), "environment", environment(family))));
          default -> List.of(one);
        };
    return new Wanted.Understood(new Requirement(products));
  }

  /** Whether tests with a requirement find products that no others ask for. */
  static boolean isAlone(int requirement) {
    return requirement % FAMILY != PICKY;
  }

  Wanted spare() {
    return new Wanted.Understood(new Requirement(List.of(demand(0, Map.of("rm-code", SPARE)))));
  }

  TestDescription test(String id) {
    var named = TestDescription.named(RuntimeId.of(id));
    return named
        .with(
            new TestExecution(
                "python3",
                "execute.py",
                List.of("execute.py", "firmware.img"),
                Map.of("BUILD", id),
                List.of(),
                "results.zip"))
        .with(TestProgress.NONE.within(TIMEOUT));
  }

  private static String kind(int family, int place) {
    return "RM-" + (family + place);
  }

  private static String environment(int family) {
    return family % 2 == 0 ? "Bluetooth" : "WLAN";
  }

  /** With bounds, each requirement has one of them, and every product is above all of them. */
  private ProductDemand demand(int requirement, Map<String, String> clauses) {
    if (size.bounds() == 0) {
      return ProductDemand.of(clauses);
    }
    var bound = new DottedNumber("30." + requirement % size.bounds());
    return new ProductDemand(
        new TreeMap<>(clauses), List.of(new Comparison(BATTERY, Relation.AT_LEAST, bound)));
  }
}
