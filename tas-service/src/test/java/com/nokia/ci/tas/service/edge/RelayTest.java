package com.nokia.ci.tas.service.edge;

import static com.nokia.ci.tas.service.edge.Bench.RETENTION;
import static com.nokia.ci.tas.service.edge.Bench.SERVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.settings.NetworkList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may say what to whom through the service. */
class RelayTest {
  private static final Endpoint NODE = new Endpoint("node1.example", 27_182);
  private static final Endpoint OTHER = new Endpoint("node2.example", 27_182);
  private static final Endpoint CLIENT = new Endpoint("ci.example", 16_180);
  private static final Endpoint STRANGER = new Endpoint("else.example", 16_180);
  private static final TestDescription NIGHTLY = TestDescription.named(RuntimeId.of("nightly"));
  private static final String SUBMISSION = "c0ffee";
  private static final FileReference FILE = FileReference.named("r.zip").sized(1_000);
  private static final Peer PLAIN = Bench.plain("10.1.1.9");

  private final FakeTransport network = new FakeTransport();
  private final List<Event> events = new ArrayList<>();
  private final Bench bench = new Bench(network, events::add, () -> NetworkList.NOBODY);
  private final Incoming edge = bench.incoming(events::add);

  RelayTest() {
    bench.parties.begin(NIGHTLY.id(), new RunParties.Parties(NODE, CLIENT, SUBMISSION));
  }

  @Test
  void betweenTwoSessionsEachSpeaksUnderItsOwnAddress() {
    var node = bench.node(edge, NODE);
    var client = bench.client(edge, CLIENT);

    edge.onMessage(text(NODE, CLIENT), node);
    edge.onMessage(file(FileOperation.Kind.GET, NODE, CLIENT), node);
    edge.onMessage(file(FileOperation.Kind.ABORT, CLIENT, NODE), client);

    assertEquals(
        List.of(
            text(NODE, CLIENT),
            file(FileOperation.Kind.GET, NODE, CLIENT),
            file(FileOperation.Kind.ABORT, CLIENT, NODE)),
        network.sent);
    assertEquals(relayed(CLIENT, NODE, CLIENT), put(NODE, CLIENT, node));
    assertEquals(relayed(NODE, CLIENT, NODE), put(CLIENT, NODE, client));
    assertEquals(new Relay.Count(3, 2, 2_005), bench.relay.count());
  }

  @Test
  void whoAsksForWhatANodeKeepsTakesItFromNobodyWhoAskedBefore() {
    var node = bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    bench.client(edge, STRANGER);

    for (var asking : List.of(CLIENT, STRANGER)) {
      bench.parties.collect(NIGHTLY.id(), new RunParties.Parties(NODE, asking, ""));
    }

    for (var asked : List.of(CLIENT, STRANGER)) {
      assertEquals(relayed(asked, NODE, asked), put(NODE, asked, node));
      edge.onMessage(file(FileOperation.Kind.ABORT, NODE, asked), node);
    }
    assertEquals(
        List.of(
            file(FileOperation.Kind.ABORT, NODE, CLIENT),
            file(FileOperation.Kind.ABORT, NODE, STRANGER)),
        network.sent);
  }

  @Test
  void whoFollowsARunTakesItFromWhoeverFollowedBefore() {
    var node = bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    bench.client(edge, STRANGER);

    bench.parties.rebind(NIGHTLY.id(), new RunParties.Parties(NODE, STRANGER, ""));

    assertThrows(ProtocolException.class, () -> edge.onMessage(text(NODE, CLIENT), node));
    edge.onMessage(text(NODE, STRANGER), node);
    assertEquals(List.of(text(NODE, STRANGER)), network.sent);
  }

  @Test
  void whatIsSaidToAPeerThatIsYetToComeBackAfterARestartWaitsForIt() {
    bench.sessions.recall(CLIENT);
    var node = bench.node(edge, NODE);

    edge.onMessage(text(NODE, CLIENT), node);
    edge.onMessage(file(FileOperation.Kind.GET, NODE, CLIENT), node);
    assertEquals(List.of(), network.sent);
    bench.client(edge, CLIENT);

    assertEquals(
        List.of(text(NODE, CLIENT), file(FileOperation.Kind.GET, NODE, CLIENT)), network.sent);
  }

  @Test
  void onlySoMuchWaitsForAPeerThatIsYetToComeBack() {
    bench.sessions.recall(CLIENT);
    var node = bench.node(edge, NODE);

    for (int i = 0; i < Absent.MOST_MESSAGES + 10; i++) {
      edge.onMessage(text(NODE, CLIENT), node);
    }
    bench.client(edge, CLIENT);

    assertEquals(Absent.MOST_MESSAGES, network.sent.size());
  }

  @Test
  void theServiceStandsInForAClientWithASessionTowardsAPlainNode() {
    var client = bench.client(edge, CLIENT);

    edge.onMessage(text(NODE, SERVICE), PLAIN);
    edge.onMessage(file(FileOperation.Kind.GET, CLIENT, NODE), client);

    assertEquals(List.of(text(NODE, CLIENT)), network.sent);
    assertEquals(List.of(file(FileOperation.Kind.GET, SERVICE, NODE)), network.to(NODE).messages());
    assertEquals(relayed(CLIENT, NODE, CLIENT), put(NODE, SERVICE, PLAIN));
    assertEquals(relayed(NODE, SERVICE, NODE), put(CLIENT, NODE, client));
  }

  @Test
  void theServiceStandsInForANodeWithASessionTowardsAPlainClient() {
    var node = bench.node(edge, NODE);

    edge.onMessage(file(FileOperation.Kind.GET, NODE, CLIENT), node);
    edge.onMessage(file(FileOperation.Kind.ABORT, CLIENT, SERVICE), PLAIN);

    assertEquals(
        List.of(file(FileOperation.Kind.GET, SERVICE, CLIENT)), network.to(CLIENT).messages());
    assertEquals(List.of(file(FileOperation.Kind.ABORT, CLIENT, NODE)), network.sent);
    assertEquals(relayed(NODE, CLIENT, NODE), put(CLIENT, SERVICE, PLAIN));
  }

  @Test
  void nothingIsPassedOnBetweenTwoPlainPeers() {
    edge.onMessage(text(NODE, SERVICE), PLAIN);

    assertInstanceOf(FileAnswer.Refused.class, put(NODE, SERVICE, PLAIN));
    nothingWasPassedOn();
  }

  @Test
  void strangersAreRefused() {
    bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    var stranger = bench.client(edge, STRANGER);

    for (var receiver : List.of(NODE, CLIENT)) {
      assertThrows(
          ProtocolException.class, () -> edge.onMessage(text(STRANGER, receiver), stranger));
      assertThrows(
          ProtocolException.class,
          () -> edge.onMessage(file(FileOperation.Kind.GET, STRANGER, receiver), stranger));
      assertInstanceOf(FileAnswer.Refused.class, put(STRANGER, receiver, stranger));
    }
    edge.onMessage(text(new Endpoint("plain.example", 1), SERVICE), PLAIN);
    nothingWasPassedOn();
  }

  @Test
  void nobodySpeaksForAnAddressThatHasASession() {
    bench.node(edge, NODE);
    bench.client(edge, CLIENT);

    assertThrows(ProtocolException.class, () -> edge.onMessage(text(NODE, SERVICE), PLAIN));
    assertInstanceOf(FileAnswer.Refused.class, put(NODE, SERVICE, PLAIN));
    nothingWasPassedOn();
  }

  @Test
  void aPartyReachesTheOtherOneOfItsOwnRunAlone() {
    var node = bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    bench.client(edge, STRANGER);

    assertThrows(ProtocolException.class, () -> edge.onMessage(text(NODE, STRANGER), node));
    assertInstanceOf(FileAnswer.Refused.class, put(NODE, STRANGER, node));
    nothingWasPassedOn();
  }

  @Test
  void theNodeOfAnEarlierRunIsHeardNoMore() {
    var node = bench.node(edge, NODE);
    bench.node(edge, OTHER);
    bench.client(edge, CLIENT);
    bench.parties.begin(NIGHTLY.id(), new RunParties.Parties(OTHER, CLIENT, SUBMISSION));

    assertThrows(ProtocolException.class, () -> edge.onMessage(text(NODE, CLIENT), node));
    assertInstanceOf(FileAnswer.Refused.class, put(NODE, CLIENT, node));
    nothingWasPassedOn();
  }

  @Test
  void lateResultsArePassedOnForAsLongAsTheRetentionLasts() {
    var node = bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    bench.parties.ended(ended(EndedTest.Verdict.FAILED));

    bench.now = Bench.T0.plus(RETENTION).minus(Duration.ofMillis(1));
    assertInstanceOf(FileAnswer.Relayed.class, put(NODE, CLIENT, node));
    bench.now = Bench.T0.plus(RETENTION);
    assertInstanceOf(FileAnswer.Refused.class, put(NODE, CLIENT, node));
  }

  @Test
  void aClientThatHasAnotherAddressNowGetsItsFilesThere() {
    var node = bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    var again = bench.client(edge, STRANGER);
    var get = shown(FileOperation.Kind.GET, STRANGER, NODE, SUBMISSION);

    edge.onMessage(get, again);

    assertEquals(List.of(get), network.sent);
    assertEquals(relayed(STRANGER, NODE, STRANGER), put(NODE, STRANGER, node));
    assertEquals(relayed(CLIENT, NODE, CLIENT), put(NODE, CLIENT, node), "what was under way");
  }

  @Test
  void whoDoesNotKnowWhatTheClientCallsItsTestGetsNothing() {
    bench.node(edge, NODE);
    var stranger = bench.client(edge, STRANGER);

    for (String shown : List.of("", "c0ffe", "c0ffef")) {
      assertThrows(
          ProtocolException.class,
          () -> edge.onMessage(shown(FileOperation.Kind.GET, STRANGER, NODE, shown), stranger));
    }
    nothingWasPassedOn();
  }

  private static FileOperation shown(
      FileOperation.Kind kind, Endpoint from, Endpoint to, String submission) {
    return new FileOperation(
        from, to, kind, NIGHTLY.with(NIGHTLY.origin().submittedAs(submission)), FILE);
  }

  @Test
  void aTestThatIsRefusedDoesNotEndTheOneOfItsName() {
    var node = bench.node(edge, NODE);
    bench.client(edge, CLIENT);
    bench.parties.ended(ended(EndedTest.Verdict.REFUSED));
    bench.now = Bench.T0.plus(Duration.ofDays(1));

    assertInstanceOf(FileAnswer.Relayed.class, put(NODE, CLIENT, node));
  }

  @Test
  void theDirectWayToAClientGoesToNobodyElse() {
    bench.node(edge, NODE);
    var client = bench.client(edge, CLIENT);
    var direct = new DirectAccess(CLIENT, "ticket", Optional.empty());
    var told = new TextMessage(CLIENT, NODE, NIGHTLY.directly(Optional.of(direct)), "hello");

    edge.onMessage(told, client);

    assertEquals(List.of(text(CLIENT, NODE)), network.sent);
  }

  @Test
  void aNodeGetsAnArtifactFromAnotherOneThatItsStartHasNamed() {
    var node = bench.node(edge, NODE);
    var other = bench.node(edge, OTHER);
    var shown = lender();
    var direct = new DirectAccess(NODE, "door", Optional.empty());
    var get = loan(FileOperation.Kind.GET, NODE, OTHER, shown);

    edge.onMessage(
        new FileOperation(
            NODE, OTHER, get.kind(), get.test().directly(Optional.of(direct)), get.file()),
        node);
    edge.onMessage(loan(FileOperation.Kind.ABORT, OTHER, NODE, shown), other);

    assertEquals(
        List.of(get, loan(FileOperation.Kind.ABORT, OTHER, NODE, shown)),
        network.sent,
        "the direct way is for those that can be dialled");
    var put = loan(FileOperation.Kind.PUT, OTHER, NODE, shown);
    assertEquals(FileAnswer.relay(NODE, put), edge.onFile(put, other));
  }

  @Test
  void whoCanBeDialledIsAnsweredDirectly() {
    var node = bench.node(edge, NODE);
    bench.node(edge, OTHER);
    Bench.answer(network, NODE, /* isThere= */ true);
    var direct = Optional.of(new DirectAccess(NODE, "door", Optional.empty()));
    var get = loan(FileOperation.Kind.GET, NODE, OTHER, lender());
    var asked = new FileOperation(NODE, OTHER, get.kind(), get.test().directly(direct), get.file());

    edge.onMessage(asked, node);

    assertEquals(List.of(asked), network.sent);
  }

  @Test
  void nobodyElseGetsAnythingFromANode() {
    var node = bench.node(edge, NODE);
    var other = bench.node(edge, OTHER);
    var shown = lender();
    var forged = new Lender(shown.digest(), OTHER, "1f-c0ffee");
    var elsewhere = TestDescription.named(RuntimeId.of("else"));
    elsewhere = elsewhere.with(elsewhere.execution().lentBy(List.of(shown)));
    var file = FileReference.named(shown.digest().text());

    for (var get :
        List.of(
            loan(FileOperation.Kind.GET, NODE, OTHER, forged),
            new FileOperation(NODE, OTHER, FileOperation.Kind.GET, elsewhere, file),
            new FileOperation(
                NODE,
                OTHER,
                FileOperation.Kind.GET,
                loan(FileOperation.Kind.GET, NODE, OTHER, shown).test(),
                FileReference.named("b".repeat(64))))) {
      assertThrows(ProtocolException.class, () -> edge.onMessage(get, node));
    }
    assertInstanceOf(
        FileAnswer.Refused.class,
        edge.onFile(loan(FileOperation.Kind.PUT, OTHER, NODE, forged), other));
    bench.parties.begin(NIGHTLY.id(), new RunParties.Parties(OTHER, CLIENT, SUBMISSION));
    assertThrows(
        ProtocolException.class,
        () -> edge.onMessage(loan(FileOperation.Kind.GET, NODE, OTHER, shown), node),
        "the run is elsewhere by now");
    nothingWasPassedOn();
  }

  /** As the start of the run has named it to its node. */
  private Lender lender() {
    var content = new ContentDigest("a".repeat(64));
    bench.peers.lending().holds(OTHER, List.of(content));
    var large = List.of(new LargeArtifact(content, 1 << 20, "image.img"));
    return bench
        .peers
        .lending()
        .start(NIGHTLY.with(NIGHTLY.execution().large(large)), NODE)
        .execution()
        .lenders()
        .get(0);
  }

  private static FileOperation loan(
      FileOperation.Kind kind, Endpoint from, Endpoint to, Lender shown) {
    return new FileOperation(
        from,
        to,
        kind,
        NIGHTLY.with(NIGHTLY.execution().lentBy(List.of(shown))),
        FileReference.named(shown.digest().text()));
  }

  private void nothingWasPassedOn() {
    assertEquals(List.of(), network.sent);
    assertEquals(List.of(), network.outboxes);
    assertEquals(new Relay.Count(0, 0, 0), bench.relay.count());
  }

  private FileAnswer put(Endpoint from, Endpoint to, Peer peer) {
    return edge.onFile(file(FileOperation.Kind.PUT, from, to), peer);
  }

  private static FileAnswer relayed(Endpoint to, Endpoint as, Endpoint receiver) {
    return FileAnswer.relay(to, file(FileOperation.Kind.PUT, as, receiver));
  }

  private static FileOperation file(FileOperation.Kind kind, Endpoint from, Endpoint to) {
    return new FileOperation(from, to, kind, NIGHTLY, FILE);
  }

  private static TextMessage text(Endpoint from, Endpoint to) {
    return new TextMessage(from, to, NIGHTLY, "hello");
  }

  private static EndedTest ended(EndedTest.Verdict verdict) {
    return new EndedTest(
        NIGHTLY,
        new ClientId(CLIENT),
        verdict,
        Optional.empty(),
        1,
        Optional.empty(),
        new EndedTest.Times(Bench.T0, Optional.empty(), Optional.empty(), Bench.T0));
  }
}
