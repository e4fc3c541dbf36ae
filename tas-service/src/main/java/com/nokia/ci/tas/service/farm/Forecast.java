package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Plays through what is likely to happen: what is held becomes free when runs of its sort usually
 * end, and the tests that wait take it in their order. For whoever asks, on a thread of their own;
 * looks at no more than the first {@value #MOST} of the queue.
 */
final class Forecast {
  static final int MOST = 5_000;

  /** How many nodes are compared for a test that needs several products. */
  private static final int LOOK_NODES = 64;

  /** A start is told no more exactly than this. */
  private static final long FINEST = 1_000;

  private final Books books;
  private final long now;
  private final Map<RuntimeId, Estimate> estimates = new HashMap<>();
  private final Map<ProductId, Slot> slots = new HashMap<>();
  private final Map<NodeId, PriorityQueue<Moment>> places = new HashMap<>();
  private final Map<String, PriorityQueue<Offer>> offers = new HashMap<>();

  /** When something is free, and how uncertain that is: the variance of it, in square ms. */
  private record Moment(long at, double variance) {
    private Moment later(Moment other) {
      return other.at > at ? other : this;
    }

    private Moment after(Duration mean, Duration deviation) {
      double spread = deviation.toMillis();
      return new Moment(at + mean.toMillis(), variance + spread * spread);
    }
  }

  private static final class Slot {
    private final Product product;
    private Moment free;

    private Slot(Product product, Moment free) {
      this.product = product;
      this.free = free;
    }
  }

  /** A product among those of a demand, by when it seemed to be free when it was put there. */
  private record Offer(long at, Slot slot) {}

  private Forecast(Books books) {
    this.books = books;
    now = books.at.toEpochMilli();
  }

  /** For the first tests of the queue; for none while nothing is started or nothing was learned. */
  static Map<RuntimeId, Estimate> first(Books books, int tests) {
    var forecast = new Forecast(books);
    if (!books.settings.maintenance() && books.habits.all().findAny().isPresent()) {
      forecast.play(Math.min(tests, MOST));
    }
    return forecast.estimates;
  }

  /** For one test, if it is not too far back in the queue. */
  static Optional<Estimate> of(Books books, LiveTest test) {
    int place = books.queue.rank(test.rank());
    return place < MOST
        ? Optional.ofNullable(first(books, place + 1).get(test.runtimeId()))
        : Optional.empty();
  }

  /** When a run is likely to end, if anything was learned of its sort. */
  static Optional<Instant> end(Books books, Run run) {
    var forecast = new Forecast(books);
    return forecast
        .order(run.id())
        .flatMap(books.habits::of)
        .map(habit -> Instant.ofEpochMilli(forecast.end(run).at()));
  }

  private void play(int tests) {
    Stream.concat(
            books.gatherers.values().limit(MOST),
            books.queue.values().limit(tests).filter(id -> books.test(id).gathering().isEmpty()))
        .map(books::test)
        .filter(test -> books.groups.at(test.order().wish()).witness().isPresent())
        .forEach(this::take);
  }

  /** A test takes what it can get first. */
  private void take(LiveTest test) {
    var wish = test.order().wish();
    var chosen =
        wish.isNode()
            ? node(wish)
            : wish.isGroup() ? together(test) : single(wish.demands().get(0));
    var habit = books.habits.of(test.order());
    if (chosen.isEmpty() || habit.isEmpty()) {
      return;
    }
    var start = chosen.get().start();
    estimates.put(
        test.runtimeId(),
        new Estimate(
            Instant.ofEpochMilli(start.at()),
            Duration.ofMillis(Math.round(2 * Math.sqrt(start.variance())) + FINEST)));
    var end = start.after(habit.get().mean(), habit.get().deviation());
    chosen.get().slots().forEach(slot -> slot.free = end);
    var place = places(chosen.get().node());
    place.poll();
    place.add(end);
  }

  private record Chosen(NodeId node, List<Slot> slots, Moment start) {}

  private Optional<Chosen> node(Wish wish) {
    return books
        .nodes
        .values()
        .filter(node -> Books.isPresent(node) && Hopes.isOn(wish, node.id()))
        .filter(node -> !places(node.id()).isEmpty())
        .min(Comparator.comparingLong(node -> places(node.id()).peek().at()))
        .map(node -> new Chosen(node.id(), List.of(), places(node.id()).peek()));
  }

  private Optional<Chosen> single(ProductDemand demand) {
    var heap = offers.computeIfAbsent(Wish.keyOf(demand), key -> offers(demand));
    while (!heap.isEmpty()) {
      var offer = heap.poll();
      long at = start(offer.slot()).at();
      heap.add(new Offer(at, offer.slot()));
      if (at <= offer.at()) {
        return Optional.of(
            new Chosen(offer.slot().product.node(), List.of(offer.slot()), start(offer.slot())));
      }
    }
    return Optional.empty();
  }

  private PriorityQueue<Offer> offers(ProductDemand demand) {
    var heap =
        new PriorityQueue<Offer>(
            Comparator.comparingLong(Offer::at).thenComparing(offer -> offer.slot().product.id()));
    books
        .present
        .candidates(demand)
        .values()
        .flatMap(Table::keys)
        .map(books::product)
        .filter(product -> product.fits(demand) && !places(product.node()).isEmpty())
        .map(this::slot)
        .forEach(slot -> heap.add(new Offer(start(slot).at(), slot)));
    return heap;
  }

  private Optional<Chosen> together(LiveTest test) {
    var wish = test.order().wish();
    var nodes = test.gathering().map(Stream::of).orElseGet(() -> books.present.fewest(wish).keys());
    return nodes
        .limit(LOOK_NODES)
        .filter(node -> !places(node).isEmpty())
        .map(node -> together(wish, node))
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(chosen -> chosen.start().at()));
  }

  /** The earliest at which the products of a node would do together. */
  private Optional<Chosen> together(Wish wish, NodeId node) {
    var there =
        books
            .node(node)
            .products()
            .keys()
            .map(books::product)
            .filter(books::isPresent)
            .map(this::slot)
            .sorted(
                Comparator.comparingLong((Slot slot) -> slot.free.at())
                    .thenComparing(slot -> slot.product.id()))
            .toList();
    var free = new ArrayList<Product>();
    for (var slot : there) {
      free.add(slot.product);
      var matched = Matching.complete(wish.demands(), free);
      if (matched.isPresent()) {
        var taken = matched.get().stream().map(this::slot).toList();
        var start = places(node).peek();
        for (var one : taken) {
          start = start.later(one.free);
        }
        return Optional.of(new Chosen(node, taken, start));
      }
    }
    return Optional.empty();
  }

  private Moment start(Slot slot) {
    return slot.free.later(places(slot.product.node()).peek());
  }

  // ---- what is held now

  private Slot slot(Product product) {
    return slots.computeIfAbsent(product.id(), id -> new Slot(product, free(product)));
  }

  private Moment free(Product product) {
    var taken = product.health().taken();
    if (taken.isPresent()) {
      return new Moment(Math.max(now, taken.get().until().toEpochMilli()), 0);
    }
    if (product.hold() instanceof Hold.Kept kept) {
      return new Moment(Math.max(now, kept.reservation().until().toEpochMilli()), 0);
    }
    return product
        .reservation()
        .flatMap(
            held ->
                books
                    .nodes
                    .get(product.node())
                    .flatMap(node -> node.run(held.run()))
                    .map(this::end))
        .orElse(new Moment(now, 0));
  }

  /** When the places of a node are free, soonest first; none: it takes no tests. */
  private PriorityQueue<Moment> places(NodeId id) {
    return places.computeIfAbsent(
        id,
        key -> {
          var free =
              new PriorityQueue<Moment>(
                  Comparator.comparingLong(Moment::at).thenComparingDouble(Moment::variance));
          var node = books.nodes.get(id).filter(Books::isPresent);
          int most = books.settings.bounds().testsPerNode();
          if (node.isPresent() && most > 0) {
            node.get().runs().values().map(this::end).forEach(free::add);
            int useful = node.get().products().size() + node.get().runs().size() + LOOK_NODES;
            while (free.size() < Math.min(most, useful)) {
              free.add(new Moment(now, 0));
            }
          }
          return free;
        });
  }

  /** When a run is likely to be over; one that is late takes as long as its sort is spread. */
  private Moment end(Run run) {
    var lease = books.settings.silence().lease();
    if (run.isEnding()) {
      return new Moment(now, 0).after(lease.dividedBy(8), lease.dividedBy(8));
    }
    return order(run.id())
        .flatMap(
            order ->
                books
                    .habits
                    .of(order)
                    .map(
                        habit -> {
                          long usual = run.reserved().plus(habit.mean()).toEpochMilli();
                          long soonest = now + Math.max(FINEST, habit.deviation().toMillis());
                          long latest = books.clock(order.deadline()).toEpochMilli();
                          long at = usual > now ? usual : Math.min(soonest, Math.max(now, latest));
                          return new Moment(at, 0).after(Duration.ZERO, habit.deviation());
                        }))
        .orElse(new Moment(now, 0));
  }

  private Optional<LiveTest.Order> order(RuntimeId run) {
    return books.tests.get(run).map(LiveTest::order);
  }
}
