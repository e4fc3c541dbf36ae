package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.SafeName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says in one sentence what a waiting test waits for. */
final class Why {
  /** How many products are named. */
  private static final int NAMED = 3;

  private final Books books;
  private final LiveTest test;
  private final Wish wish;

  private Why(Books books, LiveTest test) {
    this.books = books;
    this.test = test;
    wish = test.order().wish();
  }

  static String waits(Books books, LiveTest test) {
    return new Why(books, test).sentence();
  }

  /** That nothing in the farm, free or busy, could serve a test, and what is missing. */
  static String never(Books books, LiveTest test) {
    return "nothing in the farm could serve it now, free or busy: "
        + new Why(books, test).lacks()
        + "; it waits up to "
        + books.settings.tests().resourcesExpectationTimeout().toMillis()
        + " ms for that to change";
  }

  private String sentence() {
    return books.settings.maintenance() ? "waiting: the farm is in maintenance mode" : lacks();
  }

  private String lacks() {
    if (wish.isNode()) {
      return "waiting for " + wish + ": " + nodes();
    }
    for (var demand : wish.demands()) {
      if (fitting(demand).findAny().isEmpty()) {
        return "waiting for " + shown(demand) + ": " + Missing.sentence(books, demand);
      }
    }
    if (books.groups.get(wish).flatMap(Group::witness).isEmpty()) {
      return "waiting for " + wish + ": no node has all of these products";
    }
    return wish.isGroup()
        ? together()
        : "waiting for " + shown(wish.demands().get(0)) + holders(wish.demands().get(0));
  }

  private String nodes() {
    var there =
        books
            .nodes
            .values()
            .filter(node -> Books.isPresent(node) && Hopes.isOn(wish, node.id()))
            .toList();
    if (there.isEmpty()) {
      return "none is connected";
    }
    return there.stream()
        .filter(node -> !node.admits(test.runtimeId()))
        .findFirst()
        .map(node -> "node " + node.id() + " still ends a run of this test")
        .orElse(
            "each of "
                + there.size()
                + " runs "
                + books.settings.bounds().testsPerNode()
                + " tests already or cannot be reached");
  }

  private String together() {
    var node = test.gathering().or(() -> books.groups.at(wish).witness()).orElseThrow();
    var there =
        books.node(node).products().keys().map(books::product).filter(Product::isSound).toList();
    var ready =
        there.stream()
            .filter(
                p ->
                    (p.hold() instanceof Hold.Free && p.isReady())
                        || (p.hold() instanceof Hold.Gathered g
                            && g.test().equals(test.runtimeId())))
            .toList();
    var matched = Matching.largest(wish.demands(), ready);
    long found = matched.stream().filter(Optional::isPresent).count();
    var lacking = new ArrayList<String>();
    for (int i = 0; i < matched.size(); i++) {
      if (matched.get(i).isEmpty() && lacking.size() < NAMED) {
        lacking.add(shown(wish.demands().get(i)) + holdersOn(wish.demands().get(i), node));
      }
    }
    return "waiting for "
        + wish.demands().size()
        + " products on one node; "
        + found
        + " of them are "
        + (test.gathering().isPresent() ? "kept" : "free")
        + " on node "
        + node
        + (lacking.isEmpty() ? full(node) : "; lacking " + String.join(" and ", lacking));
  }

  private String full(NodeId node) {
    return ", which runs " + books.node(node).runs().size() + " tests";
  }

  private String holdersOn(ProductDemand demand, NodeId node) {
    return holders(fitting(demand).filter(product -> product.node().equals(node)));
  }

  private String holders(ProductDemand demand) {
    return holders(fitting(demand));
  }

  private String holders(Stream<Product> products) {
    List<String> named = products.limit(NAMED).map(this::holder).toList();
    return named.isEmpty() ? "" : ": " + String.join(", ", named);
  }

  private String holder(Product product) {
    String name = "product " + SafeName.shown(product.id().imei());
    if (product.hold() instanceof Hold.Gathered gathered) {
      return name + " is kept for test " + gathered.test();
    }
    return product
        .reservation()
        .map(r -> name + " is reserved for test " + r.run() + " until " + seconds(r.until()))
        .or(() -> HealthWords.why(product.health()).map(why -> name + " is " + why))
        .orElseGet(() -> name + " is free, but its node " + product.node() + state(product.node()));
  }

  private String state(NodeId node) {
    var there = books.node(node);
    if (!there.contact().isUsable()) {
      return " cannot be reached";
    }
    var why = HealthWords.why(there.standing());
    if (why.isPresent()) {
      return " is " + why.get();
    }
    if (!there.admits(test.runtimeId())) {
      return " still ends a run of this test";
    }
    return " runs " + there.runs().size() + " tests already";
  }

  private Stream<Product> fitting(ProductDemand demand) {
    return books
        .present
        .candidates(demand)
        .values()
        .flatMap(Table::keys)
        .map(books::product)
        .filter(product -> product.fits(demand));
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String shown(ProductDemand demand) {
    return SafeName.shown(demand.toString());
  }
}
