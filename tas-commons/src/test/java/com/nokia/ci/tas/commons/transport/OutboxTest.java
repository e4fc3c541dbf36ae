package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.Net.put;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutboxTest {
  private static final RetryPolicy THREE_TIMES = new RetryPolicy(3, Duration.ofMillis(20));
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Net net = new Net();
  private final FakeReceiver receiver = FakeReceiver.ofMessages();
  private final FakeOwner owner = new FakeOwner(Outbox.AfterFailure.GO_ON);

  @AfterEach
  void closeEverything() throws IOException {
    net.close();
  }

  @Test
  void whatIsAddedArrivesInThatOrder() throws Exception {
    Transport transport = net.transport();
    Outbox outbox = transport.outbox(at(listen(transport)), RetryPolicy.ONCE, owner);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      expected.add("line " + i);
      outbox.send(text("line " + i), Dialect.ESCAPED);
    }

    assertEquals(expected, receiver.nextTexts(300));
    assertTrue(Net.result(outbox.drain(LONG)));
    assertEquals(0, outbox.size());
    assertEquals(300, owner.sent.size());
  }

  @Test
  void filesKeepTheirPlaceBetweenMessages(@TempDir Path directory) throws Exception {
    Transport transport = net.transport();
    Path target = directory.resolve("stored.zip");
    FakeReceiver files =
        FakeReceiver.ofFiles(put -> FileAnswer.accept(PathSink.into(target, put.file().size())));
    Outbox outbox =
        transport.outbox(
            at(transport.listen(ListenSettings.on(0), files)), RetryPolicy.ONCE, owner);
    Path source = Files.write(directory.resolve("source"), ReceivingTest.content(3 << 20));

    outbox.send(text("before"), Dialect.ESCAPED);
    outbox.sendFile(put("a.zip", -1), FileSource.of(source));
    outbox.send(text("after"), Dialect.ESCAPED);

    assertTrue(Net.result(outbox.drain(LONG)));
    assertEquals(text("before"), files.next());
    assertEquals(put("a.zip", 3 << 20), files.next());
    assertEquals(text("after"), files.next());
    assertArrayEquals(Files.readAllBytes(source), Files.readAllBytes(target));
  }

  @Test
  void aPeerThatIsAwayForAMomentMissesNothing() throws Exception {
    Transport transport = net.transport();
    Socket silent = net.silentPort();
    Outbox outbox =
        transport.outbox(at(silent), new RetryPolicy(1_000, Duration.ofMillis(20)), owner);
    outbox.send(text("first"), Dialect.ESCAPED);
    outbox.send(text("second"), Dialect.ESCAPED);

    silent.close();
    transport.listen(ListenSettings.on(outbox.destination().port()), receiver);

    assertEquals(List.of("first", "second"), receiver.nextTexts(2));
  }

  @Test
  void anEntryIsGivenUpAfterItsLastTryAndTheNextIsSent() throws Exception {
    Transport transport = net.transport();
    Endpoint nowhere = nowhere();
    Outbox outbox = transport.outbox(nowhere, THREE_TIMES, owner);
    outbox.send(text("first"), Dialect.ESCAPED);
    outbox.send(text("second"), Dialect.ESCAPED);

    assertEquals("first", owner.failed.take());
    assertEquals("second", owner.failed.take());
    assertEquals(
        "cannot connect to " + nowhere + ": nothing listens there",
        owner.causes.take().getMessage());
    assertTrue(Net.result(outbox.drain(LONG)));
  }

  @Test
  void aRefusedEntryIsNotTriedAgain() throws Exception {
    Transport transport = net.transport(Net.PATIENT);
    var asked = new LinkedBlockingQueue<Peer>();
    Listener listener =
        transport.listen(
            ListenSettings.on(0),
            receiver.admitting(
                peer -> {
                  asked.add(peer);
                  return Optional.of("not from there");
                }));
    Outbox outbox = transport.outbox(at(listener), THREE_TIMES, owner);
    outbox.send(text("hello"), Dialect.ESCAPED);

    assertEquals("hello", owner.failed.take());
    assertEquals(RefusedException.class, owner.causes.take().getClass());
    assertEquals(1, asked.size());
  }

  @Test
  void anOwnerMayStopAndResume() throws Exception {
    Transport transport = net.transport();
    var stopping = new FakeOwner(Outbox.AfterFailure.STOP);
    Socket silent = net.silentPort();
    Outbox outbox = transport.outbox(at(silent), RetryPolicy.ONCE, stopping);
    outbox.send(text("lost"), Dialect.ESCAPED);
    outbox.send(text("kept"), Dialect.ESCAPED);
    assertEquals("lost", stopping.failed.take());
    assertFalse(Net.result(outbox.drain(LONG)));
    assertEquals(1, outbox.size());

    silent.close();
    transport.listen(ListenSettings.on(outbox.destination().port()), receiver);
    outbox.resume();

    assertEquals(List.of("kept"), receiver.nextTexts(1));
  }

  @Test
  void anUnreachablePeerDelaysNoOther() throws Exception {
    Transport transport = net.transport();
    Listener listener = listen(transport);
    for (int i = 0; i < 50; i++) {
      Outbox away =
          transport.outbox(nowhere(), new RetryPolicy(1_000, Duration.ofSeconds(60)), owner);
      away.send(text("never"), Dialect.ESCAPED);
    }

    transport.outbox(at(listener), RetryPolicy.ONCE, owner).send(text("at once"), Dialect.ESCAPED);

    assertEquals(List.of("at once"), receiver.nextTexts(1));
  }

  @Test
  void aFullOutboxSaysSo() throws Exception {
    Transport transport = net.transport(Caps.DEFAULT.withOutbox(2, 1 << 20));
    Outbox outbox =
        transport.outbox(nowhere(), new RetryPolicy(1_000, Duration.ofSeconds(60)), owner);
    outbox.send(text("first"), Dialect.ESCAPED);
    outbox.send(text("second"), Dialect.ESCAPED);
    outbox.send(text("third"), Dialect.ESCAPED);

    assertEquals("third", owner.failed.take());
    assertTrue(owner.causes.take().getMessage().contains("is full: 2 entries"), "");
  }

  @Test
  void bytesFillAnOutboxToo() throws Exception {
    Transport transport = net.transport(Caps.DEFAULT.withOutbox(100, 10_000));
    Outbox outbox =
        transport.outbox(nowhere(), new RetryPolicy(1_000, Duration.ofSeconds(60)), owner);
    outbox.send(text("small"), Dialect.ESCAPED);
    outbox.send(text("x".repeat(10_000)), Dialect.ESCAPED);

    assertEquals("x".repeat(10_000), owner.failed.take());
    assertEquals(1, outbox.size());
  }

  @Test
  void drainingEndsWithItsTime() throws Exception {
    Transport transport = net.transport();
    Outbox outbox =
        transport.outbox(nowhere(), new RetryPolicy(1_000, Duration.ofSeconds(60)), owner);
    outbox.send(text("never"), Dialect.ESCAPED);

    assertFalse(Net.result(outbox.drain(Duration.ofMillis(50))));
  }

  @Test
  void closingGivesUpWhatWaits() throws Exception {
    Transport transport = net.transport();
    Outbox outbox =
        transport.outbox(nowhere(), new RetryPolicy(1_000, Duration.ofSeconds(60)), owner);
    outbox.send(text("first"), Dialect.ESCAPED);
    outbox.send(text("second"), Dialect.ESCAPED);
    CompletableFuture<Boolean> drained = outbox.drain(LONG);

    outbox.close();
    outbox.send(text("late"), Dialect.ESCAPED);

    assertEquals("first", owner.failed.take());
    assertEquals("second", owner.failed.take());
    assertEquals("late", owner.failed.take());
    assertFalse(Net.result(drained));
    assertEquals(0, outbox.size());
  }

  @Test
  void closingTheTransportClosesItsOutboxes() throws Exception {
    Transport transport = net.transport();
    Outbox outbox =
        transport.outbox(nowhere(), new RetryPolicy(1_000, Duration.ofSeconds(60)), owner);
    outbox.send(text("first"), Dialect.ESCAPED);

    transport.close();
    outbox.send(text("late"), Dialect.ESCAPED);

    assertEquals("first", owner.failed.take());
    assertEquals("late", owner.failed.take());
  }

  @Test
  void outboxesHaveNoThreadsOfTheirOwn() throws Exception {
    // Whatever is started in here belongs to the group.
    var group = new ThreadGroup("outboxes");
    var task =
        new FutureTask<>(
            () -> {
              Transport transport = net.transport(Net.PATIENT);
              Listener listener = listen(transport);
              for (int i = 0; i < 100; i++) {
                transport
                    .outbox(at(listener), THREE_TIMES, owner)
                    .send(text("hello"), Dialect.ESCAPED);
              }
              receiver.nextTexts(100);
              return group.activeCount();
            });
    new Thread(group, task).start();

    int threads = task.get(60, TimeUnit.SECONDS);
    assertTrue(threads > 1 && threads < 50, threads + " threads");
  }

  private Listener listen(Transport transport) {
    return transport.listen(ListenSettings.on(0), receiver);
  }

  private Endpoint nowhere() throws IOException {
    return at(net.silentPort());
  }

  /** Remembers what it is told, and decides as the test says. */
  private static final class FakeOwner implements Outbox.Owner {
    private final Outbox.AfterFailure decision;
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();
    private final BlockingQueue<TasException> causes = new LinkedBlockingQueue<>();

    private FakeOwner(Outbox.AfterFailure decision) {
      this.decision = decision;
    }

    @Override
    public void onSent(Outbox.Entry entry) {
      sent.add(name(entry.message()));
    }

    @Override
    public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
      failed.add(name(entry.message()));
      causes.add(cause);
      return decision;
    }

    private static String name(Message message) {
      return message instanceof TextMessage text
          ? text.text()
          : ((FileOperation) message).file().name();
    }
  }
}
