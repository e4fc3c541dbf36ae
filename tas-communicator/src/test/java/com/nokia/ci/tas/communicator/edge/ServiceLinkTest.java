package com.nokia.ci.tas.communicator.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ServiceLinkTest {
  private static final Endpoint SERVICE = new Endpoint("tas.example", 31415);
  private static final NodeDescription NODE =
      new NodeDescription(new Endpoint("node.example", 27183), "bench 3", "1");
  private static final ProductDescription PRODUCT =
      ProductDescription.of(Map.of("imei", "1", "status", "free", "rm-code", "RM-1"));

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FakeTransport network = new FakeTransport();
  private final BlockingQueue<String> returns = new LinkedBlockingQueue<>();
  private final ServiceLink link =
      new ServiceLink(
          network,
          SERVICE,
          NODE,
          new ServiceLinkSettings(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(1)),
          timer,
          () -> returns.add("returned"),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @BeforeEach
  void start() {
    link.start();
  }

  @AfterEach
  void close() {
    link.close();
    timer.shutdownNow();
  }

  @Test
  void everyMessageIsFromTheAddressThatWasRegistered() {
    link.productAdded(PRODUCT);
    link.report(report("nightly", TestStatus.STARTED));

    assertEquals(3, network.sent.size());
    network.sent.forEach(message -> assertEquals(NODE.endpoint(), message.sender()));
    assertEquals(RegistryOperation.Kind.REGISTER, registration(0).kind());
    assertEquals(NODE, registration(0).node().orElseThrow());
  }

  @Test
  void reportsOfTheTimeWithoutServiceComeAfterItsReturn() throws Exception {
    link.productAdded(PRODUCT);
    network.reachable = false;
    link.report(report("nightly", TestStatus.STARTED));
    link.report(report("nightly", TestStatus.FINISHED));
    network.sent.clear();
    network.reachable = true;

    assertEquals("returned", returns.take());
    assertEquals(RegistryOperation.Kind.UPDATE, registration(0).kind());
    assertEquals(ProductOperation.Kind.ADD, ((ProductOperation) network.sent.get(1)).kind());
    assertEquals(
        List.of(TestStatus.STARTED, TestStatus.FINISHED),
        network.sent.subList(2, 4).stream()
            .map(message -> ((TestOperation) message).test().progress().status())
            .toList());
    assertEquals(4, network.sent.size());
  }

  @Test
  void aServiceThatWasNeverThereIsRegisteredWithWhenItComes() throws Exception {
    network.reachable = false;
    var late =
        new ServiceLink(
            network,
            SERVICE,
            NODE,
            new ServiceLinkSettings(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(1)),
            timer,
            () -> returns.add("late"),
            Clock.systemUTC());
    late.start();
    network.sent.clear();
    network.reachable = true;

    assertEquals("late", returns.take());
    assertEquals(RegistryOperation.Kind.REGISTER, registration(0).kind());
    late.close();
  }

  @Test
  void whatTheServiceSaidItselfIsNotRepeatedToIt() {
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
    link.productAdded(PRODUCT);
    link.productRemoved(PRODUCT);

    var removal = (ProductOperation) network.sent.get(2);
    assertEquals(ProductOperation.Kind.REMOVE, removal.kind());
    assertEquals("0", removal.product().value("disconnection-time"));
  }

  private RegistryOperation registration(int index) {
    return (RegistryOperation) network.sent.get(index);
  }

  private static TestDescription report(String id, TestStatus status) {
    return TestDescription.named(RuntimeId.of(id)).with(status, "");
  }

  /** A network that delivers at once or not at all. */
  private static final class FakeTransport implements Transport {
    private final List<Message> sent = new ArrayList<>();
    private volatile boolean reachable = true;

    @Override
    public Outbox outbox(Endpoint to, RetryPolicy policy, Outbox.Owner owner) {
      return new FakeOutbox(this, to, owner);
    }

    @Override
    public CompletableFuture<InetAddress> probe(Endpoint to) {
      return reachable
          ? CompletableFuture.completedFuture(InetAddress.getLoopbackAddress())
          : CompletableFuture.failedFuture(new ConnectionLostException("nobody there"));
    }

    @Override
    public Listener listen(ListenSettings where, MessageReceiver receiver) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> send(Endpoint to, Message message, Dialect dialect) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Long> sendFile(Endpoint to, FileOperation put, FileSource source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Session keep(SessionWish wish, MessageReceiver receiver, Session.Owner owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void route(Endpoint peer, Endpoint via) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void unroute(Endpoint peer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void endSession(Endpoint identity, String why) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record FakeOutbox(FakeTransport network, Endpoint destination, Owner owner)
      implements Outbox {
    @Override
    public void send(Message message, Dialect dialect) {
      var entry = new MessageEntry(message, dialect);
      if (network.reachable) {
        network.sent.add(message);
        owner.onSent(entry);
      } else {
        owner.onFailed(entry, new ConnectionLostException("nobody there"));
      }
    }

    @Override
    public void sendFile(FileOperation put, FileSource source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void resume() {}

    @Override
    public CompletableFuture<Boolean> drain(Duration limit) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void close() {}
  }
}
