package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Books that nobody writes in any more, as pages and interfaces see them. */
final class BooksSnapshot implements FarmSnapshot {
  private final Books books;

  BooksSnapshot(Books books) {
    this.books = books;
  }

  /** The books behind a snapshot that a farm has published. */
  static Books booksOf(FarmSnapshot snapshot) {
    if (snapshot instanceof BooksSnapshot own) {
      return own.books;
    }
    throw new IllegalArgumentException("no snapshot of a farm: " + snapshot.getClass());
  }

  @Override
  public FarmImage image() {
    return FarmImage.of(books);
  }

  @Override
  public long version() {
    return books.version;
  }

  @Override
  public Instant at() {
    return books.at;
  }

  @Override
  public FarmSettings settings() {
    return books.settings;
  }

  @Override
  public List<NodeView> nodes() {
    return books.nodes.values().map(this::view).toList();
  }

  @Override
  public Optional<NodeView> node(NodeId id) {
    return books.nodes.get(id).map(this::view);
  }

  @Override
  public List<ProductView> products() {
    return books
        .products
        .values()
        .sorted(Comparator.comparing(Product::node).thenComparing(Product::id))
        .map(this::view)
        .toList();
  }

  @Override
  public Optional<ProductView> product(ProductId id) {
    return books.products.get(id).map(this::view);
  }

  @Override
  public List<ProductView> products(NodeId node) {
    return books.nodes.get(node).stream()
        .flatMap(it -> it.products().keys())
        .sorted()
        .map(books::product)
        .map(this::view)
        .toList();
  }

  @Override
  public Census census() {
    var shut = new HashSet<NodeId>();
    var lost = new HashSet<NodeId>();
    books
        .nodes
        .values()
        .forEach(
            node -> {
              if (node.contact().isLost()) {
                lost.add(node.id());
              } else if (!node.standing().isReady()) {
                shut.add(node.id());
              }
            });
    int free = 0;
    int busy = 0;
    int disabled = 0;
    int gone = 0;
    for (var product : (Iterable<Product>) books.products.values()::iterator) {
      if (product.presence().goneSince().isPresent() || lost.contains(product.node())) {
        gone++;
      } else if (product.isBusy()) {
        busy++;
      } else if (product.whyNot().isPresent() || shut.contains(product.node())) {
        disabled++;
      } else {
        free++;
      }
    }
    return new Census(free, busy, disabled, gone);
  }

  @Override
  public boolean hasClient(ClientId id) {
    return books.issuers.contains(id);
  }

  @Override
  public int waitingCount() {
    return books.queue.size();
  }

  @Override
  public Map<WaitsFor, Integer> waitingFor() {
    var counts = new EnumMap<WaitsFor, Integer>(WaitsFor.class);
    books
        .groups
        .values()
        .forEach(
            group -> {
              var suits = group.hopeless().isPresent() ? WaitsFor.NOTHING_SUITS : WaitsFor.USE;
              var reason = books.settings.maintenance() ? WaitsFor.MAINTENANCE : suits;
              counts.merge(reason, group.tests().size(), Integer::sum);
            });
    return counts;
  }

  @Override
  public List<WaitingTest> waiting(int from, int limit) {
    var part = new ArrayList<WaitingTest>();
    var estimates =
        Forecast.first(books, Math.min(Forecast.MOST, from) + Math.min(Forecast.MOST, limit));
    for (int i = from; i < books.queue.size() && part.size() < limit; i++) {
      var test = books.test(books.queue.ranked(i).getValue());
      part.add(waitingView(test, Optional.ofNullable(estimates.get(test.runtimeId()))));
    }
    return part;
  }

  @Override
  public Found<WaitingTest> waiting(Predicate<TestDescription> wanted, int limit) {
    return found(books.queue.values(), wanted, limit, test -> waitingView(test, Optional.empty()));
  }

  @Override
  public int runningCount() {
    return books.running.size();
  }

  @Override
  public List<RunningTest> running(int limit) {
    return books.running.values().limit(limit).map(books::test).map(this::runningView).toList();
  }

  @Override
  public Found<RunningTest> running(Predicate<TestDescription> wanted, int limit) {
    return found(books.running.values(), wanted, limit, this::runningView);
  }

  private <T> Found<T> found(
      Stream<RuntimeId> all,
      Predicate<TestDescription> wanted,
      int limit,
      Function<LiveTest, T> view) {
    var tests =
        all.map(books::test)
            .filter(
                test ->
                    wanted.test(
                        Reports.open(test.order().description(), test.order().requirement())))
            .toList();
    return new Found<>(tests.stream().limit(limit).map(view).toList(), tests.size());
  }

  @Override
  public Optional<Instant> expectedEnd(RuntimeId run) {
    return books
        .tests
        .get(run)
        .flatMap(test -> Reports.run(books, test))
        .flatMap(it -> Forecast.end(books, it));
  }

  @Override
  public List<RunningTest> running() {
    return books.running.values().map(books::test).map(this::runningView).toList();
  }

  @Override
  public List<EndedTest> ended() {
    var newestFirst = new ArrayList<>(books.ended.values().toList());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  @Override
  public Optional<WaitingTest> waiting(TestId id) {
    return parts(id)
        .filter(test -> test.stage() instanceof LiveTest.Waiting)
        .findFirst()
        .map(test -> waitingView(test, Forecast.of(books, test)))
        .or(() -> books.wholes.get(id).filter(it -> it.parts().isEmpty()).map(this::dividedView));
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return books
        .groups
        .values()
        .map(Group::oldest)
        .flatMap(Optional::stream)
        .map(Arrival::received)
        .min(Comparator.naturalOrder());
  }

  @Override
  public Optional<Estimate> estimate(TestId id) {
    return parts(id)
        .filter(test -> books.queue.contains(test.rank()))
        .findFirst()
        .flatMap(test -> Forecast.of(books, test));
  }

  @Override
  public List<Explanation> why(TestId id) {
    return Explaining.of(
        books,
        parts(id)
            .filter(test -> books.queue.contains(test.rank()))
            .sorted(Comparator.comparing(LiveTest::rank))
            .toList());
  }

  @Override
  public Optional<RunningTest> running(TestId id) {
    return parts(id)
        .filter(test -> test.stage() instanceof LiveTest.Running)
        .findFirst()
        .map(this::runningView);
  }

  @Override
  public Optional<EndedTest> ended(TestId id) {
    return books.endedById.get(id).map(books.ended::at);
  }

  private NodeView view(Node node) {
    return new NodeView(
        node.description(),
        node.contact().condition(),
        remark(node),
        node.contact().since(),
        node.contact().seen(),
        node.runs().keys().<RuntimeId>map(id -> id).toList(),
        books.settings.bounds().testsPerNode(),
        node.standing());
  }

  private static String remark(Node node) {
    return Stream.concat(
            Optional.of(node.contact().trouble()).filter(it -> !it.isEmpty()).stream(),
            HealthWords.why(node.standing()).stream())
        .collect(Collectors.joining("; "));
  }

  /** As the service shows it; a product of a node that gets no tests is as good as disabled. */
  private ProductDescription shown(Product product) {
    var shown = product.shown(books.settings.service()).withoutSecrets();
    var node = books.nodes.get(product.node()).filter(it -> !it.standing().isReady());
    if (node.isEmpty() || product.isBusy()) {
      return shown;
    }
    String why =
        product.whyNot().map(it -> it + "; ").orElse("")
            + "its node is "
            + HealthWords.why(node.get().standing()).orElse("");
    return shown.with(
        Map.of(
            ProductAttribute.STATUS.text(),
            ProductStatus.DISABLED.text(),
            ProductAttribute.STATUS_DETAILS.text(),
            why));
  }

  private ProductView view(Product product) {
    var lost =
        books
            .nodes
            .get(product.node())
            .filter(node -> node.contact().isLost())
            .map(node -> node.contact().seen());
    return new ProductView(
        shown(product),
        product.node(),
        product.presence().goneSince().or(() -> lost),
        product.reservation().map(reservation -> holder(product, reservation)),
        product.hold() instanceof Hold.Gathered gathered
            ? Optional.of(gathered.test())
            : Optional.empty(),
        product.health());
  }

  private Holder holder(Product product, Hold.Reservation reservation) {
    return new Holder(
        reservation.run(),
        reservation.attempt(),
        kind(product, reservation),
        reservation.since(),
        reservation.until());
  }

  private Holder.Hold kind(Product product, Hold.Reservation reservation) {
    if (product.hold() instanceof Hold.Kept) {
      return Holder.Hold.KEPT;
    }
    return books
            .nodes
            .get(product.node())
            .flatMap(node -> node.run(reservation.run()))
            .filter(run -> !run.isEnding())
            .isPresent()
        ? Holder.Hold.RUN
        : Holder.Hold.ENDING;
  }

  private WaitingTest waitingView(LiveTest test, Optional<Estimate> estimate) {
    String why = Why.waits(books, test);
    var current =
        Reports.run(books, test).isEmpty()
            ? test.order().description().with(TestStatus.PENDING, why)
            : Reports.current(books, test);
    return new WaitingTest(
        Reports.open(current, test.order().requirement()),
        test.order().client(),
        books.queue.rank(test.rank()) + 1,
        test.order().received(),
        books.clock(test.order().deadline()),
        test.failures().count(),
        why,
        estimate);
  }

  private Stream<LiveTest> parts(TestId id) {
    return books.whole(id).stream().flatMap(whole -> books.parts(whole).stream());
  }

  @Override
  public List<SubTest> subTests(TestId id) {
    var whole = books.whole(id).filter(WholeTest::isSplit);
    if (whole.isEmpty()) {
      return ended(id).map(EndedTest::parts).orElse(List.of()).stream().map(SubTest::of).toList();
    }
    var views = new TreeMap<RuntimeId, SubTest>();
    whole.get().finished().forEach(it -> views.put(it.part().id(), SubTest.of(it.part())));
    books.parts(whole.get()).forEach(part -> views.put(part.runtimeId(), subTest(part)));
    return whole.get().parts().stream().map(views::get).toList();
  }

  @Override
  public List<Attempt> attempts(TestId id) {
    var whole = books.whole(id);
    if (whole.isEmpty()) {
      return ended(id).map(EndedTest::allRuns).orElse(List.of());
    }
    var past =
        Stream.concat(
            whole.get().finished().stream().flatMap(it -> it.part().runs().stream()),
            parts(id).flatMap(part -> part.failures().attempts().stream()));
    var present =
        parts(id)
            .flatMap(
                part ->
                    Reports.run(books, part).stream()
                        .map(run -> Attempt.of(part.node().orElseThrow(), run)));
    return Stream.concat(past, present).toList();
  }

  private SubTest subTest(LiveTest part) {
    var run = Reports.run(books, part);
    return new SubTest(
        part.runtimeId(),
        part.order().description().execution().packages().stream()
            .map(TestPackageDescription::id)
            .toList(),
        run.isEmpty() ? "waiting" : run.get().started().isPresent() ? "running" : "preparing",
        part.attempts(),
        part.node(),
        run.map(Run::products).orElse(List.of()),
        run.map(Run::waitsFor).orElseGet(() -> Why.waits(books, part)));
  }

  /** A test whose packages are being divided waits for that alone. */
  private WaitingTest dividedView(WholeTest test) {
    return new WaitingTest(
        Reports.open(Reports.current(books, test), test.order().requirement()),
        test.order().client(),
        /* place= */ 0,
        test.order().received(),
        books.clock(test.order().deadline()),
        /* failures= */ 0,
        Summary.progress(books, test),
        Optional.empty());
  }

  private RunningTest runningView(LiveTest test) {
    var run = Reports.run(books, test).orElseThrow();
    return new RunningTest(
        Reports.open(Reports.current(books, test), test.order().requirement()),
        test.order().client(),
        test.node().orElseThrow(),
        test.attempts(),
        test.order().received(),
        run.reserved(),
        run.started(),
        books.clock(test.order().deadline()));
  }
}
