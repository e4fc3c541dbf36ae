package com.nokia.ci.tas.service.edge;

import static com.nokia.ci.tas.service.edge.Bench.SERVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.settings.NetworkList;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may say what to the service. */
class StandingTest {
  private static final Endpoint NODE = new Endpoint("node1.example", 27_182);
  private static final Endpoint CLIENT = new Endpoint("ci.example", 16_180);
  private static final TestDescription NIGHTLY = TestDescription.named(RuntimeId.of("nightly"));
  private static final Principal NODE_KEY =
      new Principal(Principal.Kind.NODE, "racks", Optional.empty(), Optional.empty(), Rights.NONE);

  private final FakeTransport network = new FakeTransport();
  private final List<Event> events = new ArrayList<>();
  private final Bench bench = new Bench(network, events::add, () -> NetworkList.NOBODY);
  private final Incoming edge = bench.incoming(events::add);

  @Test
  void nobodyElseDeregistersANodeThatHasASession() {
    bench.node(edge, NODE);
    var stranger = bench.node(edge, CLIENT);
    events.clear();
    var goodbye = registry(RegistryOperation.Kind.DEREGISTER, NODE);

    assertThrows(ProtocolException.class, () -> edge.onMessage(goodbye, Bench.plain("10.1.1.1")));
    edge.onMessage(
        new RegistryOperation(
            CLIENT,
            SERVICE,
            RegistryOperation.Kind.DEREGISTER,
            RegistryOperation.Remote.TEST_NODE,
            goodbye.node()),
        stranger);

    assertEquals(
        List.of(CLIENT),
        events.stream().map(it -> ((Event.NodeLeft) it).node().endpoint()).toList());
  }

  @Test
  void aNodeIsKnownByTheNameOfItsSessionWhateverItCallsItself() {
    var peer = bench.opens(CLIENT, Principal.LOCAL, "10.1.1.1");
    edge.onMessage(
        registry(RegistryOperation.Kind.REGISTER, NODE)
            .running(List.of(new RunReference(NIGHTLY.id(), 1, List.of()))),
        peer);

    var registered = (Event.NodeRegistered) events.get(0);
    assertEquals(CLIENT, registered.node().endpoint());
    assertEquals(1, registered.runs().orElseThrow().size());
  }

  @Test
  void aProgramMaySpeakPlainlyWhenItsSessionHasEnded() {
    bench.node(edge, NODE);
    events.clear();
    var again = registry(RegistryOperation.Kind.REGISTER, NODE);

    assertThrows(ProtocolException.class, () -> edge.onMessage(again, Bench.plain("10.6.6.6")));
    assertEquals(List.of(), events);
    bench.sessions.onEnded(NODE, "its peer has registered without a session");
    events.clear();
    edge.onMessage(again, Bench.plain("10.1.1.1"));

    assertEquals(1, events.size());
  }

  @Test
  void nobodyTakesOverTheAddressOfAClientThatHasTests() {
    bench.clients.add(CLIENT);
    var owner = bench.opens(CLIENT, client(AccessRole.SUBMIT), "10.1.1.1");
    edge.onMessage(test(TestOperation.Kind.START, CLIENT), owner);
    bench.sessions.onEnded(CLIENT, "it was away for too long");
    var other =
        new Principal(
            Principal.Kind.CLIENT,
            "other",
            Optional.empty(),
            Optional.empty(),
            Rights.onFarm(AccessRole.ADMINISTER));
    var registration = Bench.registration(CLIENT, RegistryOperation.Remote.CLIENT);

    refused(registration, bench.opens(CLIENT, other, "10.6.6.6"), "in use by somebody else");
    edge.onMessage(registration, bench.opens(CLIENT, client(AccessRole.SUBMIT), "10.7.7.7"));
    edge.onMessage(registration, bench.opens(CLIENT, other, "10.7.7.7"));
    bench.clients.clear();
    edge.onMessage(registration, bench.opens(CLIENT, client(AccessRole.VIEW), "10.6.6.6"));
  }

  @Test
  void aKeyOfANodeStartsNoTests() {
    var node = bench.opens(NODE, NODE_KEY, "10.1.1.1");

    refused(test(TestOperation.Kind.START, NODE), node, "kind client");
    refused(Bench.registration(NODE, RegistryOperation.Remote.CLIENT), node, "kind client");
  }

  @Test
  void aKeyOfAClientIsNoNode() {
    var client = bench.opens(CLIENT, client(AccessRole.ADMINISTER), "10.1.1.1");
    var product = ProductDescription.of(Map.of("imei", "1", "status", "free"));

    refused(registry(RegistryOperation.Kind.REGISTER, CLIENT), client, "kind node");
    refused(registry(RegistryOperation.Kind.UPDATE, CLIENT), client, "kind node");
    refused(product(ProductOperation.Kind.ADD, product), client, "kind node");
    refused(product(ProductOperation.Kind.REMOVE, product), client, "kind node");
    refused(test(TestOperation.Kind.UPDATE, CLIENT), client, "kind node");
    edge.onMessage(product(ProductOperation.Kind.UPDATE, product), client);
    assertEquals(1, events.size());
  }

  @Test
  void aTestIsStartedByWhoMaySubmit() {
    refused(
        test(TestOperation.Kind.START, CLIENT),
        bench.opens(CLIENT, client(AccessRole.VIEW), "10.1.1.1"),
        "role submit");
    edge.onMessage(
        test(TestOperation.Kind.START, CLIENT),
        bench.opens(CLIENT, client(AccessRole.SUBMIT), "10.1.1.1"));

    assertTrue(events.get(0) instanceof Event.TestSubmitted);
  }

  @Test
  void whatAStopMayStopIsDecidedByTheRightsOfItsSender() {
    var operator = bench.opens(CLIENT, client(AccessRole.OPERATE), "10.1.1.1");
    edge.onMessage(test(TestOperation.Kind.STOP, CLIENT), operator);
    edge.onMessage(test(TestOperation.Kind.STOP, NODE), Bench.plain("127.0.0.1"));

    assertEquals(
        List.of(Rights.onFarm(AccessRole.OPERATE), Rights.onFarm(AccessRole.SUBMIT)),
        events.stream().map(it -> ((Event.StopRequested) it).who().rights()).toList());
  }

  @Test
  void oneMachineBringsABoundedNumberOfNodesAndClients() {
    bench.configuration =
        bench
            .configuration
            .with(Setting.NODES_PER_ADDRESS, "1")
            .with(Setting.CLIENTS_PER_ADDRESS, "1");
    bench.node(edge, NODE);
    bench.node(edge, NODE);
    var second = bench.opens(CLIENT, Principal.LOCAL, "10.1.1.1");

    refused(
        registry(RegistryOperation.Kind.REGISTER, CLIENT),
        second,
        "maximal-number-of-nodes-per-address=");
    edge.onMessage(test(TestOperation.Kind.START, CLIENT), second);
    bench.sessions.onEnded(NODE, "it said goodbye");
    edge.onMessage(registry(RegistryOperation.Kind.REGISTER, CLIENT), second);
    refused(
        test(TestOperation.Kind.START, new Endpoint("ci.example", 2)),
        Bench.plain("10.1.1.1"),
        "maximal-number-of-clients-per-address=");
  }

  private void refused(Message message, Peer peer, String part) {
    var refusal = assertThrows(ProtocolException.class, () -> edge.onMessage(message, peer));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private static Principal client(AccessRole role) {
    return new Principal(
        Principal.Kind.CLIENT, "ci", Optional.empty(), Optional.empty(), Rights.onFarm(role));
  }

  private static RegistryOperation registry(RegistryOperation.Kind kind, Endpoint node) {
    return new RegistryOperation(
        node,
        SERVICE,
        kind,
        RegistryOperation.Remote.TEST_NODE,
        Optional.of(new NodeDescription(node, "rack 2", "0.1.0")));
  }

  private static ProductOperation product(ProductOperation.Kind kind, ProductDescription product) {
    return new ProductOperation(CLIENT, SERVICE, kind, Optional.empty(), product);
  }

  private static TestOperation test(TestOperation.Kind kind, Endpoint from) {
    var progress = TestProgress.NONE.with(TestStatus.FINISHED, "");
    return new TestOperation(from, SERVICE, kind, NIGHTLY.with(progress));
  }
}
