package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Decides which test gets what, and when (design, "The farm core").
 *
 * <p>Between turns nothing that waits could start. So a test that arrives looks only at what is
 * open, and what opens looks only at the tests that could use it, oldest first; later tests may
 * overtake those that cannot use it. Among products that would do, one that failed the test before
 * comes last; then the one that fewest waiting tests could use comes first, then one on the least
 * loaded node. On a farm where more than {@value #LOOK} open products would do, only so many are
 * compared, on the least loaded nodes.
 */
final class Scheduler {
  /** How many possibilities are compared at most. */
  private static final int LOOK = 64;

  /** How many nodes are compared at most for a test that needs several products. */
  private static final int LOOK_GROUPS = 8;

  private final Books books;
  private final Hopes hopes;
  private final Gathering gathering;
  private final Starter starter;

  /** Gives a waiting test its products. */
  @FunctionalInterface
  interface Starter {
    void start(LiveTest test, NodeId node, List<Product> products);
  }

  /** What came of offering something to a test. */
  private enum Answer {
    STARTED,
    KEPT,
    /** Not for a reason that other tests of the group share. */
    NOT_ME,
    NOT_US
  }

  private record Placement(Node node, List<Product> products, int failed, int need) {
    static final Comparator<Placement> ORDER =
        Comparator.comparingInt(Placement::failed)
            .thenComparingInt(Placement::need)
            .thenComparingInt(p -> p.node().runs().size())
            .thenComparing(p -> p.node().id())
            .thenComparing(p -> p.products().isEmpty() ? "" : p.products().get(0).id().imei());
  }

  Scheduler(Books books, Hopes hopes, Starter starter) {
    this.books = books;
    this.hopes = hopes;
    this.starter = starter;
    gathering = new Gathering(books, hopes);
  }

  /** Works through what was stirred until nothing that waits could start. */
  void settle() {
    while (true) {
      var stirred = books.stirred;
      if (stirred.isHopeChanged()) {
        books.stirred = stirred.hoped();
        hopes.settle(stirred);
        stirred.vanished().keys().forEach(this::regroup);
      } else if (stirred.firstOpened().isPresent()) {
        var node = stirred.firstOpened().get();
        books.stirred = stirred.woken(node);
        wake(
            node,
            stirred.opened().get(node).orElse(Table.empty()).keys().toList(),
            stirred.openedNodes().contains(node));
      } else if (!stirred.tests().isEmpty()) {
        books.stirred = stirred.offered();
        stirred.tests().keys().forEach(this::offerEverything);
      } else {
        return;
      }
    }
  }

  /** A test has joined the queue: it takes what is open, unless an equal one waits already. */
  void arrive(LiveTest test) {
    var oldest = books.groups.at(test.order().wish()).tests().first().orElseThrow();
    if (oldest.getKey() == test.age() || books.test(oldest.getValue().test()).attempts() > 0) {
      place(test).ifPresent(found -> start(test, found));
    }
  }

  /** A test that failed on a node and its products takes others, if any are open. */
  void arriveElsewhere(LiveTest test) {
    place(test).filter(found -> found.failed() == 0).ifPresent(found -> start(test, found));
  }

  /** A test has waited long enough that products are kept for it. */
  void age(LiveTest test) {
    if (test.order().wish().isGroup()) {
      gather(test);
    }
  }

  /** What was kept for a test that does not wait any longer is kept no more. */
  LiveTest release(LiveTest test) {
    return gathering.release(test);
  }

  /** A product leaves whoever it is kept for. */
  Product ungathered(Product product) {
    if (!(product.hold() instanceof Hold.Gathered gathered)) {
      return product;
    }
    var free = product.with(new Hold.Free());
    books.put(free);
    gathering.abandon(books.test(gathered.test()));
    return free;
  }

  /** A node that is gone keeps nothing for anybody. */
  void desert(NodeId node) {
    gathering.desert(node).forEach(test -> books.stirred = books.stirred.unblocked(test.id()));
  }

  private void regroup(NodeId node) {
    for (var test : gathering.desert(node)) {
      gather(books.test(test.id()));
    }
  }

  /** What is kept may be all that a test needs, when some of it was kept for younger ones. */
  private void gather(LiveTest test) {
    gathering.begin(test);
    var gathered = books.test(test.id());
    gathered
        .gathering()
        .map(books::node)
        .flatMap(node -> placeOn(gathered, node))
        .ifPresent(found -> start(gathered, found));
  }

  private void offerEverything(TestId id) {
    books
        .tests
        .get(id)
        .filter(test -> test.stage() instanceof LiveTest.Waiting)
        .ifPresent(
            test -> {
              var found = place(test);
              if (found.isPresent()) {
                start(test, found.get());
              } else if (test.isAged() && test.gathering().isEmpty()) {
                gather(test);
              }
            });
  }

  // ---- something opened

  private record Candidate(long age, Wish wish) {}

  private void wake(NodeId id, List<ProductId> freed, boolean newlyOpen) {
    var served = new TreeMap<Wish, List<ProductId>>();
    for (var product : freed) {
      if (books.products.get(product).filter(books::isOpen).isPresent()) {
        for (var interest : books.interests.of(books.product(product))) {
          interest
              .wishes()
              .keys()
              .forEach(w -> served.computeIfAbsent(w, k -> new ArrayList<>()).add(product));
        }
      }
    }
    var turns = new PriorityQueue<Candidate>(Comparator.comparingLong(Candidate::age));
    served.keySet().forEach(wish -> turns.add(new Candidate(oldest(wish), wish)));
    if (newlyOpen) {
      for (var wish : Hopes.nodeWishes(id)) {
        books.groups.get(wish).ifPresent(group -> turns.add(new Candidate(oldest(wish), wish)));
      }
    }
    while (!turns.isEmpty() && books.nodes.get(id).filter(books::isOpen).isPresent()) {
      var turn = turns.poll();
      var group = books.groups.get(turn.wish());
      if (group.isEmpty() || !isServed(turn.wish(), served)) {
        continue;
      }
      var place = group.get().tests().get(turn.age());
      if (place.isPresent()
          && offer(books.test(place.get().test()), books.node(id)) == Answer.NOT_US) {
        continue;
      }
      group
          .get()
          .tests()
          .after(turn.age())
          .ifPresent(next -> turns.add(new Candidate(next.getKey(), turn.wish())));
    }
  }

  private long oldest(Wish wish) {
    return books.groups.at(wish).tests().first().orElseThrow().getKey();
  }

  private boolean isServed(Wish wish, Map<Wish, List<ProductId>> served) {
    if (wish.isNode()) {
      return true;
    }
    return served.get(wish).stream().anyMatch(id -> books.isOpen(books.product(id)));
  }

  private Answer offer(LiveTest test, Node node) {
    if (!node.admits(test.runtimeId())) {
      return Answer.NOT_ME;
    }
    var found = placeOn(test, node);
    if (found.isPresent()) {
      start(test, found.get());
      return Answer.STARTED;
    }
    if (!test.isAged() || !test.order().wish().isGroup()) {
      return Answer.NOT_US;
    }
    if (gathering.gather(test, node)) {
      return Answer.KEPT;
    }
    return test.gathering().isPresent() ? Answer.NOT_ME : Answer.NOT_US;
  }

  // ---- something arrived

  private static final int FAILED_NODE = 1;
  private static final int FAILED_PRODUCT = 2;

  private Optional<Placement> place(LiveTest test) {
    var wish = test.order().wish();
    var best = Optional.<Placement>empty();
    int looked = 0;
    for (var id : nodesFor(wish)) {
      var node = books.node(id);
      if (books.isOpen(node) && node.admits(test.runtimeId())) {
        var found = placeOn(test, node);
        if (found.isPresent()) {
          if (best.isEmpty() || Placement.ORDER.compare(found.get(), best.get()) < 0) {
            best = found;
          }
          looked += isFewer(wish) ? LOOK / LOOK_GROUPS : openAt(wish, id);
          if (looked >= LOOK || (wish.isNode() && isFresh(best))) {
            break;
          }
        }
      }
    }
    return best;
  }

  private static boolean isFewer(Wish wish) {
    return wish.isGroup() || wish.isNode();
  }

  private int openAt(Wish wish, NodeId node) {
    return books.open.candidates(wish.demands().get(0)).get(node).map(Table::size).orElse(0);
  }

  private static boolean isFresh(Optional<Placement> placement) {
    return placement.filter(p -> p.failed() == 0).isPresent();
  }

  /** Open nodes that may serve a wish, least loaded first. */
  private Iterable<NodeId> nodesFor(Wish wish) {
    if (wish.isNode()) {
      return () -> books.openNodes.values().filter(node -> Hopes.isOn(wish, node)).iterator();
    }
    Table<NodeId, Table<ProductId, ProductId>> fewest = null;
    for (var demand : wish.demands()) {
      var found = books.open.candidates(demand);
      if (fewest == null || found.size() < fewest.size()) {
        fewest = found;
      }
    }
    if (fewest == null || fewest.isEmpty()) {
      return List.of();
    }
    var nodes = fewest;
    return nodes.size() > LOOK
        ? () -> books.openNodes.values().filter(nodes::contains).iterator()
        : () ->
            nodes
                .keys()
                .sorted(
                    Comparator.comparingInt((NodeId node) -> books.node(node).runs().size())
                        .thenComparing(node -> node))
                .iterator();
  }

  /** The best a test can get on an open node now. */
  private Optional<Placement> placeOn(LiveTest test, Node node) {
    var wish = test.order().wish();
    int again = test.failures().node().filter(node.id()::equals).isPresent() ? FAILED_NODE : 0;
    if (wish.isNode()) {
      return Optional.of(new Placement(node, List.of(), again, 0));
    }
    var failed = test.failures().products();
    if (!wish.isGroup()) {
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
          .map(
              product ->
                  new Placement(
                      node,
                      List.of(product),
                      again + (failed.contains(product.id()) ? FAILED_PRODUCT : 0),
                      books.interests.need(product)))
          .min(Placement.ORDER);
    }
    return Matching.complete(test.order().requirement().products(), gathering.available(test, node))
        .map(
            products ->
                new Placement(
                    node,
                    products,
                    again
                        + (products.stream().anyMatch(p -> failed.contains(p.id()))
                            ? FAILED_PRODUCT
                            : 0),
                    products.stream().mapToInt(books.interests::need).sum()));
  }

  /**
   * Starts a test. Whoever loses a product to it gathers nowhere when that was the last, and what
   * was kept for it beyond its need is open again.
   */
  private void start(LiveTest test, Placement found) {
    var robbed =
        found.products().stream()
            .map(Product::hold)
            .filter(Hold.Gathered.class::isInstance)
            .map(hold -> ((Hold.Gathered) hold).test())
            .filter(id -> !id.equals(test.id()))
            .toList();
    starter.start(gathering.release(test), found.node().id(), found.products());
    robbed.forEach(id -> gathering.abandon(books.test(id)));
  }
}
