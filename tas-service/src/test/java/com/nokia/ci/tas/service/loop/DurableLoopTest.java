package com.nokia.ci.tas.service.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a loop has let out, its store has kept. */
final class DurableLoopTest {
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  private static final FarmSettings SETTINGS =
      FarmSettings.defaults(new Endpoint("service.test", 31_415));
  private static final NodeDescription NODE =
      new NodeDescription(new Endpoint("node.test", 27_182), "", "1.0");
  private static final ClientId CLIENT = new ClientId(new Endpoint("client.test", 16_180));

  private final RecallingStore store = new RecallingStore();
  private final BlockingQueue<Effect> effects = new LinkedBlockingQueue<>();
  private final CompletableFuture<StoreException> failure = new CompletableFuture<>();

  @Test
  void effectsGoOutWhenTheirBatchIsKept() {
    var early = new ConcurrentLinkedQueue<Effect>();
    try (var loop = start()) {
      settle(loop);
      effects.clear();
      store.before(batch -> early.addAll(effects));
      loop.post(new Event.NodeRegistered(T0, NODE));
      settle(loop);

      assertEquals(List.of(), List.copyOf(early));
      assertFalse(effects.isEmpty());
    }
  }

  @Test
  void whatIsDecidedWhileTheDiskIsBusyWaitsForItsOwnBatch() throws Exception {
    var isWriting = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    try (var loop = start()) {
      settle(loop);
      int before = store.batches().size();
      effects.clear();
      store.before(
          batch -> {
            isWriting.countDown();
            awaitQuietly(mayGoOn);
          });
      loop.post(new Event.NodeRegistered(T0, NODE, Optional.of(List.of())));
      assertTrue(isWriting.await(30, TimeUnit.SECONDS));
      loop.post(new Event.ProductReported(T0, NODE.endpoint(), Event.Report.PLUGGED, product()));
      loop.post(submission("a", T0));
      var early = List.copyOf(effects);
      boolean wasShown = loop.snapshot().node(NODE.id()).isPresent();
      mayGoOn.countDown();
      settle(loop);

      assertEquals(List.of(), early);
      assertFalse(wasShown, "nobody sees what is not kept");
      assertEquals(
          List.of(
              Event.NodeRegistered.class, Event.ProductReported.class, Event.TestSubmitted.class),
          store.batches().stream()
              .skip(before)
              .flatMap(batch -> batch.steps().stream())
              .map(step -> step.event().getClass())
              .toList());
      assertTrue(loop.snapshot().running(new TestId("a")).isPresent());
    } finally {
      mayGoOn.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStoreThatFailsEndsTheLoopAndLetsNothingOut() throws Exception {
    var loop = start();
    settle(loop);
    effects.clear();
    store.failFromNowOn();

    loop.post(new Event.NodeRegistered(T0, NODE));

    assertEquals("the disk is full; make room", failure.get(30, TimeUnit.SECONDS).getMessage());
    loop.close();
    assertFalse(loop.isAlive());
    assertEquals(List.of(), List.copyOf(effects));
    assertTrue(loop.snapshot().nodes().isEmpty());
  }

  @Test
  void aHeartbeatWaitsForWhatMustBeKept() {
    try (var loop = start()) {
      loop.post(new Event.NodeRegistered(T0, NODE));
      settle(loop);
      int before = store.batches().size();
      loop.post(new Event.NodeSeen(T0.plusSeconds(1), NODE));
      settle(loop);
      int meanwhile = store.batches().size();
      loop.post(submission("a", T0.plusSeconds(2)));
      settle(loop);

      assertEquals(before, meanwhile);
      assertEquals(
          List.of(Event.NodeSeen.class, Event.TestSubmitted.class),
          store.batches().get(before).steps().stream()
              .map(Step::event)
              .map(Object::getClass)
              .toList());
    }
  }

  @Test
  void whatWasDecidedIsKeptBesideItsEvent() {
    try (var loop = start()) {
      givenAFarmWithAProduct(loop);
      loop.post(submission("a", T0));
      settle(loop);
    }

    var decisions =
        store.batches().stream()
            .flatMap(batch -> batch.steps().stream())
            .flatMap(step -> step.decisions().stream())
            .toList();
    assertEquals(
        List.of(new Decision.RunAssigned(RuntimeId.of("a"), 1, NODE.id(), List.of(product().id()))),
        decisions);
  }

  @Test
  void aLoopThatWasKilledGoesOnWhereItStood() {
    var first = start();
    givenAFarmWithAProduct(first);
    first.post(submission("a", T0));
    first.post(submission("b", T0));
    settle(first);
    var kept = List.copyOf(store.batches());
    first.close();
    var killed = new RecallingStore();
    kept.forEach(batch -> killed.append(batch, List.of()));

    try (var second = start(killed)) {
      settle(second);

      assertEquals(NODE.id(), second.snapshot().running(new TestId("a")).orElseThrow().node());
      assertEquals(1, second.snapshot().waiting(new TestId("b")).orElseThrow().place());
    }
    assertEquals(kept.size() + 1, killed.batches().get(kept.size()).number());
  }

  @Test
  void aCleanEndKeepsAnImage() {
    var loop = start();
    givenAFarmWithAProduct(loop);
    loop.post(submission("a", T0));
    loop.close();

    var checkpoint = store.checkpoint().orElseThrow();
    assertEquals(store.batches().size(), checkpoint.batch());
    assertEquals(loop.snapshot().image(), checkpoint.image());
  }

  /** The rules are free to change: what they decide now counts. */
  @Test
  void whatIsDecidedOtherwiseThanBeforeHoldsAllTheSame() {
    var event = new Event.NodeRegistered(T0, NODE);
    var other = new Decision.RunEnded(RuntimeId.of("a"), 1, NODE.id());
    store.append(new Batch(1, List.of(new Step(event, List.of(other)))), List.of());

    var revived = Revived.of(store.past(), SETTINGS);

    assertTrue(revived.farm().snapshot().node(NODE.id()).isPresent());
    assertEquals(1, revived.batch());
    assertEquals(T0, revived.at());
  }

  private void givenAFarmWithAProduct(FarmLoop loop) {
    loop.post(new Event.NodeRegistered(T0, NODE, Optional.of(List.of())));
    loop.post(new Event.ProductReported(T0, NODE.endpoint(), Event.Report.PLUGGED, product()));
  }

  private static ProductDescription product() {
    return ProductDescription.of(Map.of("imei", "004402136230483", "role", "main"));
  }

  private static Event submission(String id, Instant at) {
    var test =
        TestDescription.named(RuntimeId.of(id))
            .with(
                new TestExecution(
                    "python3", "run.py", List.of("run.py"), Map.of(), List.of(), "r.zip"))
            .with(TestProgress.NONE.within(Duration.ofHours(1)));
    var asked = ProductDemand.of(new TreeMap<>(Map.of("imei", product().id().imei())));
    return new Event.TestSubmitted(
        at, CLIENT, test, new Wanted.Understood(new Requirement(List.of(asked))));
  }

  private FarmLoop start() {
    return start(store);
  }

  private FarmLoop start(RecallingStore from) {
    return FarmLoop.start(
        Revived.of(from.past(), SETTINGS),
        SETTINGS,
        new FarmLoop.Surroundings(
            from, InstantSource.fixed(T0), effects::add, 100, failure::complete));
  }

  /** Until all that was posted before is through, and the lines of the log behind it are too. */
  private static void settle(FarmLoop loop) {
    for (int i = 0; i < 2; i++) {
      loop.settled().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }
}
