package com.nokia.ci.tas.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.settings.NetworkList;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncomingTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final Endpoint SERVICE = new Endpoint("farm.example", 31_415);
  private static final Endpoint NODE = new Endpoint("node1.example", 27_182);
  private static final Endpoint CLIENT = new Endpoint("ci.example", 16_180);
  private static final Peer LOCAL = peer("127.0.0.1");
  private static final TestDescription NIGHTLY = TestDescription.named(RuntimeId.of("nightly"));

  private final List<Event> events = new ArrayList<>();
  private NetworkList networks = NetworkList.NOBODY;
  private final FakeTransport network = new FakeTransport();
  private final Bench bench = new Bench(network, events::add, () -> networks);
  private final Incoming edge = bench.incoming(events::add);

  @Test
  void aStartIsASubmissionWithItsRequirementUnderstood() {
    var test = NIGHTLY.with(demand(Target.FLASH, "(rm-code:RM-763;) and (role:remote;)"));

    hear(new TestOperation(CLIENT, SERVICE, TestOperation.Kind.START, test));

    var wanted =
        new Wanted.Understood(
            new Requirement(
                List.of(
                    ProductDemand.of(Map.of("rm-code", "RM-763")),
                    ProductDemand.of(Map.of("role", "remote")))));
    assertEquals(List.of(new Event.TestSubmitted(T0, new ClientId(CLIENT), test, wanted)), events);
  }

  @Test
  void aListOfProductsIsUnderstoodWhereThereIsNoExpression() {
    var listed = List.of(ProductDescription.of(Map.of("imei", "1", "sn", "null")));
    var demand = new TestDemand(Target.FLASH, ReleasingMode.MANUAL, Duration.ZERO, " ", listed);

    assertEquals(
        new Wanted.Understood(new Requirement(List.of(ProductDemand.of(Map.of("imei", "1"))))),
        Demands.of(NIGHTLY.with(demand)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(rm-cod:RM-763;)  | rm-code",
        "(rm-code:RM-763;  | never closed",
        "or                | reserved",
        "nothing           | has no colon"
      })
  void anExpressionThatMakesNoSenseGoesToTheFarmWithItsReason(String expression, String part) {
    var wanted =
        assertInstanceOf(
            Wanted.Misunderstood.class, Demands.of(NIGHTLY.with(demand(Target.FLASH, expression))));
    assertTrue(wanted.reason().sentence().contains(part), wanted.reason().sentence());
  }

  @Test
  void aTestForAnEmulationAsksForNoProducts() {
    assertEquals(
        new Wanted.Understood(Requirement.NO_PRODUCTS),
        Demands.of(NIGHTLY.with(demand(Target.NOSE, "(rm-cod:nonsense;)"))));
  }

  @Test
  void aStopAndAnUpdateWithStatusStoppedAreTheSame() {
    var stopped = NIGHTLY.with(TestStatus.STOPPED, "not needed");
    hear(new TestOperation(CLIENT, SERVICE, TestOperation.Kind.STOP, stopped));
    hear(new TestOperation(CLIENT, SERVICE, TestOperation.Kind.UPDATE, stopped));

    Event stop = new Event.StopRequested(T0, CLIENT, NIGHTLY.id(), "not needed", Principal.LOCAL);
    assertEquals(List.of(stop, stop), events);
  }

  @Test
  void aCheckIsAQuestion() {
    hear(new TestOperation(CLIENT, SERVICE, TestOperation.Kind.CHECK, NIGHTLY));

    assertEquals(List.of(new Event.CheckRequested(T0, CLIENT, NIGHTLY.id().test())), events);
  }

  @Test
  void theFarmHearsWhatANodeWithASessionHolds() {
    var node = bench.opens(NODE, Principal.LOCAL, "10.1.1.7");
    var holding =
        new NodeDescription(NODE, "rack 2", "0.1.0")
            .holding(List.of(new ContentDigest("a".repeat(64))));

    for (var kind : List.of(RegistryOperation.Kind.REGISTER, RegistryOperation.Kind.UPDATE)) {
      edge.onMessage(
          new RegistryOperation(
              NODE, SERVICE, kind, RegistryOperation.Remote.TEST_NODE, Optional.of(holding)),
          node);
    }

    assertEquals(
        List.of(new Event.NodeRegistered(T0, holding), new Event.NodeSeen(T0, holding)), events);
  }

  @Test
  void factsOfANodeWithASessionAreKeptBesideTheFarmUntilItLeaves() {
    var node = bench.opens(NODE, Principal.LOCAL, "10.1.1.7");
    var facts = NodeFacts.of(Map.of("operating-system", "Debian"));

    edge.onMessage(registry(RegistryOperation.Kind.UPDATE).telling(facts), node);

    assertEquals(List.of(), events);
    assertEquals(facts, bench.peers.facts().of(new NodeId(NODE)));
    edge.onMessage(registry(RegistryOperation.Kind.DEREGISTER), node);
    assertEquals(NodeFacts.NONE, bench.peers.facts().of(new NodeId(NODE)));
  }

  @Test
  void aPlainNodeThatTellsFactsIsSeenAsWell() {
    var facts = NodeFacts.of(Map.of("operating-system", "Debian"));

    hear(registry(RegistryOperation.Kind.UPDATE).telling(facts));

    assertEquals(List.of(new Event.NodeSeen(T0, new NodeDescription(NODE, "", "1"))), events);
    assertEquals(facts, bench.peers.facts().of(new NodeId(NODE)));
  }

  private static RegistryOperation registry(RegistryOperation.Kind kind) {
    return new RegistryOperation(
        NODE,
        SERVICE,
        kind,
        RegistryOperation.Remote.TEST_NODE,
        Optional.of(new NodeDescription(NODE, "", "1")));
  }

  @ParameterizedTest
  @EnumSource(
      value = TestStatus.class,
      names = {"UNKNOWN", "PENDING", "STARTED", "FINISHED", "FAILED"})
  void anUpdateIsTheReportOfANode(TestStatus status) {
    var test = NIGHTLY.with(TestProgress.NONE.attempt(3).with(status, "exit code 1"));

    hear(new TestOperation(NODE, SERVICE, TestOperation.Kind.UPDATE, test));

    assertEquals(
        List.of(
            new Event.RunReported(
                T0, new NodeId(NODE), NIGHTLY.id(), 3, status, "exit code 1", Optional.empty())),
        events);
  }

  @Test
  void whatANodeRepeatsOfItsProductsSaysOfWhichRunItSpeaks() {
    var products =
        List.of(
            ProductDescription.of(Map.of("imei", "1", "reservation-time", "5000")),
            ProductDescription.of(Map.of("imei", "2", "reservation-time", "7000")),
            ProductDescription.of(Map.of("imei", "3", "reservation-time", "soon")));
    var test = NIGHTLY.with(TestProgress.NONE.reserving(products).with(TestStatus.FAILED, ""));

    hear(new TestOperation(NODE, SERVICE, TestOperation.Kind.UPDATE, test));

    var report = assertInstanceOf(Event.RunReported.class, events.get(0));
    assertEquals(Optional.of(Instant.ofEpochMilli(7_000)), report.reserved());
  }

  @Test
  void productsAreToldOfByTheirSender() {
    var product = ProductDescription.of(Map.of("imei", "1", "status", "free"));
    for (var kind : ProductOperation.Kind.values()) {
      hear(new ProductOperation(NODE, SERVICE, kind, Optional.empty(), product));
    }

    assertEquals(
        List.of(
            new Event.ProductReported(T0, NODE, Event.Report.PLUGGED, product),
            new Event.ProductRemoved(T0, NODE, product),
            new Event.ProductReported(T0, NODE, Event.Report.UPDATED, product)),
        events);
  }

  @Test
  void aNodeIsNamedByItsDescription() {
    var node = new NodeDescription(NODE, "rack 2", "0.1.0");
    for (var kind : RegistryOperation.Kind.values()) {
      hear(
          new RegistryOperation(
              Endpoint.UNKNOWN,
              SERVICE,
              kind,
              RegistryOperation.Remote.TEST_NODE,
              Optional.of(node)));
    }

    assertEquals(
        List.of(
            new Event.NodeRegistered(T0, node),
            new Event.NodeLeft(T0, node.id()),
            new Event.NodeSeen(T0, node)),
        events);
  }

  @Test
  void aNodeWithoutDescriptionIsNamedByItsSender() {
    hear(
        new RegistryOperation(
            NODE,
            SERVICE,
            RegistryOperation.Kind.UPDATE,
            RegistryOperation.Remote.TEST_NODE,
            Optional.empty()));

    assertEquals(List.of(new Event.NodeSeen(T0, new NodeDescription(NODE, "", ""))), events);
  }

  @Test
  void aClientComesAndGoes() {
    for (var kind : RegistryOperation.Kind.values()) {
      hear(
          new RegistryOperation(
              CLIENT, SERVICE, kind, RegistryOperation.Remote.CLIENT, Optional.empty()));
    }

    var client = new ClientId(CLIENT);
    assertEquals(
        List.of(
            new Event.ClientSeen(T0, client),
            new Event.ClientLeft(T0, client),
            new Event.ClientSeen(T0, client)),
        events);
  }

  @Test
  void textsAndFilesAreNotForAService() {
    var file = FileReference.named("a.zip");
    hear(new TextMessage(CLIENT, SERVICE, NIGHTLY, "hello"));
    hear(new FileOperation(CLIENT, SERVICE, FileOperation.Kind.GET, NIGHTLY, file));
    var put = new FileOperation(CLIENT, SERVICE, FileOperation.Kind.PUT, NIGHTLY, file);

    assertInstanceOf(FileAnswer.Refused.class, edge.onFile(put, LOCAL));
    assertEquals(List.of(), events);
  }

  @ParameterizedTest
  @CsvSource({"'', 16180", "ci.example, 0", "' ', 1", "'', 0"})
  void whoeverCannotBeAnsweredIsRefused(String host, int port) {
    var message =
        new TestOperation(new Endpoint(host, port), SERVICE, TestOperation.Kind.START, NIGHTLY);

    var refusal = assertThrows(ProtocolException.class, () -> hear(message));
    assertTrue(refusal.getMessage().contains("sender"), refusal.getMessage());
    assertEquals(List.of(), events);
  }

  @Test
  void aHostNameIsNoLongerThanHostNamesAre() {
    var sender = new Endpoint("a".repeat(256), 1);
    assertThrows(
        ProtocolException.class,
        () -> hear(new TestOperation(sender, SERVICE, TestOperation.Kind.CHECK, NIGHTLY)));
  }

  @Test
  void aProductNeedsASafeNameAndABoundedDescription() {
    for (var product :
        List.of(
            ProductDescription.of(Map.of("rm-code", "RM-763")),
            ProductDescription.of(Map.of("imei", "../../1")),
            ProductDescription.of(Map.of("imei", "1", "sn", "x".repeat(70_000))))) {
      assertThrows(
          ProtocolException.class,
          () ->
              hear(
                  new ProductOperation(
                      NODE, SERVICE, ProductOperation.Kind.ADD, Optional.empty(), product)));
    }
    assertEquals(List.of(), events);
  }

  @Test
  void whatAFullFarmSaysReachesThePeer() {
    var full =
        bench.incoming(
            event -> {
              throw new TasException("too much to do; try again later");
            });

    var refusal =
        assertThrows(
            ProtocolException.class,
            () ->
                full.onMessage(
                    new TestOperation(CLIENT, SERVICE, TestOperation.Kind.CHECK, NIGHTLY), LOCAL));
    assertEquals("too much to do; try again later", refusal.getMessage());
  }

  @Test
  void aStrangerGetsARefusalAndNothingElse() {
    assertEquals(Optional.empty(), edge.admit(LOCAL));
    assertEquals(
        Optional.of(
            "this service takes no messages from 10.1.2.3; its owner can allow it by"
                + " plain-peer-networks= in configuration.dat"),
        edge.admit(peer("10.1.2.3")));

    networks = NetworkList.parse("10.1.0.0/16");

    assertEquals(Optional.empty(), edge.admit(peer("10.1.2.3")));
    assertTrue(edge.admit(peer("10.2.2.3")).isPresent());
  }

  private void hear(Message message) {
    edge.onMessage(message, LOCAL);
  }

  private static TestDemand demand(Target target, String expression) {
    return new TestDemand(target, ReleasingMode.AUTOMATIC, Duration.ZERO, expression, List.of());
  }

  private static Peer peer(String address) {
    return new Peer(
        new InetSocketAddress(address, 40_000), new InetSocketAddress("10.9.9.9", 31_415));
  }
}
