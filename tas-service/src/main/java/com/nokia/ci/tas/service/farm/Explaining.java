package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.service.farm.Explanation.Clause;
import com.nokia.ci.tas.service.farm.Explanation.Demand;
import com.nokia.ci.tas.service.farm.Explanation.Kept;
import com.nokia.ci.tas.service.farm.Explanation.Miss;
import com.nokia.ci.tas.service.farm.Explanation.Obstacle;
import com.nokia.ci.tas.service.farm.Explanation.Places;
import com.nokia.ci.tas.service.farm.Explanation.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds out why a test waits. Looks at the whole farm, so it is for whoever asks, on a thread of
 * their own, and not for the loop; looks at no more of the queue than the groups of rivals.
 */
final class Explaining {
  private final Books books;
  private final LiveTest test;
  private final Wish wish;
  private final List<Product> products;

  private Explaining(Books books, LiveTest test) {
    this.books = books;
    this.test = test;
    wish = test.order().wish();
    products = books.products.values().toList();
  }

  /** The answers for a test that waits in these books, one for each thing that it waits for. */
  static List<Explanation> of(Books books, List<LiveTest> parts) {
    var alike = new LinkedHashMap<Wish, List<LiveTest>>();
    parts.forEach(
        part -> alike.computeIfAbsent(part.order().wish(), wish -> new ArrayList<>()).add(part));
    return alike.values().stream()
        .limit(Explanation.MOST)
        .map(
            same ->
                new Explaining(books, same.get(0))
                    .explain(same.stream().skip(1).map(LiveTest::runtimeId).toList()))
        .toList();
  }

  private Explanation explain(List<RuntimeId> alike) {
    boolean isMaintenance = books.settings.maintenance();
    return new Explanation(
        test.runtimeId(),
        alike,
        Why.waits(books, test),
        isMaintenance,
        books.groups.at(wish).witness().isPresent(),
        places(),
        demands(),
        obstacles(),
        kept(),
        Forecast.of(books, test),
        isMaintenance || wish.isNode() ? List.of() : Relaxing.of(books, test));
  }

  // ---- places

  private Places places() {
    int before = 0;
    int rivals = 0;
    for (var rival : rivals()) {
      var group = books.groups.get(rival);
      if (group.isPresent()) {
        before += group.get().tests().rank(test.rank());
        rivals += group.get().tests().size();
      }
    }
    return new Places(
        books.queue.rank(test.rank()) + 1, books.queue.size(), before + 1, Math.max(1, rivals));
  }

  /** What the tests wait for that could use a product, or a node, which this test could use. */
  private SortedSet<Wish> rivals() {
    var rivals = new TreeSet<Wish>();
    rivals.add(wish);
    if (wish.isNode()) {
      books
          .nodes
          .keys()
          .filter(node -> Hopes.isOn(wish, node))
          .map(Hopes::nodeWishes)
          .forEach(wishes -> wishes.forEach(rivals::add));
      return rivals;
    }
    for (var product : products) {
      if (books.isPresent(product) && wish.demands().stream().anyMatch(product::fits)) {
        books.interests.of(product).forEach(i -> i.wishes().keys().forEach(rivals::add));
      }
    }
    return rivals;
  }

  // ---- demands

  private List<Demand> demands() {
    var counts = new LinkedHashMap<String, Integer>();
    var distinct = new ArrayList<ProductDemand>();
    for (var demand : test.order().requirement().products()) {
      if (counts.merge(Wish.keyOf(demand), 1, Integer::sum) == 1) {
        distinct.add(demand);
      }
    }
    return distinct.stream().map(d -> demand(d, counts.get(Wish.keyOf(d)))).toList();
  }

  private Demand demand(ProductDemand demand, int asked) {
    var fitting = products.stream().filter(product -> product.fits(demand)).toList();
    long free = fitting.stream().filter(this::isReady).count();
    var uses =
        fitting.stream()
            .map(this::use)
            .sorted(
                Comparator.comparing((Use use) -> use.kind().compareTo(Use.Kind.DISABLED) >= 0)
                    .thenComparing(use -> use.until().orElse(Instant.EPOCH))
                    .thenComparing(Use::product))
            .limit(Demand.LISTED)
            .toList();
    return new Demand(shown(demand), asked, fitting.size(), (int) free, uses, misses(demand));
  }

  /** Whether the test could take it now. */
  private boolean isReady(Product product) {
    return product.isSound()
        && ((product.isReady() && product.hold() instanceof Hold.Free)
            || (product.hold() instanceof Hold.Gathered gathered
                && gathered.test().equals(test.runtimeId())))
        && books
            .nodes
            .get(product.node())
            .filter(node -> books.isOpen(node) && node.admits(test.runtimeId()))
            .isPresent();
  }

  private Use use(Product product) {
    var until = product.reservation().map(Hold.Reservation::until);
    var holder = product.reservation().map(Hold.Reservation::run);
    if (product.hold() instanceof Hold.Kept) {
      return use(product, Use.Kind.KEPT, holder, until, "");
    }
    if (holder.isPresent()) {
      var run =
          books
              .nodes
              .get(product.node())
              .flatMap(node -> node.run(holder.get()))
              .filter(there -> !there.isEnding());
      return new Use(
          product.id(),
          product.node(),
          run.isPresent() ? Use.Kind.RUN : Use.Kind.ENDING,
          holder,
          until,
          run.flatMap(there -> Forecast.end(books, there)),
          "");
    }
    if (product.presence().goneSince().isPresent() || !isThere(product.node())) {
      return use(product, Use.Kind.GONE, holder, until, "it is not at its node");
    }
    if (!product.isSound() || !product.isReady()) {
      var back = product.health().taken().map(Health.Taken::until);
      return use(product, Use.Kind.DISABLED, holder, back, product.whyNot().orElse(""));
    }
    if (product.hold() instanceof Hold.Gathered gathered) {
      var run = Optional.of(gathered.test());
      return use(product, Use.Kind.SET_ASIDE, run, until, "");
    }
    return use(product, Use.Kind.FREE, holder, until, obstacle(product.node()).orElse(""));
  }

  private static Use use(
      Product product,
      Use.Kind kind,
      Optional<RuntimeId> holder,
      Optional<Instant> until,
      String detail) {
    return new Use(
        product.id(),
        product.node(),
        kind,
        holder,
        until,
        Optional.empty(),
        SafeName.shown(detail));
  }

  private boolean isThere(NodeId node) {
    return books.nodes.get(node).filter(Books::isPresent).isPresent();
  }

  private List<Miss> misses(ProductDemand demand) {
    var kinds = new LinkedHashMap<List<Clause>, Miss>();
    for (var product : products) {
      var clauses = misses(demand, product);
      if (!clauses.isEmpty() && books.isPresent(product)) {
        kinds.merge(
            clauses,
            new Miss(1, clauses, product.id()),
            (old, one) -> new Miss(old.products() + 1, clauses, old.example()));
      }
    }
    return kinds.values().stream()
        .sorted(
            Comparator.comparingInt((Miss miss) -> miss.clauses().size())
                .thenComparing(Miss::products, Comparator.reverseOrder())
                .thenComparing(Miss::example))
        .limit(Demand.LISTED)
        .toList();
  }

  /** The values that a product has not, and what it has instead. */
  static List<Clause> misses(ProductDemand demand, Product product) {
    var clauses = new ArrayList<Clause>();
    for (var clause : demand.clauses().entrySet()) {
      String name = clause.getKey();
      String found = product.traits().get(name);
      if (!clause.getValue().equals(found)) {
        clauses.add(
            new Clause(
                SafeName.shown(name),
                value(name, clause.getValue()),
                found == null ? "" : value(name, found)));
      }
    }
    for (var comparison : demand.comparisons()) {
      var found = Optional.ofNullable(product.traits().get(comparison.name()));
      if (found.filter(comparison::isMetBy).isEmpty()) {
        clauses.add(
            new Clause(
                SafeName.shown(comparison.name()),
                comparison.wanted(),
                found.map(SafeName::shown).orElse(""),
                Optional.of(comparison)));
      }
    }
    return clauses;
  }

  private static String value(String name, String value) {
    return ProductAttribute.isSecret(name) ? "…" : SafeName.shown(value);
  }

  static String shown(ProductDemand demand) {
    return SafeName.shown(demand.toString());
  }

  // ---- nodes

  private List<Obstacle> obstacles() {
    var nodes = new TreeSet<NodeId>();
    if (wish.isNode()) {
      books.nodes.keys().filter(node -> Hopes.isOn(wish, node)).forEach(nodes::add);
    }
    products.stream()
        .filter(product -> wish.demands().stream().anyMatch(product::fits))
        .forEach(product -> nodes.add(product.node()));
    var obstacles = new ArrayList<Obstacle>();
    for (var node : nodes) {
      obstacle(node).ifPresent(detail -> obstacles.add(new Obstacle(node, SafeName.shown(detail))));
    }
    return obstacles;
  }

  /** Why a node takes no test, if it takes none. */
  private Optional<String> obstacle(NodeId id) {
    var node = books.nodes.get(id);
    if (node.isEmpty()) {
      return Optional.of("it is not known");
    }
    if (!node.get().contact().isUsable()) {
      return Optional.of(
          switch (node.get().contact().condition()) {
            case ARRIVING, AWAITED -> "it has not answered yet";
            case LOST -> "it is lost: nothing was heard of it";
            case CONNECTED ->
                Words.withDetail("it cannot be reached", node.get().contact().trouble());
          });
    }
    var standing = HealthWords.why(node.get().standing());
    if (standing.isPresent()) {
      return standing.map(why -> "it is " + why);
    }
    if (!node.get().admits(test.runtimeId())) {
      return Optional.of("it still ends a run of this test");
    }
    int runs = node.get().runs().size();
    return runs < books.settings.bounds().testsPerNode()
        ? Optional.empty()
        : Optional.of("it runs " + runs + " tests already, as many as it may");
  }

  private Optional<Kept> kept() {
    return test.gathering()
        .map(
            node -> {
              var there =
                  books
                      .node(node)
                      .products()
                      .keys()
                      .map(books::product)
                      .filter(
                          p ->
                              p.hold() instanceof Hold.Gathered gathered
                                  && gathered.test().equals(test.runtimeId()))
                      .toList();
              var demands = test.order().requirement().products();
              var matched = Matching.largest(demands, there);
              var lacking = new ArrayList<String>();
              for (int i = 0; i < demands.size(); i++) {
                if (matched.get(i).isEmpty()) {
                  lacking.add(shown(demands.get(i)));
                }
              }
              return new Kept(node, there.stream().map(Product::id).toList(), lacking);
            });
  }
}
