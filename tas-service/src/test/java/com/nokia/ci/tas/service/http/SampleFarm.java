package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Attempt;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Estimate;
import com.nokia.ci.tas.service.farm.Explanation;
import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.Flapping;
import com.nokia.ci.tas.service.farm.Health;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A farm as it stood at one moment, with what a page has to cope with. */
record SampleFarm(
    List<NodeView> nodes,
    List<ProductView> products,
    List<WaitingTest> queue,
    List<RunningTest> running,
    List<EndedTest> ended)
    implements FarmSnapshot {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final Endpoint SERVICE = new Endpoint("farm.example", 31_415);
  static final NodeId NODE_1 = new NodeId(new Endpoint("node1.example", 27_182));
  static final NodeId NODE_2 = new NodeId(new Endpoint("node2.example", 27_182));
  static final ClientId CLIENT = new ClientId(new Endpoint("ci.example", 16_180));
  static final String NASTY = "<script>alert('a')</script> \"quoted\" & 'more' ${x} \u202Egpj.exe";

  static final SampleFarm EMPTY =
      new SampleFarm(List.of(), List.of(), List.of(), List.of(), List.of());

  /** Two nodes, four products, tests of every kind; every text from outside is nasty. */
  static SampleFarm nasty() {
    return of(NASTY, "\"><img src=x onerror=alert(1)>");
  }

  /** The same as it would be in a friendly world. */
  static SampleFarm friendly() {
    return of("Lab 4, rack 2, ask Maija", "nightly_2026-11-20");
  }

  private static SampleFarm of(String text, String id) {
    var running = test(id + "_run", text).with(TestStatus.STARTED, "");
    running = running.with(running.progress().reserving(List.of(product("004402136230483", text))));
    var finished = test("smoke_1", text).with(TestStatus.FINISHED, "");
    var failed = test("smoke_2", text).with(TestStatus.FAILED, text);
    failed = failed.with(failed.progress().reserving(List.of(product("004402136230491", text))));
    var stopped = test("smoke_3", text).with(TestStatus.STOPPED, "stopped by its issuer");
    return new SampleFarm(
        List.of(
            node(NODE_1, text, NodeView.Condition.CONNECTED, "", running.id()),
            node(NODE_2, "", NodeView.Condition.LOST, "silent for 25 s: connection refused")),
        List.of(
            new ProductView(
                product("004402136230483", text),
                NODE_1,
                Optional.empty(),
                Optional.of(
                    new Holder(
                        running.id(),
                        2,
                        Holder.Hold.RUN,
                        T0.minusSeconds(95),
                        T0.plus(Duration.ofHours(5)))),
                Optional.empty(),
                Health.GOOD),
            view("004402136230491", "free", "", Optional.empty(), text),
            view("004402136230509", "disabled", text, Optional.empty(), text),
            new ProductView(
                product("004402136230517", text),
                NODE_2,
                Optional.of(T0.minusSeconds(25)),
                Optional.empty(),
                Optional.empty(),
                Health.GOOD)),
        List.of(
            new WaitingTest(
                test(id + "_wait", text),
                CLIENT,
                1,
                T0.minusSeconds(400),
                T0.plusSeconds(21_200),
                1,
                "needs imei 004402136230483, which " + id + "_run holds for 5 h more",
                Optional.of(new Estimate(T0.plusSeconds(18_000), Duration.ofMinutes(20))))),
        List.of(
            new RunningTest(
                running,
                CLIENT,
                NODE_1,
                2,
                T0.minusSeconds(120),
                T0.minusSeconds(95),
                Optional.of(T0.minusSeconds(90)),
                T0.plusSeconds(20_000))),
        List.of(
            ended(finished, EndedTest.Verdict.FINISHED, Optional.empty()),
            ended(
                failed,
                EndedTest.Verdict.FAILED,
                Optional.of(new Reason(Fault.TEST, "executor-failed", text))),
            ended(
                stopped,
                EndedTest.Verdict.STOPPED,
                Optional.of(
                    new Reason(Fault.REQUESTER, "stopped", "stopped by ci.example:16180")))));
  }

  private static NodeView node(
      NodeId id, String text, NodeView.Condition condition, String remark, RuntimeId... runs) {
    return new NodeView(
        new NodeDescription(id.endpoint(), text, id.equals(NODE_1) ? "0.1.0" : "0.0.9"),
        condition,
        remark,
        T0.minusSeconds(7_000),
        T0.minusSeconds(3),
        List.of(runs),
        4,
        noted(text));
  }

  /** With every text that people and nodes have in it. */
  private static Health noted(String text) {
    return new Health(
        List.of(new Health.Strike(new TestId("smoke_2"), List.of(), T0, text)),
        0,
        Optional.empty(),
        Flapping.NONE,
        Optional.of(ordered(PersonsOrder.Kind.DISABLE, text)),
        Optional.of(ordered(PersonsOrder.Kind.NOTE, text)),
        Optional.of(new Health.Taken(text, text, T0, T0.plusSeconds(60))));
  }

  private static Health.Ordered ordered(PersonsOrder.Kind kind, String text) {
    return new Health.Ordered(new PersonsOrder(kind, text, text), T0);
  }

  private static ProductView view(
      String imei, String status, String details, Optional<Instant> gone, String text) {
    return new ProductView(
        product(imei, text).with(Map.of("status", status, "status-details", details)),
        NODE_1,
        gone,
        Optional.empty(),
        Optional.empty(),
        noted(text));
  }

  /** As a node tells it, codes included. */
  static ProductDescription product(String imei, String text) {
    return ProductDescription.of(
        Map.of(
            "imei", imei,
            "rm-code", "RM-763",
            "sn", text,
            "lab-shelf", text,
            "status", "busy",
            "sim1-pin1", "7391",
            "sim1-puk2", "55512345",
            "sim2-security-code", "98765",
            "sim1-phone-number", "+3585550000001"));
  }

  private static TestDescription test(String id, String text) {
    return TestDescription.named(RuntimeId.of(id))
        .with(
            new TestDemand(
                Target.FLASH,
                ReleasingMode.AUTOMATIC,
                Duration.ofMinutes(5),
                "(rm-code:RM-763;sim1-pin1:7391;)",
                List.of()))
        .with(
            new TestExecution(
                "python3",
                "run.py",
                List.of("run.py", text),
                Map.of("PASSWORD", "7391"),
                List.of(),
                "results.zip"))
        .with(TestStatus.PENDING, "");
  }

  private static EndedTest ended(
      TestDescription test, EndedTest.Verdict verdict, Optional<Reason> reason) {
    var full =
        new TestDescription(
            test.id(),
            new TestOrigin("/home/ci", "javascript:alert(1)"),
            test.demand(),
            test.execution(),
            test.progress(),
            List.of());
    return new EndedTest(
        full,
        CLIENT,
        verdict,
        reason,
        1,
        Optional.of(NODE_1),
        new EndedTest.Times(
            T0.minusSeconds(300),
            Optional.of(T0.minusSeconds(299)),
            Optional.of(T0.minusSeconds(298)),
            T0.minusSeconds(100)));
  }

  @Override
  public FarmImage image() {
    throw new UnsupportedOperationException("nobody shows an image");
  }

  @Override
  public long version() {
    return 42;
  }

  @Override
  public Instant at() {
    return T0;
  }

  @Override
  public FarmSettings settings() {
    return FarmSettings.defaults(SERVICE);
  }

  @Override
  public Optional<NodeView> node(NodeId id) {
    return nodes.stream().filter(it -> it.node().id().equals(id)).findFirst();
  }

  @Override
  public Optional<ProductView> product(ProductId id) {
    return products.stream().filter(it -> it.product().id().equals(id)).findFirst();
  }

  @Override
  public List<ProductView> products(NodeId node) {
    return products.stream().filter(it -> it.node().equals(node)).toList();
  }

  @Override
  public Census census() {
    return new Census(1, 1, 1, 1);
  }

  @Override
  public boolean hasClient(ClientId id) {
    return running().stream().anyMatch(test -> test.client().equals(id));
  }

  @Override
  public Map<WaitsFor, Integer> waitingFor() {
    return Map.of(WaitsFor.USE, waitingCount());
  }

  @Override
  public int waitingCount() {
    return queue.size();
  }

  @Override
  public List<WaitingTest> waiting(int from, int limit) {
    return queue.stream().skip(from).limit(limit).toList();
  }

  @Override
  public Found<WaitingTest> waiting(Predicate<TestDescription> wanted, int limit) {
    var found = queue.stream().filter(it -> wanted.test(it.test())).toList();
    return new Found<>(found.stream().limit(limit).toList(), found.size());
  }

  @Override
  public int runningCount() {
    return running.size();
  }

  @Override
  public List<RunningTest> running(int limit) {
    return running.stream().limit(limit).toList();
  }

  @Override
  public Found<RunningTest> running(Predicate<TestDescription> wanted, int limit) {
    var found = running.stream().filter(it -> wanted.test(it.test())).toList();
    return new Found<>(found.stream().limit(limit).toList(), found.size());
  }

  @Override
  public Optional<Instant> expectedEnd(RuntimeId run) {
    return Optional.of(T0.plusSeconds(30));
  }

  @Override
  public Optional<WaitingTest> waiting(TestId id) {
    return queue.stream().filter(it -> it.test().id().test().equals(id)).findFirst();
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return queue.stream().map(WaitingTest::received).findFirst();
  }

  @Override
  public Optional<Estimate> estimate(TestId id) {
    return waiting(id).flatMap(WaitingTest::estimate);
  }

  @Override
  public List<Explanation> why(TestId id) {
    return waiting(id).map(SampleFarm::explanation).stream().toList();
  }

  private static Explanation explanation(WaitingTest test) {
    String text = test.test().origin().url();
    var product = new ProductId("004402136230483");
    var clause = new Explanation.Clause("environment", text, "");
    return new Explanation(
        test.test().id(),
        List.of(),
        test.reason(),
        /* isMaintenance= */ false,
        /* isPossible= */ true,
        new Explanation.Places(1, 1, 1, 1),
        List.of(
            new Explanation.Demand(
                text,
                1,
                1,
                0,
                List.of(
                    new Explanation.Use(
                        product,
                        NODE_1,
                        Explanation.Use.Kind.DISABLED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        text)),
                List.of(new Explanation.Miss(2, List.of(clause), product)))),
        List.of(new Explanation.Obstacle(NODE_2, text)),
        Optional.empty(),
        test.estimate(),
        List.of(
            new Explanation.Relaxation(
                List.of(new Explanation.Change(text, clause)), NODE_1, List.of(product))));
  }

  @Override
  public Optional<RunningTest> running(TestId id) {
    return running.stream().filter(it -> it.test().id().test().equals(id)).findFirst();
  }

  @Override
  public List<Attempt> attempts(TestId id) {
    return ended(id).map(EndedTest::allRuns).orElse(List.of());
  }

  @Override
  public List<SubTest> subTests(TestId id) {
    return List.of();
  }

  @Override
  public Optional<EndedTest> ended(TestId id) {
    return ended.stream().filter(it -> it.test().id().test().equals(id)).findFirst();
  }
}
