package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the best that a test can get now. Among products that would do, one that failed the test
 * before comes last; then the one that fewest waiting tests could use comes first, then one on
 * which and on whose node nothing failed of late, then one on the least loaded node, then one where
 * most of the large artifacts are already. Where more than {@value #LOOK} open products would do,
 * only so many are compared, on the least loaded nodes.
 */
final class Placing {
  private static final int LOOK = 64;

  /** How many nodes are compared at most for a test that needs several products, or none. */
  private static final int LOOK_NODES = 8;

  private static final int FAILED_NODE = 1;
  private static final int FAILED_PRODUCT = 2;

  private final Books books;
  private final Gathering gathering;

  Placing(Books books, Gathering gathering) {
    this.books = books;
    this.gathering = gathering;
  }

  /**
   * What a test could get.
   *
   * @param products one for each demand, in the order asked
   * @param failed more when the test failed there or on one of these before
   * @param need how many waiting tests could use them
   * @param strikes how many failures of late are held against them and the node
   * @param missing bytes of large artifacts that the node does not have, as far as it is known
   */
  record Placement(
      Node node, List<Product> products, int failed, int need, int strikes, long missing) {
    private static final Comparator<Placement> ORDER =
        Comparator.comparingInt(Placement::failed)
            .thenComparingInt(Placement::need)
            .thenComparingInt(Placement::strikes)
            .thenComparingInt(p -> p.node().runs().size())
            .thenComparingLong(Placement::missing)
            .thenComparing(p -> p.node().id())
            .thenComparing(p -> p.products().isEmpty() ? "" : p.products().get(0).id().imei());

    /** Whether the test has not failed there. */
    boolean isFresh() {
      return failed == 0;
    }

    /** Whether nothing better can be found anywhere but by the need of others. */
    boolean isSpotless() {
      return isFresh() && strikes == 0;
    }

    /** Whether another node can be better, of those that come behind it in the order of load. */
    boolean canBeBeatenOn(Node other) {
      return missing > 0 && other.runs().size() == node.runs().size();
    }
  }

  /** The best on any node, if there is anything. */
  Optional<Placement> find(LiveTest test) {
    var wish = test.order().wish();
    var best = Optional.<Placement>empty();
    int looked = 0;
    for (var id : nodesFor(wish)) {
      if (isSettled(wish, best, books.node(id))) {
        break;
      }
      var found =
          Optional.of(books.node(id))
              .filter(node -> books.isOpen(node) && node.admits(test.runtimeId()))
              .flatMap(node -> best(test, node, fitting(test, node)));
      if (found.isPresent()) {
        if (best.isEmpty() || Placement.ORDER.compare(found.get(), best.get()) < 0) {
          best = found;
        }
        looked += wish.demands().size() == 1 ? openOn(wish, id) : LOOK / LOOK_NODES;
        if (looked >= LOOK) {
          break;
        }
      }
    }
    return best;
  }

  private boolean isSettled(Wish wish, Optional<Placement> best, Node next) {
    return best.isPresent()
        && best.get().isSpotless()
        && isFirstBest(wish)
        && !best.get().canBeBeatenOn(next);
  }

  /** The best on an open node, if there is anything; how good the only one is is not told. */
  Optional<Placement> on(LiveTest test, Node node) {
    var fitting = fitting(test, node);
    // Most often one product has just become free: to work out who else needs it took 6 % of a
    // release.
    return fitting.size() == 1
        ? Optional.of(new Placement(node, fitting.get(0), 0, 0, 0, 0))
        : best(test, node, fitting);
  }

  private Optional<Placement> best(LiveTest test, Node node, List<List<Product>> fitting) {
    return fitting.stream().map(products -> placement(test, node, products)).min(Placement.ORDER);
  }

  /** The products that a test could be given on an open node, in so many ways. */
  private List<List<Product>> fitting(LiveTest test, Node node) {
    var wish = test.order().wish();
    if (wish.isNode()) {
      return List.of(List.of());
    }
    if (wish.isGroup()) {
      return Matching.complete(
              test.order().requirement().products(), gathering.available(test, node))
          .map(List::of)
          .orElse(List.of());
    }
    var demand = wish.demands().get(0);
    return books
        .open
        .candidates(demand)
        .get(node.id())
        .orElse(Table.empty())
        .keys()
        .map(books::product)
        .filter(product -> product.fits(demand))
        .limit(LOOK)
        .map(List::of)
        .toList();
  }

  private Placement placement(LiveTest test, Node node, List<Product> products) {
    int again = test.failures().node().filter(node.id()::equals).isPresent() ? FAILED_NODE : 0;
    var failed = test.failures().products();
    boolean isFailed = products.stream().anyMatch(product -> failed.contains(product.id()));
    return new Placement(
        node,
        products,
        again + (isFailed ? FAILED_PRODUCT : 0),
        isAlone() ? 0 : products.stream().mapToInt(books::need).sum(),
        strikes(node, products),
        missing(test, node));
  }

  private static long missing(LiveTest test, Node node) {
    var held = node.description().holds();
    return test.order().description().execution().largeArtifacts().stream()
        .filter(artifact -> !held.contains(artifact.digest()))
        .mapToLong(LargeArtifact::size)
        .sum();
  }

  private static int strikes(Node node, List<Product> products) {
    return node.standing().strikes().size()
        + products.stream().mapToInt(product -> product.health().strikes().size()).sum();
  }

  /** Whether no other test waits: then nobody needs anything more than anything else. */
  private boolean isAlone() {
    return books.queue.size() <= 1;
  }

  /** Whether the first that is found is the best, for nodes come in the order of their load. */
  private boolean isFirstBest(Wish wish) {
    return wish.isNode() || isAlone();
  }

  private int openOn(Wish wish, NodeId node) {
    return books.open.candidates(wish.demands().get(0)).get(node).map(Table::size).orElse(0);
  }

  /** Open nodes that may serve a wish, least loaded first. */
  private Iterable<NodeId> nodesFor(Wish wish) {
    if (wish.isNode()) {
      return () -> books.openNodes.values().filter(node -> Hopes.isOn(wish, node)).iterator();
    }
    var nodes = books.open.fewest(wish);
    if (nodes.isEmpty()) {
      return List.of(); // as it mostly is where tests wait
    }
    return nodes.size() > LOOK
        ? () -> books.openNodes.values().filter(nodes::contains).iterator()
        : () -> nodes.keys().map(this::load).sorted().map(Books.Load::node).iterator();
  }

  /** Looked up once for each: to look it up for each comparison took a tenth of a restart. */
  private Books.Load load(NodeId node) {
    return Books.load(books.node(node));
  }
}
