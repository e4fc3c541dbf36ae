package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a farm: the one thread that changes it. Takes what was posted in batches, has the farm
 * decide, publishes the outcome and hands over what is to be done.
 *
 * <p>Anybody may post, on any thread, without waiting. What comes from outside is refused while too
 * much is waiting already; what comes of an effect is always taken, for there is never more of it
 * than there were effects. An event that the farm cannot take is reported as an error and changes
 * nothing.
 */
public final class FarmLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FarmLoop.class);

  /** How many events are worked in before their effects go out. */
  private static final int BATCH = 256;

  private final Farm farm;
  private final InstantSource clock;
  private final Effects effects;
  private final int backlog;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "tas-farm-loop");
  private volatile boolean isClosing;
  private volatile FarmSnapshot snapshot;

  private FarmLoop(Farm farm, InstantSource clock, Effects effects, int backlog) {
    this.farm = farm;
    this.clock = clock;
    this.effects = effects;
    this.backlog = backlog;
    snapshot = farm.snapshot();
  }

  /**
   * Starts to run a farm, which from then on belongs to the loop.
   *
   * @param clock what the deadlines of the farm are compared with
   * @param effects takes over what is to be done
   * @param backlog how many events from outside may wait
   */
  public static FarmLoop start(Farm farm, InstantSource clock, Effects effects, int backlog) {
    var loop = new FarmLoop(farm, clock, effects, backlog);
    loop.thread.start();
    return loop;
  }

  /**
   * Takes something that happened outside.
   *
   * @throws TasException with a sentence for the peer when too much is waiting already, or the loop
   *     was closed
   */
  public void post(Event event) {
    if (isClosing) {
      throw new TasException("the service is shutting down");
    }
    if (events.size() >= backlog) {
      throw new TasException(
          "the service has " + backlog + " messages to work through already; try again later");
    }
    events.add(event);
  }

  /** Takes what came of an effect; never refuses. */
  public void report(Event event) {
    events.add(event);
  }

  /** The farm after the last batch. */
  public FarmSnapshot snapshot() {
    return snapshot;
  }

  /** Whether events are still being worked in. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Works in what was posted before, then ends. Waits for that; not to be called by the loop. */
  @Override
  public void close() {
    isClosing = true;
    events.add(new Event.TimePassed(clock.instant()));
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- on the thread of the loop

  private void run() {
    try {
      var batch = new ArrayList<Event>(BATCH);
      while (!isClosing || !events.isEmpty()) {
        await(batch);
        work(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.atError().setCause(e).log("the farm was interrupted and stands still");
    }
  }

  /** Waits for an event, or for the next deadline of the farm if that comes first. */
  private void await(List<Event> batch) throws InterruptedException {
    var deadline = farm.nextDeadline();
    var first =
        deadline.isPresent()
            ? events.poll(nanosUntil(deadline.get()), TimeUnit.NANOSECONDS)
            : events.take();
    if (first != null) {
      batch.add(first);
      events.drainTo(batch, BATCH - 1);
    }
  }

  private long nanosUntil(Instant deadline) {
    var left = Duration.between(clock.instant(), deadline);
    if (left.isNegative()) {
      return 0;
    }
    return left.compareTo(Duration.ofDays(1)) > 0 ? TimeUnit.DAYS.toNanos(1) : left.toNanos();
  }

  private void work(List<Event> batch) {
    var wanted = new ArrayList<Effect>();
    for (var event : batch) {
      wanted.addAll(apply(event));
    }
    var now = clock.instant();
    if (farm.nextDeadline().filter(deadline -> !deadline.isAfter(now)).isPresent()) {
      wanted.addAll(apply(new Event.TimePassed(now)));
    }
    snapshot = farm.snapshot();
    wanted.forEach(this::perform);
  }

  private List<Effect> apply(Event event) {
    try {
      return farm.apply(event);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("event", event.getClass().getSimpleName())
          .log("the farm could not take an event and stays as it was; please report this");
      return List.of();
    }
  }

  private void perform(Effect effect) {
    try {
      effects.perform(effect);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("effect", effect.getClass().getSimpleName())
          .log("an effect of the farm was lost; please report this");
    }
  }
}
