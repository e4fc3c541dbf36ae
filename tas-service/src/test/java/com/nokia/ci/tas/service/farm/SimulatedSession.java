package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * What is between a farm and a node that keeps a session: messages that are numbered, acknowledged
 * and sent again, over connections that break at any instant.
 */
final class SimulatedSession {
  private static final Duration MOMENT = Duration.ofMillis(5);

  private final Simulation simulation;
  private final SimulatedNode node;

  /** What the farm says and has not heard to be taken. */
  private final Deque<Order> down = new ArrayDeque<>();

  /** What the node says and has not heard to be taken. */
  private final Deque<Said> up = new ArrayDeque<>();

  private boolean isLive;
  private boolean isNew = true;
  private int connection;
  private Instant lastDown = Instant.EPOCH;
  private Instant lastUp = Instant.EPOCH;

  SimulatedSession(Simulation simulation, SimulatedNode node) {
    this.simulation = simulation;
    this.node = node;
  }

  private static final class Order {
    final Runnable message;
    final Function<Instant, Event> delivered;
    final Function<Event.Delivery, Event> failure;
    boolean isTried;
    boolean isTaken;

    Order(
        Runnable message,
        Function<Instant, Event> delivered,
        Function<Event.Delivery, Event> failure) {
      this.message = message;
      this.delivered = delivered;
      this.failure = failure;
    }
  }

  private static final class Said {
    final Function<Instant, Event> message;
    boolean isTaken;

    Said(Function<Instant, Event> message) {
      this.message = message;
    }
  }

  boolean isLive() {
    return isLive;
  }

  /** The node dials, as soon as it can. */
  void dial() {
    int before = connection;
    simulation.after(
        simulation.between(MOMENT, Duration.ofSeconds(5)),
        () -> {
          if (before != connection || isLive || !node.isUp()) {
            return;
          }
          if (node.isCutOff() || !simulation.service.isUp()) {
            dial();
          } else {
            established();
          }
        });
  }

  private void established() {
    isLive = true;
    connection++;
    if (isNew) {
      isNew = false;
      down.forEach(order -> order.isTaken = false);
      up.forEach(said -> said.isTaken = false);
      register(node.runs().list());
      node.tellProducts(Event.Report.PLUGGED);
    } else {
      up.removeIf(said -> said.isTaken);
      for (var order : List.copyOf(down)) {
        if (order.isTaken) {
          acknowledged(order);
        }
      }
      post(new Event.NodeAnswered(simulation.now, node.description.id()));
    }
    List.copyOf(up).forEach(this::transmit);
    List.copyOf(down).forEach(this::transmit);
  }

  private void register(Function<Instant, Event> registration) {
    overUp(() -> post(registration.apply(simulation.now)));
    if (!simulation.isCalm() && simulation.chance(0.2)) {
      var line = simulation.service.line();
      simulation.after(
          simulation.between(MOMENT, Duration.ofSeconds(8)),
          () -> line.accept(registration.apply(simulation.now)));
    }
  }

  /** What it had to say is lost with it; the node says its own again to the next one. */
  void serviceDied() {
    isLive = false;
    connection++;
    down.clear();
    isNew = true;
    dial();
  }

  /** The connection breaks; both sides notice, the farm perhaps late. */
  void cut() {
    if (!isLive) {
      return;
    }
    isLive = false;
    int broken = ++connection;
    simulation.after(
        simulation.between(MOMENT, Duration.ofSeconds(15)),
        () -> {
          if (broken == connection) {
            post(node.unreachable());
          }
        });
    dial();
  }

  /** The process of the node is gone, and what it had not said with it. */
  void forget() {
    up.clear();
    isNew = true;
    cut();
  }

  /** The farm has given the node up. */
  void end() {
    isNew = true;
    boolean wasLive = isLive;
    cut();
    var lost = List.copyOf(down);
    down.clear();
    var line = simulation.service.line();
    for (var order : lost) {
      var delivery = order.isTried ? Event.Delivery.UNKNOWN : Event.Delivery.NEVER_ARRIVED;
      simulation.after(MOMENT, () -> line.accept(order.failure.apply(delivery)));
    }
    if (!wasLive) {
      dial();
    }
  }

  // ---- what is said

  void say(Function<Instant, Event> message) {
    var said = new Said(message);
    up.add(said);
    transmit(said);
  }

  void order(
      Runnable message,
      Function<Instant, Event> delivered,
      Function<Event.Delivery, Event> failure) {
    var order = new Order(message, delivered, failure);
    down.add(order);
    transmit(order);
  }

  private void transmit(Said said) {
    breakPerhaps();
    overUp(
        () -> {
          if (!said.isTaken) {
            said.isTaken = true;
            post(said.message.apply(simulation.now));
          }
          simulation.service.whenKept(() -> overDown(() -> up.remove(said)));
        });
  }

  private void transmit(Order order) {
    breakPerhaps();
    order.isTried |= isLive;
    overDown(
        () -> {
          if (!order.isTaken) {
            order.isTaken = true;
            order.message.run();
          }
          overUp(() -> acknowledged(order));
        });
  }

  private void acknowledged(Order order) {
    if (down.remove(order)) {
      post(order.delivered.apply(simulation.now));
    }
  }

  private void breakPerhaps() {
    if (!simulation.isCalm() && simulation.chance(0.02)) {
      simulation.after(simulation.between(Duration.ZERO, MOMENT), this::cut);
    }
  }

  private void overUp(Runnable arrival) {
    lastUp = later(lastUp);
    over(lastUp, arrival);
  }

  private void overDown(Runnable arrival) {
    lastDown = later(lastDown);
    over(lastDown, arrival);
  }

  private Instant later(Instant last) {
    var arrival = simulation.now.plus(simulation.between(Duration.ofMillis(1), MOMENT));
    return arrival.isAfter(last) ? arrival : last;
  }

  /** Arrives if the connection lasts so long. */
  private void over(Instant at, Runnable arrival) {
    if (!isLive) {
      return;
    }
    int mine = connection;
    simulation.after(
        Duration.between(simulation.now, at),
        () -> {
          if (isLive && mine == connection) {
            arrival.run();
          }
        });
  }

  private void post(Event event) {
    simulation.post(event);
  }
}
