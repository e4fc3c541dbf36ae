package com.nokia.ci.tas.communicator.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ClientLinkTest {
  private static final Endpoint SERVICE = new Endpoint("tas.example", 31415);
  private static final Endpoint CLIENT = new Endpoint("ci.example", 20321);
  private static final Endpoint DOOR = new Endpoint("10.0.0.7", 20321);
  private static final SessionTerms TERMS =
      new SessionTerms(
          Optional.empty(), SessionLimits.DEFAULT, Duration.ofMinutes(10), Duration.ofMillis(20));
  private static final RuntimeId TEST = RuntimeId.of("nightly");

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FakeTransport network = new FakeTransport();
  private final List<Endpoint> broken = new CopyOnWriteArrayList<>();
  private final OwnAddress own =
      new OwnAddress(new NodeDescription(new Endpoint("node.example", 27182), "", "1"));
  private final ClientLinks links =
      new ClientLinks(
          new LinkContext(
              network,
              SERVICE,
              own,
              TERMS,
              new Nobody(),
              timer,
              CompletableFuture.completedFuture(null)),
          broken::add);

  @AfterEach
  void close() {
    links.close();
    timer.shutdownNow();
  }

  @Test
  void betweenPlainPeersTheClientIsDialled() {
    var link = links.join(new RunOrder(TestDescription.named(TEST), CLIENT));
    texts(link, new RunOrder(TestDescription.named(TEST), CLIENT)).send("a").join();

    assertEquals(List.of(CLIENT), network.hops);
    assertEquals(Optional.empty(), text(0).number());
    assertEquals("", link.route());
  }

  @Test
  void aPlainClientThatCanBeDialledIsDialledByANodeWithASession() {
    var link = links.join(RunOrder.overSession(TestDescription.named(TEST), CLIENT));
    link.send(message("a")).join();

    assertEquals(List.of(CLIENT), network.hops);
    assertEquals("direct", link.route());
  }

  @Test
  void aPlainClientThatCannotBeDialledIsReachedThroughTheService() {
    network.reachable = false;
    var link = links.join(RunOrder.overSession(TestDescription.named(TEST), CLIENT));
    network.reachable = true;
    link.send(message("a")).join();

    assertEquals(List.of(SERVICE), network.hops);
    assertEquals(CLIENT, network.sent.get(0).receiver());
    assertEquals("relayed", link.route());
  }

  @Test
  void aClientThatTheServiceSaysIsRelayedIsNotDialled() {
    var link = links.join(relayed());
    link.send(message("a")).join();

    assertEquals(List.of(SERVICE), network.hops);
    assertEquals("relayed", link.route());
  }

  @Test
  void aClientWithADoorIsReachedDirectlyWithTheTicketOfItsTest() {
    network.modern = true;
    var link = links.join(direct("t1"));
    link.send(message("a")).join();

    assertEquals(List.of(DOOR), network.hops);
    assertEquals("direct", link.route());
    assertEquals(Optional.of("t1"), network.session().wish.ticket());
    assertEquals(own.get(), network.session().wish.registration().get().sender());
  }

  @Test
  void theTicketOfEachFurtherTestIsShown() {
    network.modern = true;
    links.join(direct("t1"));
    links.join(direct("t2"));
    assertEquals(List.of("t2"), tickets());

    network.sent.clear();
    network.session().offer();

    assertEquals(List.of("t2"), tickets());
  }

  private List<String> tickets() {
    return network.sent.stream()
        .map(message -> ((RegistryOperation) message).offer())
        .flatMap(offer -> offer.flatMap(SessionOffer::ticket).stream())
        .toList();
  }

  @Test
  void untilTheClientIsReachedDirectlyTheServicePassesOn() {
    network.reachable = false;
    network.modern = true;
    var link = links.join(direct("t1"));
    network.reachable = true;
    link.send(message("a")).join();
    network.session().offer();
    link.send(message("b")).join();

    assertEquals(List.of(SERVICE, DOOR), network.hops);
  }

  @Test
  void textsThatTheServicePassesOnAreNotOvertaken() {
    network.reachable = false;
    network.modern = true;
    var order = direct("t1");
    var link = links.join(order);
    var texts = texts(link, order);
    network.reachable = true;
    texts.send("a").join();
    network.session().offer();
    texts.send("b").join();
    link.send(message("c")).join();

    assertEquals(List.of(SERVICE, SERVICE, DOOR), network.hops);
    assertEquals(Optional.of(new TextNumber(5, 2)), text(2).number());
  }

  @Test
  void whatADeadDirectConnectionHoldsGoesThroughTheServiceUnderTheSameNumber() {
    network.modern = true;
    var order = direct("t1");
    var link = links.join(order);
    var texts = texts(link, order);
    texts.send("a").join();
    network.reachable = false;
    var sending = texts.send("b");
    network.session().owner.onAway("the cable was pulled");
    network.reachable = true;
    sending.join();

    assertEquals(List.of(DOOR, SERVICE), network.hops);
    assertEquals("b", text(2).text());
    assertEquals(Optional.of(new TextNumber(5, 2)), text(2).number());
    assertTrue(network.sessions.get(0).closed);
    assertEquals("relayed", link.route());
    assertEquals(List.of(CLIENT), broken);
  }

  @Test
  void aDirectConnectionThatComesBackInTimeIsKept() throws Exception {
    network.modern = true;
    var link = links.join(direct("t1"));
    // The timer is held, or the time could be over before the machine gets to the next line.
    var comesBack = new CountDownLatch(1);
    var held =
        timer.submit(
            () -> {
              comesBack.await();
              return comesBack.getCount();
            });
    network.session().owner.onAway("a hiccup");
    network.session().owner.onReturned();
    comesBack.countDown();
    held.get();
    timer.schedule(() -> {}, TERMS.grace().toMillis() + 1, TimeUnit.MILLISECONDS).get();

    assertFalse(network.session().closed);
    assertEquals("direct", link.route());
  }

  @Test
  void aClientThatDeclinesDirectlyIsReachedThroughTheService() {
    network.reachable = false;
    var link = links.join(direct("t1"));
    network.session().owner.onRefused("no such ticket");
    network.reachable = true;
    link.send(message("a")).join();

    assertEquals(List.of(SERVICE), network.hops);
  }

  @Test
  void noConnectionIsKeptToAClientWithoutRuns() {
    network.modern = true;
    links.join(direct("t1"));
    links.keepDirect(List.of());

    assertTrue(network.session().closed);
    assertEquals(1, network.sessions.size());
  }

  @Test
  void whatTheServiceLostIsSentAgainWhenItHasANewSession() {
    var link = links.join(relayed());
    network.reachable = false;
    var sending = link.send(message("a"));
    network.lose();
    network.reachable = true;
    links.onNewSession();
    sending.join();

    assertEquals(List.of(SERVICE), network.hops);
    assertEquals(List.of(CLIENT), broken);
  }

  @Test
  void aPlainClientIsTriedThreeTimes() {
    var link = links.join(new RunOrder(TestDescription.named(TEST), CLIENT));
    network.reachable = false;
    var sending = link.send(message("a"));
    for (int i = 0; i < 2; i++) {
      network.lose();
      link.onNews();
    }
    assertFalse(sending.isDone());
    network.lose();

    var failure = assertThrows(CompletionException.class, sending::join);
    assertEquals(ConnectionLostException.class, failure.getCause().getClass());
  }

  private TextMessage text(int index) {
    return (TextMessage) network.sent.get(index);
  }

  private RunTexts texts(ClientLink link, RunOrder order) {
    return new RunTexts(order, own::get, link);
  }

  private Message message(String text) {
    return new TextMessage(own.get(), CLIENT, TestDescription.named(TEST), text);
  }

  private static RunOrder relayed() {
    return RunOrder.overSession(
        TestDescription.named(TEST).with(TestProgress.NONE.attempt(5).by("relayed")), CLIENT);
  }

  private static RunOrder direct(String ticket) {
    return RunOrder.overSession(
        TestDescription.named(TEST)
            .with(TestProgress.NONE.attempt(5))
            .directly(Optional.of(new DirectAccess(DOOR, ticket, Optional.empty()))),
        CLIENT);
  }

  private static final class Nobody implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {
      throw new AssertionError("nobody speaks here");
    }

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      throw new AssertionError("nobody speaks here");
    }
  }
}
