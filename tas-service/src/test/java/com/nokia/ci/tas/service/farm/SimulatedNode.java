package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A node as it really is, whatever the farm believes. */
final class SimulatedNode {
  private static final Duration FAILURE = Duration.ofSeconds(3);

  final NodeDescription description;
  final TreeSet<ProductId> plugged = new TreeSet<>();

  private final World world;
  private final Simulation simulation;

  /** Whether it names attempts in its reports. */
  private final boolean names;

  private final Optional<SimulatedSession> session;
  private final SimulatedRuns runs;

  private final Map<ProductId, String> statuses = new TreeMap<>();
  private final TreeSet<ProductId> disabled = new TreeSet<>();
  private boolean isUp;
  private boolean isCutOff;
  private Instant portOpen = Instant.EPOCH;
  private Instant lastDelivery = Instant.EPOCH;
  private int life;

  /** What a node knows of the protocol. */
  enum Kind {
    /** It knows no attempts. */
    EARLIER,
    PLAIN,
    SESSION
  }

  SimulatedNode(World world, NodeDescription description, Kind kind) {
    this.world = world;
    this.description = description;
    names = kind != Kind.EARLIER;
    simulation = world.simulation;
    session =
        kind == Kind.SESSION
            ? Optional.of(new SimulatedSession(simulation, this))
            : Optional.empty();
    runs = new SimulatedRuns(world, this, names, session.isPresent());
  }

  /** What really runs on it. */
  SimulatedRuns runs() {
    return runs;
  }

  // ---- its life

  void boot() {
    isUp = true;
    life++;
    if (session.isPresent()) {
      session.get().dial();
    } else if (names) {
      portOpen = simulation.now;
      say(at -> new Event.NodeRegistered(at, description));
      tellProducts(Event.Report.PLUGGED);
    } else {
      portOpen = simulation.now.plusSeconds(10);
      say(at -> new Event.NodeSeen(at, description));
      tellProducts(Event.Report.PLUGGED);
      meanwhile(Duration.ofSeconds(10), () -> say(at -> new Event.NodeRegistered(at, description)));
    }
    meanwhile(Duration.ofSeconds(30), this::beat);
  }

  private void beat() {
    say(at -> new Event.NodeSeen(at, description));
    tellProducts(Event.Report.UPDATED);
    meanwhile(Duration.ofSeconds(simulation.isPeace() ? 300 : 30), this::beat);
  }

  void crash() {
    die();
    if (!simulation.chance(0.1)) {
      bootAfter(simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }
  }

  private void die() {
    isUp = false;
    life++;
    runs.forget();
    session.ifPresent(SimulatedSession::forget);
  }

  boolean isUp() {
    return isUp;
  }

  boolean isCutOff() {
    return isCutOff;
  }

  void sayGoodbye() {
    if (isUp) {
      runs.giveUp();
      say(at -> new Event.NodeLeft(at, description.id()));
      if (session.isPresent()) {
        runs.stop();
        meanwhile(Duration.ofMillis(100), this::crash);
      } else {
        crash();
      }
    }
  }

  void cutOff() {
    isCutOff = true;
    session.ifPresent(SimulatedSession::cut);
    simulation.after(
        simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(4)), () -> isCutOff = false);
  }

  /** Its process restarts within a moment. */
  void hiccup() {
    if (isUp) {
      die();
      bootAfter(simulation.between(Duration.ofMillis(100), Duration.ofSeconds(5)));
    }
  }

  void makePeace() {
    isCutOff = false;
    disabled.clear();
    bootAfter(Duration.ofSeconds(1));
  }

  private void bootAfter(Duration delay) {
    simulation.after(
        delay,
        () -> {
          if (!isUp) {
            boot();
          }
        });
  }

  // ---- its products

  void unplugSomething() {
    if (plugged.isEmpty()) {
      return;
    }
    var product = simulation.oneOf(List.copyOf(plugged));
    plugged.remove(product);
    say(at -> new Event.ProductRemoved(at, description.endpoint(), Cast.free(product)));
    var where = simulation.chance(0.3) ? simulation.oneOf(world.nodes) : this;
    simulation.after(
        simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(4)),
        () -> where.plug(product));
  }

  private void plug(ProductId product) {
    plugged.add(product);
    statuses.remove(product);
    tell(product, Event.Report.PLUGGED);
  }

  void disableSomething() {
    if (plugged.isEmpty()) {
      return;
    }
    var product = simulation.oneOf(List.copyOf(plugged));
    disabled.add(product);
    tell(product, Event.Report.UPDATED);
    simulation.after(
        simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(4)),
        () -> {
          disabled.remove(product);
          if (plugged.contains(product)) {
            tell(product, Event.Report.UPDATED);
          }
        });
  }

  void tellProducts(Event.Report kind) {
    plugged.forEach(product -> tell(product, kind));
  }

  private void tell(ProductId id, Event.Report kind) {
    String status = disabled.contains(id) ? "disabled" : statuses.getOrDefault(id, "free");
    var product = world.described(id, status);
    say(at -> new Event.ProductReported(at, description.endpoint(), kind, product));
  }

  // ---- what it is told

  /** An order to start a run arrives, or not. */
  void receive(World.Order order) {
    var test = order.start.test();
    deliver(
        () -> runs.begin(order),
        delivered(test.id(), test.progress().attempt(), Event.Order.START),
        delivery ->
            new Event.OrderUndeliverable(
                simulation.now,
                description.id(),
                test.id(),
                test.progress().attempt(),
                Event.Order.START,
                delivery,
                "no route"));
  }

  void receive(Effect.StopRun stop) {
    int attempt = stop.test().progress().attempt();
    deliver(
        () -> runs.end(stop.test().id(), attempt),
        delivered(stop.test().id(), attempt, Event.Order.STOP),
        delivery ->
            new Event.OrderUndeliverable(
                simulation.now,
                description.id(),
                stop.test().id(),
                attempt,
                Event.Order.STOP,
                delivery,
                "no route"));
  }

  void receive(Effect.TellProduct tell) {
    deliver(
        () -> statuses.put(tell.product().id(), tell.product().status().text()),
        at -> new Event.NodeAnswered(at, description.id()),
        delivery -> unreachable());
  }

  void probed() {
    if (session.isPresent()) {
      boolean answers = session.get().isLive();
      var line = simulation.service.line();
      simulation.after(
          Duration.ofMillis(5),
          () ->
              line.accept(
                  answers
                      ? new Event.NodeAnswered(simulation.now, description.id())
                      : unreachable()));
    } else {
      deliver(
          () -> {}, at -> new Event.NodeAnswered(at, description.id()), delivery -> unreachable());
    }
  }

  private Function<Instant, Event> delivered(RuntimeId test, int attempt, Event.Order order) {
    return at -> new Event.OrderDelivered(at, description.id(), test, attempt, order);
  }

  Event unreachable() {
    return new Event.NodeUnreachable(simulation.now, description.id(), "no route");
  }

  /** In order; what fails, fails after a while. */
  private void deliver(
      Runnable message, Function<Instant, Event> answer, Function<Event.Delivery, Event> failure) {
    if (session.isPresent()) {
      session.get().order(message, answer, failure);
      return;
    }
    var service = simulation.service;
    var line = service.line();
    int sentIn = service.life();
    var arrival = simulation.now.plus(lateness());
    lastDelivery = arrival.isAfter(lastDelivery) ? arrival : lastDelivery;
    simulation.after(
        Duration.between(simulation.now, lastDelivery),
        () -> {
          boolean isThere = isUp && !isCutOff && !simulation.now.isBefore(portOpen);
          if (service.life() != sentIn && simulation.chance(0.5)) {
            return; // it had not left yet when the service was killed
          }
          boolean breaks = isThere && !simulation.isCalm() && simulation.chance(0.03);
          if (isThere && (!breaks || simulation.chance(0.5))) {
            message.run();
          }
          if (isThere && !breaks) {
            line.accept(answer.apply(simulation.now));
          } else {
            var delivery = breaks ? Event.Delivery.UNKNOWN : Event.Delivery.NEVER_ARRIVED;
            simulation.after(FAILURE, () -> line.accept(failure.apply(delivery)));
          }
        });
  }

  /** The service is gone, and with it what it had to say. */
  void serviceDied() {
    session.ifPresent(SimulatedSession::serviceDied);
  }

  void sessionEnds() {
    session.ifPresent(SimulatedSession::end);
  }

  // ---- what it says

  /** Late, lost, doubled, out of order. */
  void say(Function<Instant, Event> message) {
    if (session.isPresent()) {
      if (isUp) {
        session.get().say(message);
      }
      return;
    }
    if (!isUp || isCutOff) {
      return;
    }
    var copies = new ArrayList<Duration>();
    if (simulation.isCalm() || !simulation.chance(0.02)) {
      copies.add(lateness());
    }
    if (simulation.chance(0.1)) {
      copies.add(lateness());
    }
    copies.forEach(
        late -> simulation.after(late, () -> simulation.post(message.apply(simulation.now))));
  }

  private Duration lateness() {
    return simulation.chance(0.8)
        ? simulation.between(Duration.ofMillis(1), Duration.ofMillis(50))
        : simulation.between(Duration.ofMillis(50), Duration.ofSeconds(4));
  }

  /** Something of this life of the node. */
  void meanwhile(Duration delay, Runnable action) {
    int born = life;
    simulation.after(
        delay,
        () -> {
          if (isUp && life == born) {
            action.run();
          }
        });
  }
}
