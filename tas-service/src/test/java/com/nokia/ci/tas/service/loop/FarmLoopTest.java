package com.nokia.ci.tas.service.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One thread works in what many post. */
final class FarmLoopTest {
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  private static final FarmSettings SETTINGS =
      FarmSettings.defaults(new Endpoint("service.test", 31_415));
  private static final NodeDescription NODE =
      new NodeDescription(new Endpoint("node.test", 27_182), "", "1.0");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Effect> effects = new LinkedBlockingQueue<>();

  @Test
  void whatIsPostedHasItsEffects() throws InterruptedException {
    try (var loop = start(InstantSource.fixed(T0), effects::add, 100)) {
      loop.post(new Event.NodeSeen(T0, NODE));

      assertEquals(new Effect.ProbeNode(NODE.id()), next(Effect.ProbeNode.class));
    }
  }

  @Test
  void closingWorksInWhatWasPosted() {
    var loop = start(InstantSource.fixed(T0), effects::add, 10_000);
    for (int i = 1; i <= 1_000; i++) {
      var node = new NodeDescription(new Endpoint("node.test", i), "", "1.0");
      loop.post(new Event.NodeRegistered(T0, node));
    }

    loop.close();

    assertEquals(1_000, loop.snapshot().nodes().size());
    assertFalse(loop.isAlive());
    assertThrows(TasException.class, () -> loop.post(new Event.TimePassed(T0)));
  }

  @Test
  void deadlinesAreMetWithoutAnyEvent() throws InterruptedException {
    var soon =
        SETTINGS.with(
            new FarmSettings.Silence(
                Duration.ofMillis(20),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(1)));
    try (var loop = start(soon, InstantSource.system(), effects::add, 100)) {
      loop.post(new Event.NodeRegistered(Instant.now(), NODE));

      assertEquals(NODE.id(), next(Effect.ProbeNode.class).node());
    }
  }

  @Test
  void aFullBacklogRefusesWhatComesFromOutsideOnly() throws InterruptedException {
    var isBusy = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    Effects blocking =
        effect -> {
          isBusy.countDown();
          awaitQuietly(mayGoOn);
        };
    try (var loop = start(InstantSource.fixed(T0), blocking, 2)) {
      loop.post(new Event.NodeSeen(T0, NODE));
      isBusy.await();

      var refusal =
          assertThrows(
              TasException.class,
              () -> {
                while (true) {
                  loop.post(new Event.TimePassed(T0));
                }
              });
      loop.report(new Event.NodeAnswered(T0, NODE.id()));
      mayGoOn.countDown();

      assertEquals(
          "the service has 2 messages to work through already; try again later",
          refusal.getMessage());
    }
  }

  @Test
  void anEffectThatFailsStopsNothing() throws InterruptedException {
    Queue<Effect> seen = new ConcurrentLinkedQueue<>();
    Effects failing =
        effect -> {
          seen.add(effect);
          throw new IllegalStateException("broken on purpose");
        };
    try (var loop = start(InstantSource.fixed(T0), failing, 100)) {
      loop.post(new Event.NodeSeen(T0, NODE));
    }

    assertEquals(
        List.of(Effect.ProbeNode.class, Effect.Remark.class),
        seen.stream().map(Object::getClass).toList());
  }

  @Test
  void anEventThatCannotBeTakenStopsNothing() {
    var loop = start(InstantSource.fixed(T0), effects::add, 100);
    loop.report(new Event.NodeAnswered(null, new NodeId(NODE.endpoint())));
    loop.post(new Event.NodeRegistered(T0, NODE));

    loop.close();

    assertTrue(loop.snapshot().node(NODE.id()).isPresent());
  }

  private static FarmLoop start(InstantSource clock, Effects effects, int backlog) {
    return start(SETTINGS, clock, effects, backlog);
  }

  private static FarmLoop start(
      FarmSettings settings, InstantSource clock, Effects effects, int backlog) {
    return FarmLoop.start(
        Revived.fresh(settings),
        settings,
        new FarmLoop.Surroundings(new RecallingStore(), clock, effects, backlog, failure -> {}));
  }

  private <E extends Effect> E next(Class<E> sort) throws InterruptedException {
    while (true) {
      var effect = effects.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertTrue(effect != null, "nothing was done");
      if (sort.isInstance(effect)) {
        return sort.cast(effect);
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
