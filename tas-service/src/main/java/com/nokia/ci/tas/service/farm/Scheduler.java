package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides which test gets what, and when (design, "The farm core").
 *
 * <p>Between turns nothing that waits could start. So a test that arrives looks only at what is
 * open, and what opens looks only at the tests that could use it, in the order of {@link Offers};
 * later tests may overtake those that cannot use it.
 */
final class Scheduler {
  private final Books books;
  private final Hopes hopes;
  private final Gathering gathering;
  private final Placing placing;
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

  Scheduler(Books books, Hopes hopes, Starter starter) {
    this.books = books;
    this.hopes = hopes;
    this.starter = starter;
    gathering = new Gathering(books, hopes);
    placing = new Placing(books, gathering);
  }

  /** Works through what was stirred until nothing that waits could start. */
  void settle() {
    var attracted = new TreeSet<Wish>();
    while (true) {
      var stirred = books.stirred;
      if (stirred.isHopeChanged()) {
        books.stirred = stirred.hoped();
        hopes.settle(stirred);
        stirred.vanished().keys().forEach(this::desert);
        stirred.appeared().keys().flatMap(this::attracted).forEach(attracted::add);
      } else if (stirred.firstOpened().isPresent()) {
        var node = stirred.firstOpened().get();
        books.stirred = stirred.woken(node);
        wake(
            node,
            stirred.opened().get(node).orElse(Table.empty()).keys().toList(),
            stirred.openedNodes().contains(node));
      } else if (!stirred.tests().isEmpty()) {
        books.stirred = stirred.offered();
        var waiting =
            stirred
                .tests()
                .keys()
                .map(books.tests::get)
                .flatMap(Optional::stream)
                .filter(test -> test.stage() instanceof LiveTest.Waiting)
                .toList();
        Offers.inOrder(waiting).forEach(test -> offerEverything(test.runtimeId()));
      } else if (attracted.isEmpty() || !lookForPlaces(attracted)) {
        return;
      }
    }
  }

  /** Whether the farm has what a test that waits needs, free or busy. */
  boolean isHopeful(LiveTest test) {
    return hopes.isHopeful(test.order().wish());
  }

  /**
   * A test has joined the queue: it takes what is open, even if an equal one waits already, which
   * may not start there because of its name.
   */
  void arrive(LiveTest test) {
    startOrGather(test, placing.find(test));
  }

  /** A test that failed on a node and its products takes others, if any are open. */
  void arriveElsewhere(LiveTest test) {
    startOrGather(test, placing.find(test).filter(Placing.Placement::isFresh));
  }

  /** A test that joins the queue may have waited for long: for its parts, or in an earlier run. */
  private void startOrGather(LiveTest test, Optional<Placing.Placement> found) {
    if (found.isPresent()) {
      start(test, found.get());
    } else {
      age(test);
    }
  }

  /** A test has waited long enough that products are kept for it. */
  void age(LiveTest test) {
    if (test.isGathering()) {
      gather(test);
    }
  }

  /** What was kept for a test that does not wait any longer is kept no more. */
  LiveTest release(LiveTest test) {
    return gathering.release(test);
  }

  /** A product leaves whoever it is kept for, who looks for another. */
  Product ungathered(Product product) {
    if (!(product.hold() instanceof Hold.Gathered gathered)) {
      return product;
    }
    var free = product.with(new Hold.Free());
    books.put(free);
    gathering.abandon(books.test(gathered.test()));
    books.stirred = books.stirred.unblocked(gathered.test());
    return free;
  }

  /**
   * A node keeps nothing for tests that it can serve no longer; what they need is sought elsewhere,
   * behind those that can use what has opened.
   */
  void desert(NodeId node) {
    gathering
        .desert(node)
        .forEach(test -> books.stirred = books.stirred.unblocked(test.runtimeId()));
  }

  /**
   * What has become of use, though it may be in use itself, makes its node a place where other
   * products can be kept for tests that found none.
   */
  private Stream<Wish> attracted(ProductId id) {
    return books.products.get(id).stream()
        .flatMap(product -> books.interests.of(product).stream())
        .flatMap(interest -> interest.wishes().keys())
        .filter(Wish::isGroup);
  }

  /**
   * Of each wish the first test that has a claim, and nothing that is kept for it, looks again,
   * until one has got something.
   *
   * @return whether one has
   */
  private boolean lookForPlaces(Set<Wish> wishes) {
    var first = wishes.stream().map(this::firstWithoutPlace).flatMap(Optional::stream).toList();
    for (var test : Offers.inOrder(first)) {
      offerEverything(test.runtimeId());
      if (!isWithoutPlace(test.runtimeId())) {
        return true;
      }
    }
    return false;
  }

  private Optional<LiveTest> firstWithoutPlace(Wish wish) {
    return books
        .groups
        .get(wish)
        .flatMap(group -> group.claims().values().filter(this::isWithoutPlace).findFirst())
        .map(books::test);
  }

  private boolean isWithoutPlace(RuntimeId id) {
    return books
        .tests
        .get(id)
        .filter(test -> Books.isWaiting(test) && test.gathering().isEmpty())
        .isPresent();
  }

  /** A node that gets no tests any more keeps nothing; what was kept there is sought elsewhere. */
  void evict(NodeId node) {
    gathering
        .evict(node)
        .forEach(test -> books.stirred = books.stirred.unblocked(test.runtimeId()));
  }

  /** What is kept may be all that a test needs, when some of it was kept for younger ones. */
  private void gather(LiveTest test) {
    gathering.begin(test);
    var gathered = books.test(test.runtimeId());
    gathered
        .gathering()
        .map(books::node)
        .flatMap(node -> placing.on(gathered, node))
        .ifPresent(found -> start(gathered, found));
  }

  private void gatherMore(LiveTest test) {
    var there = test.gathering().map(books::node);
    if (there.isEmpty()) {
      gather(test);
    } else if (books.isOpen(there.get()) && there.get().admits(test.runtimeId())) {
      gathering.gather(test, there.get());
    }
  }

  private void offerEverything(RuntimeId id) {
    books
        .tests
        .get(id)
        .filter(test -> test.stage() instanceof LiveTest.Waiting)
        .ifPresent(
            test -> {
              var found = placing.find(test);
              if (found.isPresent()) {
                start(test, found.get());
              } else if (test.isGathering()) {
                gatherMore(test);
              }
            });
  }

  // ---- something opened

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
    var offers = new Offers(books);
    served.keySet().forEach(offers::add);
    if (newlyOpen) {
      Hopes.nodeWishes(id).forEach(offers::add);
    }
    // Whoever is next is not asked for before there is something to offer: a look at a test costs.
    boolean isAsking = true;
    while (isAsking && (newlyOpen || isAnyOpen(freed)) && isOpen(id)) {
      var next = offers.next();
      isAsking = next.isPresent();
      next.ifPresent(test -> offer(books.test(test), id, served, offers));
    }
  }

  private void offer(LiveTest test, NodeId node, Map<Wish, List<ProductId>> served, Offers offers) {
    var wish = test.order().wish();
    if (!isServed(wish, served)) {
      offers.drop(wish);
    } else if (offer(test, books.node(node)) == Answer.NOT_US) {
      offers.refused(test);
    }
  }

  private boolean isOpen(NodeId node) {
    return books.nodes.get(node).filter(books::isOpen).isPresent();
  }

  private boolean isAnyOpen(List<ProductId> products) {
    return products.stream()
        .anyMatch(id -> books.products.get(id).filter(books::isOpen).isPresent());
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
    var found = placing.on(test, node);
    if (found.isPresent()) {
      start(test, found.get());
      return Answer.STARTED;
    }
    if (!test.isGathering()) {
      return Answer.NOT_US;
    }
    if (gathering.gather(test, node)) {
      return Answer.KEPT;
    }
    return test.gathering().isPresent() ? Answer.NOT_ME : Answer.NOT_US;
  }

  // ---- something fits

  /**
   * Starts a test. Whoever loses a product to it gathers nowhere when that was the last, and what
   * was kept for it beyond its need is open again.
   */
  private void start(LiveTest test, Placing.Placement found) {
    var robbed =
        found.products().stream()
            .map(Product::hold)
            .filter(Hold.Gathered.class::isInstance)
            .map(hold -> ((Hold.Gathered) hold).test())
            .filter(id -> !id.equals(test.runtimeId()))
            .toList();
    starter.start(gathering.release(test), found.node().id(), found.products());
    robbed.forEach(id -> gathering.abandon(books.test(id)));
  }
}
