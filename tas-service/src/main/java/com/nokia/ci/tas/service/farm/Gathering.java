package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keeps products for tests that need several and have waited long enough: what fits such a test is
 * kept on one node as it becomes free, until all of them are there. Older tests come first and may
 * take what is kept for a younger one; so the oldest always gets on, and no two tests can wait for
 * each other.
 */
final class Gathering {
  /** How many nodes with something open a test looks at for each of its demands. */
  private static final int LOOK = 16;

  private final Books books;
  private final Hopes hopes;

  Gathering(Books books, Hopes hopes) {
    this.books = books;
    this.hopes = hopes;
  }

  /** What a test may take on a node now, best first. */
  List<Product> available(LiveTest test, Node node) {
    var found = new ArrayList<Product>();
    for (var id : node.products()) {
      var product = books.product(id.getKey());
      if (product.isReady() && isFor(test, product.hold())) {
        found.add(product);
      }
    }
    var failed = test.failures().products();
    found.sort(
        Comparator.comparing((Product p) -> !isGatheredFor(test, p))
            .thenComparing(p -> p.hold() instanceof Hold.Gathered)
            .thenComparing(p -> failed.contains(p.id()))
            .thenComparingInt(books::need)
            .thenComparingInt(p -> p.health().strikes().size())
            .thenComparing(Product::id));
    return found;
  }

  /** Keeps for a test what there is on a node, if that brings it nearer to a start there. */
  boolean gather(LiveTest test, Node node) {
    if (!test.isGathering() || test.gathering().filter(at -> !at.equals(node.id())).isPresent()) {
      return false;
    }
    var matched =
        Matching.largest(test.order().wish().demands(), available(test, node)).stream()
            .flatMap(Optional::stream)
            .toList();
    if (matched.size() <= gathered(test).size()
        || !hopes.isPossible(test.order().wish(), node.id())) {
      return false;
    }
    keep(test, node.id(), matched);
    return true;
  }

  /** Looks over the farm for the node where most of what a test needs is there already. */
  void begin(LiveTest test) {
    var nodes = new TreeSet<NodeId>();
    for (var demand : test.order().wish().demands()) {
      books.open.candidates(demand).keys().limit(LOOK).forEach(nodes::add);
    }
    var claim = test.rank().claim();
    boolean younger =
        books.gatherers.last().filter(last -> last.getKey().compareTo(claim) > 0).isPresent();
    if (younger) {
      books.gatherers.values().forEach(id -> books.test(id).gathering().ifPresent(nodes::add));
    }
    nodes.stream()
        .map(books::node)
        .filter(node -> books.isOpen(node) && node.admits(test.runtimeId()))
        .max(
            Comparator.comparingInt((Node node) -> reach(test, node))
                .thenComparing(node -> node.runs().size(), Comparator.reverseOrder())
                .thenComparing(Node::id, Comparator.reverseOrder()))
        .ifPresent(node -> gather(test, node));
  }

  /** Gives back what is kept for a test. */
  LiveTest release(LiveTest test) {
    var kept = gathered(test);
    var released = test;
    if (test.stage() instanceof LiveTest.Waiting waiting && waiting.gathering().isPresent()) {
      released = test.with(waiting.toGathering(Optional.empty()));
      books.put(released);
    }
    kept.forEach(product -> books.put(product.with(new Hold.Free())));
    return released;
  }

  /** Those tests that a node can no longer serve give back what is kept for them there. */
  List<LiveTest> desert(NodeId id) {
    var deserted = new ArrayList<LiveTest>();
    var gatherers = books.nodes.get(id).map(Node::gatherers).orElse(Table.empty());
    gatherers
        .values()
        .map(books::test)
        .filter(test -> !hopes.isPossible(test.order().wish(), id) || gathered(test).isEmpty())
        .forEach(test -> deserted.add(release(test)));
    return deserted;
  }

  /** All that is kept on a node is given back. */
  List<LiveTest> evict(NodeId id) {
    var gatherers = books.nodes.get(id).map(Node::gatherers).orElse(Table.empty());
    return gatherers.values().map(books::test).map(this::release).toList();
  }

  /** What is kept for a test. */
  List<Product> gathered(LiveTest test) {
    return test.gathering()
        .flatMap(books.nodes::get)
        .map(
            node ->
                node.products()
                    .keys()
                    .map(books::product)
                    .filter(p -> isGatheredFor(test, p))
                    .toList())
        .orElse(List.of());
  }

  private int reach(LiveTest test, Node node) {
    return hopes.isPossible(test.order().wish(), node.id())
        ? (int)
            Matching.largest(test.order().wish().demands(), available(test, node)).stream()
                .flatMap(Optional::stream)
                .count()
        : -1;
  }

  private void keep(LiveTest test, NodeId node, List<Product> matched) {
    var before = gathered(test);
    var claim = test.rank().claim();
    var robbed = new TreeSet<Rank>();
    for (var product : matched) {
      if (product.hold() instanceof Hold.Gathered gathered && !gathered.claim().equals(claim)) {
        robbed.add(gathered.claim());
      }
      books.put(product.with(new Hold.Gathered(test.runtimeId(), claim)));
    }
    if (test.stage() instanceof LiveTest.Waiting waiting) {
      books.put(test.with(waiting.toGathering(Optional.of(node))));
    }
    var ids = matched.stream().map(Product::id).toList();
    before.stream()
        .filter(product -> !ids.contains(product.id()))
        .forEach(product -> books.put(product.with(new Hold.Free())));
    for (var other : robbed) {
      abandon(books.test(books.gatherers.at(other)));
    }
  }

  /** A test that nothing is kept for any more gathers nowhere, and looks for another place. */
  void abandon(LiveTest test) {
    if (gathered(test).isEmpty()) {
      release(test);
      books.stirred = books.stirred.unblocked(test.runtimeId());
    }
  }

  private static boolean isFor(LiveTest test, Hold hold) {
    if (hold instanceof Hold.Gathered gathered) {
      int order = gathered.claim().compareTo(test.rank().claim());
      return order == 0 || (test.isGathering() && order > 0);
    }
    return hold instanceof Hold.Free;
  }

  private static boolean isGatheredFor(LiveTest test, Product product) {
    return product.hold() instanceof Hold.Gathered gathered
        && gathered.claim().equals(test.rank().claim());
  }
}
