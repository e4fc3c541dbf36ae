package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A node as it really is, whatever the farm believes. */
final class SimulatedNode {
  private static final Duration NOTHING = Duration.ZERO;
  private static final Duration FAILURE = Duration.ofSeconds(3);

  /** How late a report may be that is repeated until it is taken. */
  private static final Duration LATEST = Duration.ofMinutes(2);

  final NodeDescription description;
  final TreeSet<ProductId> plugged = new TreeSet<>();

  private final World world;
  private final Simulation simulation;

  /** Whether it names attempts in its reports. */
  private final boolean names;

  private final Optional<SimulatedSession> session;

  private final Map<RuntimeId, Execution> executions = new TreeMap<>();

  /** The last words of this life, if it keeps sessions: no order is carried out twice. */
  private final Map<RuntimeId, LastWord> ended = new TreeMap<>();

  /** Runs that came to their end by themselves: their results are kept, whatever happens to it. */
  private final Set<RuntimeId> results = new TreeSet<>();

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

  /** A process that really runs. */
  record Execution(World.Order order, int attempt) {}

  private record LastWord(Execution execution, TestStatus status) {}

  SimulatedNode(World world, NodeDescription description, Kind kind) {
    this.world = world;
    this.description = description;
    names = kind != Kind.EARLIER;
    simulation = world.simulation;
    session =
        kind == Kind.SESSION
            ? Optional.of(new SimulatedSession(simulation, this))
            : Optional.empty();
  }

  /** The processes that really use a product that is really here. */
  List<Execution> users(ProductId product) {
    if (!plugged.contains(product)) {
      return List.of();
    }
    return executions.values().stream()
        .filter(execution -> execution.order().products().contains(product))
        .toList();
  }

  /** Whether it has the results of a run. */
  boolean hasResults(RuntimeId run) {
    return results.contains(run);
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
    executions.clear();
    ended.clear();
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
      for (var execution : executions.values()) {
        report(execution, TestStatus.FAILED);
      }
      say(at -> new Event.NodeLeft(at, description.id()));
      if (session.isPresent()) {
        executions.clear();
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
        () -> begin(order),
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
        () -> end(stop.test().id(), attempt),
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

  private void begin(World.Order order) {
    var id = order.start.test().id();
    if (executions.containsKey(id)) {
      return;
    }
    var execution = new Execution(order, order.start.test().progress().attempt());
    var before = Optional.ofNullable(ended.get(id)).filter(it -> it.execution().equals(execution));
    if (before.isPresent()) {
      report(execution, before.get().status());
      return;
    }
    executions.put(id, execution);
    world.begun++;
    if (simulation.isCalm() || !simulation.chance(0.05)) {
      meanwhile(
          simulation.between(Duration.ofMillis(5), Duration.ofSeconds(3)),
          () -> ifRuns(id, execution, () -> report(execution, TestStatus.STARTED)));
    }
    if (isOfCalm() || !simulation.chance(0.1)) {
      meanwhile(
          simulation.between(
              Duration.ofSeconds(3), Duration.ofMinutes(simulation.chance(0.3) ? 20 : 1)),
          () -> ifRuns(id, execution, () -> complete(id, execution)));
    }
  }

  /** Whether no executor fails, ever. */
  private boolean isOfCalm() {
    return !simulation.mischief.isOfPeers();
  }

  private void complete(RuntimeId id, Execution execution) {
    executions.remove(id);
    boolean succeeds = isOfCalm() || !simulation.chance(0.35);
    execution.order().hasSucceeded = succeeds;
    results.add(id);
    reportEnd(id, execution, succeeds ? TestStatus.FINISHED : TestStatus.FAILED);
  }

  private void end(RuntimeId id, int attempt) {
    var execution = Optional.ofNullable(executions.get(id));
    if (execution.isPresent() && (!names || execution.get().attempt() == attempt)) {
      meanwhile(
          simulation.between(NOTHING, FAILURE),
          () ->
              ifRuns(
                  id,
                  execution.get(),
                  () -> {
                    executions.remove(id);
                    reportEnd(id, execution.get(), TestStatus.FAILED);
                  }));
    } else if (names) {
      var last = Optional.ofNullable(ended.get(id));
      reportAs(
          id,
          attempt,
          last.filter(it -> it.execution().attempt() == attempt)
              .map(LastWord::status)
              .orElse(TestStatus.FAILED));
    }
  }

  private void ifRuns(RuntimeId id, Execution execution, Runnable action) {
    if (execution.equals(executions.get(id))) {
      action.run();
    }
  }

  private void reportEnd(RuntimeId id, Execution execution, TestStatus status) {
    if (session.isPresent()) {
      ended.put(id, new LastWord(execution, status));
    }
    report(execution, status);
  }

  private void report(Execution execution, TestStatus status) {
    var id = execution.order().start.test().id();
    if (!names && simulation.make.is(Make.Trait.LATE)) {
      reportAsEarlier(execution.order(), status);
      return;
    }
    reportAs(id, names ? execution.attempt() : 0, status);
    if (!names && simulation.chance(0.3)) {
      reportAs(id, 0, status); // earlier nodes repeat themselves
    }
  }

  private void reportAs(RuntimeId id, int attempt, TestStatus status) {
    say(
        at ->
            new Event.RunReported(
                at, description.id(), id, attempt, status, "so it was", Optional.empty()));
  }

  /** One that knows no attempts repeats what it was told of the products, and may be very late. */
  private void reportAsEarlier(World.Order order, TestStatus status) {
    var test = order.start.test();
    Function<Instant, Event> report =
        at ->
            new Event.RunReported(
                at,
                description.id(),
                test.id(),
                /* attempt= */ 0,
                status,
                "so it was",
                Optional.empty(),
                /* route= */ "",
                /* code= */ "",
                test.progress().reservedSince());
    say(report);
    if (!order.products().isEmpty() && simulation.chance(0.3)) {
      simulation.after(
          simulation.between(Cooling.GAP, LATEST),
          () -> simulation.post(report.apply(simulation.now)));
    }
  }

  /** The service is gone, and with it what it had to say. */
  void serviceDied() {
    session.ifPresent(SimulatedSession::serviceDied);
  }

  void sessionEnds() {
    session.ifPresent(SimulatedSession::end);
  }

  /** All that it runs, as it says; it may be mistaken. */
  Function<Instant, Event> listOfRuns() {
    var list = new ArrayList<RunReference>();
    for (var entry : executions.entrySet()) {
      boolean lies = !simulation.isCalm() && simulation.chance(0.1);
      int attempt = entry.getValue().attempt() + (lies && simulation.chance(0.5) ? 1 : 0);
      if (!lies || attempt > entry.getValue().attempt()) {
        list.add(new RunReference(entry.getKey(), attempt, entry.getValue().order().products()));
      }
    }
    if (!simulation.isCalm() && simulation.chance(0.1)) {
      var name = RuntimeId.of("t" + simulation.random.nextInt(40));
      list.add(new RunReference(name, 1, List.copyOf(plugged)));
    }
    return at -> new Event.NodeRegistered(at, description, Optional.of(List.copyOf(list)));
  }

  // ---- what it says

  /** Late, lost, doubled, out of order. */
  private void say(Function<Instant, Event> message) {
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
  private void meanwhile(Duration delay, Runnable action) {
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
