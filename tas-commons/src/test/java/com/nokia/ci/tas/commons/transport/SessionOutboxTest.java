package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.CLIENT;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outboxes to peers with sessions. */
@Timeout(120)
final class SessionOutboxTest {
  private static final RetryPolicy THREE_TIMES = new RetryPolicy(3, Duration.ofMillis(20));

  private final Net net = new Net();
  private final Transport near = net.transport();
  private final Transport far = net.transport();
  private final KeptWatch session = new KeptWatch();
  private final KeptWatch watch = new KeptWatch();
  private final FakeOwner owner = new FakeOwner();
  private final List<Cutter> wires = new ArrayList<>();
  private FakeReceiver receiver = FakeReceiver.ofMessages();

  @AfterEach
  void closeEverything() {
    Closing.all(() -> Closing.all(wires.toArray(AutoCloseable[]::new)), net);
  }

  private Cutter established() throws InterruptedException {
    Listener listener =
        far.listen(
            ListenSettings.on(0).withSessions(SessionRig.admitting(SessionRig.LONG), watch),
            receiver);
    var wire = new Cutter(listener.port(), () -> -1);
    wires.add(wire);
    near.keep(
        SessionWish.with(wire.endpoint(), () -> SessionRig.REGISTRATION)
            .withLimits(SessionRig.QUICK),
        receiver,
        session);
    session.expect("established");
    watch.expect("opened " + CLIENT);
    receiver.next();
    return wire;
  }

  @Test
  void entriesArriveInOrderWithoutWaitingForEachOther() throws Exception {
    Cutter wire = established();
    Outbox outbox = near.outbox(wire.endpoint(), RetryPolicy.ONCE, owner);
    wire.still(true);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      expected.add("line " + i);
      outbox.send(text("line " + i), Dialect.ESCAPED);
    }
    assertEquals(1_000, outbox.size());
    wire.cut();
    wire.still(false);

    assertEquals(expected, receiver.nextTexts(1_000));
    assertTrue(Net.result(outbox.drain(Duration.ofSeconds(30))));
    assertEquals(expected, List.copyOf(owner.sent));
    assertEquals(2, wire.connections());
  }

  @Test
  void aRefusedEntryIsNotTriedAgainAndHoldsNothingUp() throws Exception {
    receiver =
        receiver.telling(
            (message, peer) -> {
              if (message.equals(text("bad"))) {
                throw new ProtocolException("not like that");
              }
            });
    Outbox outbox = near.outbox(established().endpoint(), THREE_TIMES, owner);
    outbox.send(text("good"), Dialect.ESCAPED);
    outbox.send(text("bad"), Dialect.ESCAPED);
    outbox.send(text("better"), Dialect.ESCAPED);

    assertTrue(Net.result(outbox.drain(Duration.ofSeconds(30))));
    assertEquals(List.of("good", "better"), List.copyOf(owner.sent));
    assertEquals(List.of("bad: RefusedException"), List.copyOf(owner.failed));
  }

  /** Who is called so tomorrow may be somebody else. */
  @Test
  void whatAnEndedSessionDidNotTakeIsDialledToNobody() throws Exception {
    Cutter wire = established();
    Outbox outbox = far.outbox(CLIENT, THREE_TIMES, owner);
    wire.still(true);
    outbox.send(text("secret"), Dialect.ESCAPED);
    Net.until(() -> outbox.size() == 1);

    far.endSession(CLIENT, "given up");

    assertEquals("secret: ConnectionLostException", owner.failed.take());
    assertTrue(Net.result(outbox.drain(Duration.ofSeconds(30))));
  }

  @Test
  void anOutboxThatBeganPlainlyGoesOnOverTheSession() throws Exception {
    Cutter wire = established();
    Outbox outbox =
        far.outbox(
            new Endpoint("node.example.invalid", 1),
            new RetryPolicy(1_000, Duration.ofMillis(20)),
            owner);
    outbox.send(text("hello"), Dialect.ESCAPED);

    far.route(outbox.destination(), CLIENT);

    assertEquals(text("hello"), receiver.next());
    assertEquals("hello", owner.sent.take());
    assertEquals(1, wire.connections());
  }

  @Test
  void closingTakesBackWhatWasNotWritten() throws Exception {
    Cutter wire = established();
    wire.close();
    session.expect("away");
    Outbox outbox = near.outbox(wire.endpoint(), RetryPolicy.ONCE, owner);
    outbox.send(text("never"), Dialect.ESCAPED);
    outbox.close();

    assertEquals("never: ConnectionLostException", owner.failed.take());
    assertEquals(0, outbox.size());
  }

  private static final class FakeOwner implements Outbox.Owner {
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();

    @Override
    public void onSent(Outbox.Entry entry) {
      sent.add(((TextMessage) entry.message()).text());
    }

    @Override
    public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
      failed.add(((TextMessage) entry.message()).text() + ": " + cause.getClass().getSimpleName());
      return Outbox.AfterFailure.GO_ON;
    }
  }
}
