package com.nokia.ci.tas.communicator.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.communicator.Until;
import com.nokia.ci.tas.communicator.facts.FactSheet;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ServiceLinkTest {
  private static final Endpoint SERVICE = new Endpoint("tas.example", 31415);
  private static final NodeDescription NODE =
      new NodeDescription(new Endpoint("node.example", 27183), "bench 3", "1");
  private static final ProductDescription PRODUCT =
      ProductDescription.of(Map.of("imei", "1", "status", "free", "rm-code", "RM-1"));
  private static final RunReference RUN =
      new RunReference(RuntimeId.of("smoke"), 2, List.of(new ProductId("1")));
  private static final Optional<SessionTerms> KEPT = Optional.of(SessionTerms.DEFAULT);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FakeTransport network = new FakeTransport();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final List<RunReference> runs = new CopyOnWriteArrayList<>();
  private final Map<String, String> facts = new ConcurrentHashMap<>();
  private Duration registration = Duration.ofHours(1);
  private Optional<ServiceLink> started = Optional.empty();

  @AfterEach
  void close() {
    started.ifPresent(ServiceLink::close);
    timer.shutdownNow();
  }

  @Test
  void everyMessageIsFromTheAddressThatWasRegistered() {
    var link = start(Optional.empty());
    link.productAdded(PRODUCT);
    link.report(report("nightly", TestStatus.STARTED));

    assertEquals(3, network.sent.size());
    network.sent.forEach(message -> assertEquals(NODE.endpoint(), message.sender()));
    assertEquals(RegistryOperation.Kind.REGISTER, registration(0).kind());
    assertEquals(NODE, registration(0).node().orElseThrow());
  }

  @Test
  void reportsOfTheTimeWithoutServiceComeAfterItsReturn() throws Exception {
    var link = start(Optional.empty());
    link.productAdded(PRODUCT);
    network.reachable = false;
    link.report(report("nightly", TestStatus.STARTED));
    link.report(report("nightly", TestStatus.FINISHED));
    network.sent.clear();
    network.reachable = true;

    awaitTold("returned");
    assertEquals(RegistryOperation.Kind.UPDATE, registration(0).kind());
    assertEquals(ProductOperation.Kind.ADD, ((ProductOperation) network.sent.get(1)).kind());
    assertEquals(List.of(TestStatus.STARTED, TestStatus.FINISHED), statuses());
    assertEquals(4, network.sent.size());
    assertEquals("nightly", ends.take());
    assertEquals(List.of(), List.copyOf(ends));
  }

  @Test
  void aServiceThatWasNeverThereIsRegisteredWithWhenItComes() throws Exception {
    network.reachable = false;
    start(Optional.empty());
    network.reachable = true;

    awaitTold("returned");
    assertEquals(RegistryOperation.Kind.REGISTER, registration(0).kind());
  }

  @Test
  void whatTheServiceSaidItselfIsNotRepeatedToIt() {
    var link = start(Optional.empty());
    link.productAdded(PRODUCT);
    network.sent.clear();

    link.productChanged(
        PRODUCT.with(Map.of("status", "busy", "status-details", "x", "reservation-time", "5")));
    assertEquals(List.of(), network.sent);
    link.productChanged(PRODUCT.with(Map.of("role", "remote")));
    link.productChanged(PRODUCT.with(Map.of("status", "disabled")));
    link.productChanged(PRODUCT);
    assertEquals(3, network.sent.size());
  }

  @Test
  void aProductThatIsGoneIsToldWithTheTime() {
    var link = start(Optional.empty());
    link.productAdded(PRODUCT);
    link.productRemoved(PRODUCT);

    var removal = (ProductOperation) network.sent.get(2);
    assertEquals(ProductOperation.Kind.REMOVE, removal.kind());
    assertEquals("0", removal.product().value("disconnection-time"));
  }

  @Test
  void aNewSessionIsToldTheRunsAndTheProducts() {
    network.modern = true;
    runs.add(RUN);
    network.reachable = false;
    var link = start(KEPT);
    link.productAdded(PRODUCT);
    network.reachable = true;
    network.session().offer();

    assertEquals(RegistryOperation.Kind.REGISTER, registration(0).kind());
    assertEquals(Optional.of(List.of(RUN)), registration(0).runs());
    assertEquals(ProductOperation.Kind.ADD, ((ProductOperation) network.sent.get(1)).kind());
    assertEquals(List.of("session"), List.copyOf(told));

    network.sent.clear();
    network.session().offer();
    assertEquals(RegistryOperation.Kind.UPDATE, registration(0).kind());
    assertEquals(2, network.sent.size());
  }

  @Test
  void aServiceIsToldFactsOfTheNodeAndToldAgainWhenTheyChangeNoticeably() throws Exception {
    network.modern = true;
    registration = Duration.ofMillis(1);
    facts.put("disk-free-bytes", "1000");
    start(KEPT);
    assertEquals(
        Optional.of(NodeFacts.of(Map.of("disk-free-bytes", "1000"))), registration(0).facts());
    assertEquals(1, network.sent.size());

    facts.put("disk-free-bytes", "100");
    Until.isSo("the service is told again", () -> network.sent.size() >= 2);

    assertEquals(RegistryOperation.Kind.UPDATE, registration(1).kind());
    assertEquals(Optional.empty(), registration(1).runs());
    assertEquals(
        Optional.of(NodeFacts.of(Map.of("disk-free-bytes", "100"))), registration(1).facts());
  }

  @Test
  void aNodeIsWhoItsServiceSaysItIsOnASession() {
    var own = new OwnAddress(NODE);
    var link = link(KEPT, own);
    network.reachable = false;
    link.start();
    var you = new Endpoint("node.example", 40_000);
    network
        .session()
        .owner
        .onEstablished(new Welcome(you, "0f".repeat(16), Duration.ofMinutes(10)));

    assertEquals(you, own.get());
    network.session().owner.onPlain(InetAddress.getLoopbackAddress());
    assertEquals(NODE.endpoint(), own.get());
    link.close();
  }

  @Test
  void aReportIsKeptUntilItIsAcknowledgedAndToldOnce() {
    network.modern = true;
    var link = start(KEPT);
    network.reachable = false;
    link.report(report("nightly", TestStatus.STARTED));
    link.report(report("nightly", TestStatus.FINISHED));

    network.session().offer(); // what was sent in the session before waits in the new one
    network.deliver();
    network.session().offer();

    assertEquals(List.of(TestStatus.STARTED, TestStatus.FINISHED), statuses());
  }

  @Test
  void aReportThatWasGivenUpIsToldInTheNextSession() throws Exception {
    network.modern = true;
    var link = start(KEPT);
    network.reachable = false;
    link.report(report("nightly", TestStatus.FINISHED));
    told.clear();
    network.session().owner.onAway("the service is gone");
    network.lose();
    network.reachable = true;
    network.session().owner.onEnded(new TasException("the service says good-bye"));

    awaitTold("session");
    assertEquals(List.of(TestStatus.FINISHED), statuses());
  }

  @Test
  void aRunWhoseEndIsNotAcknowledgedIsStillListed() {
    network.modern = true;
    var link = start(KEPT);
    network.reachable = false;
    link.report(report("nightly", TestStatus.STARTED));
    link.report(report("nightly", TestStatus.FINISHED));
    runs.add(RUN);

    var listed = new RunReference(RuntimeId.of("nightly"), 3, List.of());
    assertEquals(Optional.of(List.of(RUN, listed)), network.session().offer().runs());
    network.deliver();
    assertEquals(Optional.of(List.of(RUN)), network.session().offer().runs());
  }

  @Test
  void aServiceWithoutSessionsIsSpokenToPlainly() {
    var link = start(KEPT);
    link.productAdded(PRODUCT);
    link.report(report("nightly", TestStatus.FINISHED));

    assertEquals(List.of("plain"), List.copyOf(told));
    assertTrue(registration(0).runs().isPresent());
    assertTrue(registration(1).runs().isEmpty());
    assertEquals(List.of(TestStatus.FINISHED), statuses());
    assertEquals(4, network.sent.size());
  }

  @Test
  void aServiceThatLearnsSessionsIsOfferedOneWithTheNextRegistration() throws Exception {
    registration = Duration.ofMillis(5);
    start(KEPT);
    network.modern = true;

    awaitTold("session");
    long offers = network.sent.stream().filter(RegistryOperation.class::isInstance).count();
    awaitRepeats();
    assertEquals(offers, network.sent.stream().filter(RegistryOperation.class::isInstance).count());
  }

  @Test
  void aServiceThatDeclinesIsAskedAgainWithTheNextRegistration() throws Exception {
    registration = Duration.ofMillis(5);
    network.reachable = false;
    network.modern = true;
    start(KEPT);
    network.reachable = true;
    network.session().owner.onRefused("no token; make one with ./tas keys");

    awaitTold("session");
    assertEquals(2, network.sessions.size());
  }

  @Test
  void aProductThatGoesWhileTheServiceIsAwayIsToldAsGone() {
    network.modern = true;
    var link = start(KEPT);
    link.productAdded(PRODUCT);
    network.reachable = false;
    link.productRemoved(PRODUCT);
    network.lose();
    network.reachable = true;
    network.sent.clear();

    network.session().offer();

    assertEquals(ProductOperation.Kind.REMOVE, ((ProductOperation) network.sent.get(1)).kind());
    assertEquals(2, network.sent.size());
  }

  @Test
  void goodByeIsSaidOverTheSession() {
    network.modern = true;
    var link = start(KEPT);

    assertTrue(link.deregister(Duration.ofSeconds(5)).join());
    assertEquals(RegistryOperation.Kind.DEREGISTER, registration(network.sent.size() - 1).kind());
    assertFalse(network.session().closed);
    link.close();
    assertTrue(network.session().closed);
  }

  /** The timer runs its tasks one after another, so one that was given later comes later. */
  private void awaitRepeats() throws Exception {
    timer.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).get();
  }

  /** Waits until this was told, and until the timer has done what it was told in. */
  private void awaitTold(String what) throws Exception {
    while (!told.take().equals(what)) {
      // Something else was told before.
    }
    timer.submit(() -> {}).get();
  }

  private List<TestStatus> statuses() {
    return network.sent.stream()
        .filter(TestOperation.class::isInstance)
        .map(message -> ((TestOperation) message).test().progress().status())
        .toList();
  }

  private RegistryOperation registration(int index) {
    return (RegistryOperation) network.sent.get(index);
  }

  private ServiceLink start(Optional<SessionTerms> terms) {
    var link = link(terms, new OwnAddress(NODE));
    started = Optional.of(link);
    link.start();
    return link;
  }

  private ServiceLink link(Optional<SessionTerms> terms, OwnAddress own) {
    var contact =
        new ServiceContact(
            network,
            SERVICE,
            own,
            new ServiceLinkSettings(registration, Duration.ofHours(1), Duration.ofMillis(1)),
            terms,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            new FactSheet(List.of(() -> Map.copyOf(facts))));
    return new ServiceLink(contact, () -> List.copyOf(runs), new Nobody(), new Told(), timer);
  }

  private static TestDescription report(String id, TestStatus status) {
    return TestDescription.named(RuntimeId.of(id))
        .with(TestProgress.NONE.attempt(3).with(status, ""));
  }

  private final class Told implements ServiceLink.Owner {
    @Override
    public void onSession() {
      told.add("session");
    }

    @Override
    public void onPlain() {
      told.add("plain");
    }

    @Override
    public void onTold(TestDescription end) {
      ends.add(end.id().text());
    }

    @Override
    public void onReturned() {
      told.add("returned");
    }
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
