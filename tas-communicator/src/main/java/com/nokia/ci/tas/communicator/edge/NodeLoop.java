package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.communicator.node.Effect;
import com.nokia.ci.tas.communicator.node.Effects;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the node: takes events in order, has their effects done, and wakes
 * for deadlines alone. Any thread may post.
 */
final class NodeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

  private final Node node;
  private final Effects effects;
  private final Clock clock;
  private final RunList list;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "tas-node-loop");

  /**
   * @param list is kept complete
   */
  NodeLoop(Node node, Effects effects, Clock clock, RunList list) {
    this.list = list;
    this.node = node;
    this.effects = effects;
    this.clock = clock;
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param first what is taken before anything else; its effects are under way when this returns
   */
  void start(List<Event> first) {
    first.forEach(this::take);
    thread.start();
  }

  void post(Event event) {
    if (event instanceof Event.StartAsked start) {
      list.asked(start.order());
    }
    events.add(event);
  }

  /** The time that events are stamped with. */
  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        next().ifPresent(this::take);
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("the loop ends");
    }
  }

  private Optional<Event> next() throws InterruptedException {
    var deadline = node.nextDeadline();
    if (deadline.isEmpty()) {
      return Optional.of(events.take());
    }
    long wait = Math.max(0, Duration.between(now(), deadline.get()).toNanos());
    var event = Optional.ofNullable(events.poll(wait, TimeUnit.NANOSECONDS));
    return event.isPresent() || now().isBefore(deadline.get())
        ? event
        : Optional.of(new Event.TimePassed(now()));
  }

  /** An event that breaks a rule, or an effect that throws, concerns nobody else. */
  private void take(Event event) {
    try {
      for (Effect effect : node.apply(event)) {
        perform(effect);
      }
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("event", event.getClass().getSimpleName())
          .setCause(e)
          .log("an event could not be taken");
    } finally {
      list.are(node.orders());
      if (event instanceof Event.StartAsked start) {
        list.taken(start.order());
      }
    }
  }

  private void perform(Effect effect) {
    try {
      effect.performBy(effects);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("effect", effect.getClass().getSimpleName())
          .setCause(e)
          .log("an effect could not be performed");
    }
  }
}
