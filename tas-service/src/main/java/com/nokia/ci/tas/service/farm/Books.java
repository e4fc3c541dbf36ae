package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole state of a farm: what is known of nodes, products, tests and clients, and everything
 * that follows from it: indexes, the queue, due times. A record is put, and what follows is kept
 * true by that; nothing else changes it.
 *
 * <p>Rules work on a copy, which takes the place of the original when they are through. What was
 * opened or lost on the way is noted for the {@link Scheduler}.
 */
final class Books {
  private static final int TESTS_A_SWAP = 1_024;

  FarmSettings settings;
  Register<NodeId, Node> nodes = Register.empty();
  Register<ProductId, Product> products = Register.empty();
  Register<RuntimeId, LiveTest> tests = Register.empty();

  /** The tests that are split, or whose packages are being distributed; no others. */
  Register<TestId, WholeTest> wholes = Register.empty();

  Register<Wish, Group> groups = Register.empty();
  Register<ClientId, Issuer> issuers = Register.empty();

  /** Products that a test could be given now. */
  ProductIndex open = ProductIndex.NONE;

  /** Products that a test could be given some day. */
  ProductIndex present = ProductIndex.NONE;

  /** Nodes that take a test now, least loaded first. */
  Table<Load, NodeId> openNodes = Table.empty();

  Interests interests = Interests.NONE;

  /** The hopes that rest on a node. */
  Table<NodeId, Table<Wish, Wish>> witnessed = Table.empty();

  Table<Rank, RuntimeId> queue = Table.empty();
  Table<Long, RuntimeId> running = Table.empty();

  /** The tests that products are kept for, by claim. */
  Table<Rank, RuntimeId> gatherers = Table.empty();

  Table<Long, EndedTest> ended = Table.empty();
  Register<TestId, Long> endedById = Register.empty();

  /** What is known of the health of products that are gone. */
  Memory<ProductId> pastProducts = Memory.empty();

  Memory<NodeId> pastNodes = Memory.empty();

  /** How far the issuers of tests are, where they are treated alike. */
  Laps laps = Laps.NONE;

  Habits habits = Habits.NONE;

  PackageTimes packageTimes = PackageTimes.NONE;

  Dues<NodeId> nodesDue = Dues.none();
  Dues<ProductId> productsDue = Dues.none();
  TestDues testsDue = TestDues.NONE;
  Dues<TestId> wholesDue = Dues.none();
  Dues<Wish> groupsDue = Dues.none();
  Dues<ClientId> issuersDue = Dues.none();

  long nextAge;
  long nextEnd;
  long version;
  Instant at = Instant.EPOCH;

  /**
   * How long the service was away in all its lives, until its nodes had the time to come back. The
   * times of tests do not count on meanwhile: they are kept in {@linkplain #counted counted} time.
   */
  Duration away = Duration.ZERO;

  /** What came about in this turn and may concern waiting tests. */
  Stirred stirred = Stirred.NOTHING;

  /** How many runs a node has. */
  record Load(int runs, NodeId node) implements Comparable<Load> {
    @Override
    public int compareTo(Load other) {
      int order = Integer.compare(runs, other.runs);
      return order != 0 ? order : node.compareTo(other.node);
    }
  }

  Books(FarmSettings settings) {
    this.settings = settings;
  }

  /** A copy to work on; shares everything. */
  Books(Books other) {
    settings = other.settings;
    nodes = other.nodes;
    products = other.products;
    tests = other.tests;
    wholes = other.wholes;
    groups = other.groups;
    issuers = other.issuers;
    open = other.open;
    present = other.present;
    openNodes = other.openNodes;
    interests = other.interests;
    witnessed = other.witnessed;
    queue = other.queue;
    running = other.running;
    gatherers = other.gatherers;
    ended = other.ended;
    endedById = other.endedById;
    pastProducts = other.pastProducts;
    pastNodes = other.pastNodes;
    laps = other.laps;
    habits = other.habits;
    packageTimes = other.packageTimes;
    nodesDue = other.nodesDue;
    productsDue = other.productsDue;
    testsDue = other.testsDue;
    wholesDue = other.wholesDue;
    groupsDue = other.groupsDue;
    issuersDue = other.issuersDue;
    nextAge = other.nextAge;
    nextEnd = other.nextEnd;
    version = other.version;
    at = other.at;
    away = other.away;
    stirred = other.stirred;
  }

  /**
   * The same farm under other settings: everything that follows from records is worked out anew.
   */
  Books under(FarmSettings changed) {
    var anew = new Books(changed);
    anew.away = away;
    nodes.values().forEach(node -> anew.put(node.holding(Table.empty())));
    products.values().forEach(product -> anew.put(product.at(changed.service())));
    wholes.values().forEach(anew::put);
    queue.values().forEach(id -> anew.put(tests.at(id)));
    running.values().forEach(id -> anew.put(tests.at(id)));
    groups
        .values()
        .filter(group -> group.hopeless().isPresent())
        .forEach(group -> anew.put(anew.groups.at(group.wish()).hopeless(group.hopeless().get())));
    issuers.forEach(entry -> anew.put(entry.getKey(), entry.getValue()));
    ended.values().forEach(anew::show);
    pastProducts
        .past()
        .forEach(e -> anew.remember(e.getKey(), e.getValue().health(), e.getValue().gone()));
    pastNodes
        .past()
        .forEach(e -> anew.remember(e.getKey(), e.getValue().health(), e.getValue().gone()));
    anew.laps = laps;
    anew.habits = habits;
    anew.packageTimes = packageTimes;
    anew.nextAge = nextAge;
    anew.version = version;
    anew.at = at;
    return anew;
  }

  /** A time of the clock in the time of tests, which stands still while the service is away. */
  Instant counted(Instant clock) {
    return clock.minus(away);
  }

  /** When the clock shows a counted time, unless the service is away again before. */
  Instant clock(Instant counted) {
    return counted.plus(away);
  }

  // ---- nodes

  void put(Node given) {
    var before = nodes.get(given.id());
    var now = before.isPresent() ? given : recalled(given);
    boolean wasOpen = before.filter(this::isOpen).isPresent();
    boolean wasPresent = before.filter(Books::isPresent).isPresent();
    nodes = nodes.with(now.id(), now);
    nodesDue =
        nodesDue.moved(now.id(), before.map(b -> b.due(settings)), Optional.of(now.due(settings)));
    var loadBefore = before.filter(this::isOpen).map(Books::load);
    var loadNow = Optional.of(now).filter(this::isOpen).map(Books::load);
    if (!loadBefore.equals(loadNow)) {
      loadBefore.ifPresent(load -> openNodes = openNodes.without(load));
      loadNow.ifPresent(load -> openNodes = openNodes.with(load, now.id()));
    }
    if (wasOpen != isOpen(now) || wasPresent != isPresent(now)) {
      for (var id : now.products()) {
        var product = products.at(id.getKey());
        shelve(product, wasOpen && isFree(product), wasPresent && product.isSound(), product);
      }
    }
    if (!wasOpen && isOpen(now)) {
      stirred = stirred.opened(now.id());
    }
    if (!wasPresent && isPresent(now)) {
      stirred = stirred.appeared(now.id());
    }
    if (wasPresent && !isPresent(now)) {
      stirred = stirred.vanished(now.id());
    }
  }

  /** Drops a node that no product is at any more. */
  void forget(Node node) {
    var gone = node.with(node.contact().lost());
    put(gone);
    nodes = nodes.without(node.id());
    remember(node.id(), node.standing(), at);
    nodesDue = nodesDue.moved(node.id(), Optional.of(gone.due(settings)), Optional.empty());
  }

  Node node(NodeId id) {
    return nodes.at(id);
  }

  boolean isOpen(Node node) {
    return node.contact().isUsable()
        && node.standing().isReady()
        && node.runs().size() < settings.bounds().testsPerNode()
        && !settings.maintenance();
  }

  static boolean isPresent(Node node) {
    var condition = node.contact().condition();
    return (condition == Condition.CONNECTED || condition == Condition.AWAITED)
        && !node.standing().isOut();
  }

  private Node recalled(Node node) {
    var past = pastNodes.health(node.id());
    pastNodes = pastNodes.without(node.id(), settings.bounds().absence());
    return past.equals(Health.GOOD) ? node : node.with(past);
  }

  /** What is known of a node that is not here now. */
  void remember(NodeId id, Health health, Instant gone) {
    pastNodes = pastNodes.with(id, new Memory.Past(health, gone), settings.bounds().absence());
  }

  static Load load(Node node) {
    return new Load(node.runs().size(), node.id());
  }

  // ---- products

  void put(Product given) {
    var before = products.get(given.id());
    var now = before.isPresent() ? given : recalled(given);
    boolean wasOpen = before.filter(this::isOpen).isPresent();
    boolean wasPresent = before.filter(this::isPresent).isPresent();
    products = products.with(now.id(), now);
    productsDue =
        productsDue.moved(
            now.id(),
            before.flatMap(b -> b.due(settings.bounds().absence())),
            now.due(settings.bounds().absence()));
    if (before.isPresent() && !before.get().node().equals(now.node())) {
      leave(before.get());
    }
    nodes
        .get(now.node())
        .filter(node -> !node.products().contains(now.id()))
        .ifPresent(node -> put(node.holding(node.products().with(now.id(), now.id()))));
    shelve(before.orElse(now), wasOpen, wasPresent, now);
  }

  void forget(Product product) {
    if (isOpen(product)) {
      open = open.without(product);
    }
    if (isPresent(product)) {
      present = present.without(product);
      stirred = stirred.vanished(product.node());
    }
    productsDue =
        productsDue.moved(product.id(), product.due(settings.bounds().absence()), Optional.empty());
    products = products.without(product.id());
    remember(product.id(), product.health(), at);
    leave(product);
  }

  private Product recalled(Product product) {
    var past = pastProducts.health(product.id());
    pastProducts = pastProducts.without(product.id(), settings.bounds().absence());
    return past.equals(Health.GOOD) ? product : product.with(past);
  }

  /** What is known of a product that is not here now. */
  void remember(ProductId id, Health health, Instant gone) {
    pastProducts =
        pastProducts.with(id, new Memory.Past(health, gone), settings.bounds().absence());
  }

  Product product(ProductId id) {
    return products.at(id);
  }

  boolean isOpen(Product product) {
    return isFree(product) && nodes.get(product.node()).filter(this::isOpen).isPresent();
  }

  boolean isPresent(Product product) {
    return product.isSound() && nodes.get(product.node()).filter(Books::isPresent).isPresent();
  }

  private static boolean isFree(Product product) {
    return product.isReady() && product.hold() instanceof Hold.Free;
  }

  private void leave(Product product) {
    nodes
        .get(product.node())
        .ifPresent(node -> put(node.holding(node.products().without(product.id()))));
  }

  private void shelve(Product before, boolean wasOpen, boolean wasPresent, Product now) {
    boolean same = before.node().equals(now.node()) && before.traits().equals(now.traits());
    boolean isOpen = isOpen(now);
    boolean isPresent = isPresent(now);
    if (wasOpen && !(isOpen && same)) {
      open = open.without(before);
    }
    if (wasPresent && !(isPresent && same)) {
      present = present.without(before);
      stirred = stirred.vanished(before.node());
    }
    if (isPresent && !(wasPresent && same)) {
      present = present.with(now);
      stirred = stirred.appeared(now.id());
    }
    if (isOpen && !(wasOpen && same)) {
      open = open.with(now);
      stirred = stirred.opened(now.node(), now.id());
    }
  }

  // ---- tests

  /** The test of a name that has not ended, however many parts it has. */
  Optional<WholeTest> whole(TestId id) {
    return wholes
        .get(id)
        .or(
            () ->
                tests
                    .get(RuntimeId.whole(id))
                    .filter(test -> test.runtimeId().isWhole())
                    .map(WholeTest::of));
  }

  /** The parts of a test that have not ended, in their order. */
  List<LiveTest> parts(WholeTest whole) {
    return whole.parts().stream().map(tests::get).flatMap(Optional::stream).toList();
  }

  /** Takes a test that is split, or will be; its parts are put by themselves. */
  void put(WholeTest now) {
    var before = wholes.get(now.id());
    wholes = wholes.with(now.id(), now);
    wholesDue = wholesDue.moved(now.id(), before.flatMap(WholeTest::due), now.due());
    if (before.isEmpty()) {
      issued(now.order(), Arrival.of(now.order()));
    }
  }

  /** Drops a test whose parts were removed. */
  void remove(WholeTest whole) {
    if (wholes.contains(whole.id())) {
      unite(whole);
      settled(whole.order(), Arrival.of(whole.order()));
    }
  }

  /** A test that might have been split is its own only part, and is put as that next. */
  void unite(WholeTest whole) {
    wholesDue = wholesDue.moved(whole.id(), wholes.at(whole.id()).due(), Optional.empty());
    wholes = wholes.without(whole.id());
  }

  void put(LiveTest now) {
    var before = tests.get(now.runtimeId());
    var arrival = Arrival.of(now.order());
    tests = tests.with(now.runtimeId(), now);
    testsDue = testsDue.moved(arrival, before, Optional.of(now), settings.tests());
    follow(arrival, before, Optional.of(now));
    if (before.isEmpty() && !wholes.contains(now.id())) {
      issued(now.order(), arrival);
    }
  }

  /** Takes a test that has another place in the queue, and is the same in all else. */
  void putElsewhere(LiveTest now) {
    var before = tests.at(now.runtimeId());
    tests = tests.with(now.runtimeId(), now);
    if (isWaiting(now)) {
      queue = queue.without(before.rank()).with(now.rank(), now.runtimeId());
      var arrival = Arrival.of(now.order());
      put(groups.at(now.order().wish()).without(before, arrival).with(now, arrival));
    }
  }

  void remove(LiveTest test) {
    var arrival = Arrival.of(test.order());
    follow(arrival, Optional.of(test), Optional.empty());
    tests = tests.without(test.runtimeId());
    testsDue = testsDue.moved(arrival, Optional.of(test), Optional.empty(), settings.tests());
    if (!wholes.contains(test.id())) {
      settled(test.order(), arrival);
    }
  }

  /** An order that has in common with others what it can. */
  LiveTest.Order shared(LiveTest.Order order) {
    var client = issuers.get(order.client()).map(Issuer::id).orElse(order.client());
    return order.like(groups.get(order.wish()).map(Group::model).orElse(order), client);
  }

  private void issued(LiveTest.Order order, Arrival arrival) {
    if (order.client().isNobody()) {
      return;
    }
    var client = order.client();
    var issuer = issuers.get(client).orElseGet(() -> Issuer.arriving(client, order.received()));
    put(client, issuer.with(arrival));
  }

  private void settled(LiveTest.Order order, Arrival arrival) {
    if (order.client().isNobody()) {
      return;
    }
    var issuer = issuers.at(order.client());
    put(order.client(), issuer.without(arrival));
  }

  LiveTest test(RuntimeId id) {
    return tests.at(id);
  }

  private void follow(Arrival arrival, Optional<LiveTest> before, Optional<LiveTest> now) {
    boolean waited = before.filter(Books::isWaiting).isPresent();
    boolean waits = now.filter(Books::isWaiting).isPresent();
    var test = now.or(() -> before).orElseThrow();
    if (waits && !waited) {
      enqueue(test, arrival);
    }
    if (waited && waits && before.get().hasClaim() != test.hasClaim()) {
      put(groups.at(test.order().wish()).with(test, arrival));
    }
    if (waited && !waits) {
      dequeue(test, arrival);
    }
    boolean ran = before.isPresent() && !waited;
    boolean runs = now.isPresent() && !waits;
    if (runs && !ran) {
      running = running.with(test.age(), test.runtimeId());
    } else if (ran && !runs) {
      running = running.without(test.age());
    }
    var from = before.flatMap(LiveTest::gathering);
    var to = now.flatMap(LiveTest::gathering);
    if (!from.equals(to)) {
      var claim = test.rank().claim();
      from.flatMap(nodes::get).ifPresent(n -> put(n.gathering(n.gatherers().without(claim))));
      to.flatMap(nodes::get)
          .ifPresent(n -> put(n.gathering(n.gatherers().with(claim, test.runtimeId()))));
      gatherers =
          to.isPresent() ? gatherers.with(claim, test.runtimeId()) : gatherers.without(claim);
    }
  }

  static boolean isWaiting(LiveTest test) {
    return test.stage() instanceof LiveTest.Waiting;
  }

  private void enqueue(LiveTest test, Arrival arrival) {
    var wish = test.order().wish();
    wish.demands().forEach(this::lookAfter);
    queue = queue.with(test.rank(), test.runtimeId());
    var group = groups.get(wish);
    if (group.isEmpty()) {
      interests = interests.with(wish);
      stirred = stirred.wished(wish);
    }
    put(group.orElseGet(() -> new Group(test.order())).with(test, arrival));
  }

  private void dequeue(LiveTest test, Arrival arrival) {
    var wish = test.order().wish();
    queue = queue.without(test.rank());
    var group = groups.at(wish).without(test, arrival);
    put(group);
    if (group.tests().isEmpty()) {
      interests = interests.without(wish);
      for (var demand : wish.demands()) {
        for (var name : demand.clauses().keySet()) {
          if (!isGuides(name) && open.hasManyNames() && !interests.name(name)) {
            open = open.forgetting(name);
            present = present.forgetting(name);
          }
        }
      }
    }
  }

  /** Indexes what a waiting test asks for. */
  private void lookAfter(ProductDemand demand) {
    for (var name : demand.clauses().keySet()) {
      if (!open.knows(name)) {
        open = open.asking(name, products.values().filter(this::isOpen));
        present = present.asking(name, products.values().filter(this::isPresent));
      }
    }
    demand.comparisons().forEach(this::lookAfter);
  }

  /** How many waiting tests could use a product. */
  int need(Product product) {
    int need = 0;
    for (var interest : interests.of(product)) {
      for (var wish : interest.wishes()) {
        need += groups.at(wish.getKey()).tests().size();
      }
    }
    return need;
  }

  /**
   * Indexes what a waiting test compares with, as far as there is room. That looks at every
   * product: what nobody compares with any more gives its room away at few tests only.
   */
  private void lookAfter(Comparison comparison) {
    if (open.knows(comparison)) {
      return;
    }
    var superfluous = open.superfluous(interests);
    if (superfluous.isPresent() && nextAge % TESTS_A_SWAP != 0) {
      return;
    }
    superfluous.ifPresent(
        old -> {
          open = open.forgetting(old);
          present = present.forgetting(old);
        });
    if (open.hasRoom()) {
      open = open.asking(comparison, products.values().filter(this::isOpen));
      present = present.asking(comparison, products.values().filter(this::isPresent));
    }
  }

  private static boolean isGuides(String name) {
    return ProductAttribute.of(name).isPresent();
  }

  // ---- groups

  /** Takes a changed group; one without tests is dropped. */
  void put(Group now) {
    var before = groups.get(now.wish());
    boolean empty = now.tests().isEmpty();
    var expectation = settings.tests().resourcesExpectationTimeout();
    groupsDue =
        groupsDue.moved(
            now.wish(),
            before.flatMap(b -> b.due(expectation)),
            empty ? Optional.empty() : now.due(expectation));
    groups = empty ? groups.without(now.wish()) : groups.with(now.wish(), now);
    var from = before.flatMap(Group::witness);
    var to = empty ? Optional.<NodeId>empty() : now.witness();
    if (!from.equals(to)) {
      from.ifPresent(
          node -> {
            var left = witnessed.at(node).without(now.wish());
            witnessed = left.isEmpty() ? witnessed.without(node) : witnessed.with(node, left);
          });
      to.ifPresent(
          node ->
              witnessed =
                  witnessed.with(
                      node,
                      witnessed.get(node).orElse(Table.empty()).with(now.wish(), now.wish())));
    }
  }

  // ---- clients

  /** Takes a changed client; one that is owed nothing is dropped. */
  @SuppressWarnings("ReferenceEquality") // the very same: nothing has changed
  void put(ClientId id, Issuer now) {
    var before = issuers.get(id);
    if (before.isPresent() && before.get() == now) {
      return;
    }
    boolean empty = now.isNeedless();
    var period = settings.silence().clientCheckPeriod();
    issuersDue =
        issuersDue.moved(
            id,
            before.map(b -> b.due(period)),
            empty ? Optional.empty() : Optional.of(now.due(period)));
    issuers = empty ? issuers.without(id) : issuers.with(id, now);
  }

  // ---- history

  /** Shows a test among those that ended last. */
  void show(EndedTest test) {
    var id = test.test().id().test();
    endedById.get(id).ifPresent(number -> ended = ended.without(number));
    ended = ended.with(nextEnd, test);
    endedById = endedById.with(id, nextEnd);
    nextEnd++;
    while (ended.size() > settings.bounds().endedTests()) {
      var oldest = ended.first().orElseThrow();
      ended = ended.without(oldest.getKey());
      endedById = endedById.without(oldest.getValue().test().id().test());
    }
  }
}
