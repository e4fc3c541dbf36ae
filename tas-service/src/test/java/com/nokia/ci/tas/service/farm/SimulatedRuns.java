package com.nokia.ci.tas.service.farm;

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

/** The processes that really run on a node, and what it says of them. */
final class SimulatedRuns {
  private static final Duration STEP = Duration.ofSeconds(3);

  /** How late a report may be that is repeated until it is taken. */
  private static final Duration LATEST = Duration.ofMinutes(2);

  private final World world;
  private final Simulation simulation;
  private final SimulatedNode node;

  /** Whether it names attempts in its reports. */
  private final boolean names;

  /** Whether it carries out no order twice in one life. */
  private final boolean remembers;

  private final Map<RuntimeId, Execution> executions = new TreeMap<>();

  /** The last words of this life, if it remembers them: no order is carried out twice. */
  private final Map<RuntimeId, LastWord> ended = new TreeMap<>();

  /** Runs that came to their end by themselves: their results are kept, whatever happens to it. */
  private final Set<RuntimeId> results = new TreeSet<>();

  /** A process that really runs. */
  record Execution(World.Order order, int attempt) {}

  private record LastWord(Execution execution, TestStatus status) {}

  SimulatedRuns(World world, SimulatedNode node, boolean names, boolean remembers) {
    this.world = world;
    this.node = node;
    this.names = names;
    this.remembers = remembers;
    simulation = world.simulation;
  }

  /** The processes that really use a product that is really here. */
  List<Execution> users(ProductId product) {
    if (!node.plugged.contains(product)) {
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

  /** The life of the node is over, and with it all that it ran. */
  void forget() {
    executions.clear();
    ended.clear();
  }

  /** Nothing runs any more. */
  void stop() {
    executions.clear();
  }

  /** Says that everything has failed. */
  void giveUp() {
    executions.values().forEach(execution -> report(execution, TestStatus.FAILED));
  }

  /** Carries out an order, unless it has done so before. */
  void begin(World.Order order) {
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
      node.meanwhile(
          simulation.between(Duration.ofMillis(5), STEP),
          () -> ifRuns(id, execution, () -> report(execution, TestStatus.STARTED)));
    }
    if (isOfCalm() || !simulation.chance(0.1)) {
      node.meanwhile(
          simulation.between(STEP, Duration.ofMinutes(simulation.chance(0.3) ? 20 : 1)),
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

  /** Ends an attempt, or says how it ended. */
  void end(RuntimeId id, int attempt) {
    var execution = Optional.ofNullable(executions.get(id));
    if (execution.isPresent() && (!names || execution.get().attempt() == attempt)) {
      node.meanwhile(
          simulation.between(Duration.ZERO, STEP),
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
    if (remembers) {
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
    node.say(
        at ->
            new Event.RunReported(
                at, node.description.id(), id, attempt, status, "so it was", Optional.empty()));
  }

  /** One that knows no attempts repeats what it was told of the products, and may be very late. */
  private void reportAsEarlier(World.Order order, TestStatus status) {
    var test = order.start.test();
    Function<Instant, Event> report =
        at ->
            new Event.RunReported(
                at,
                node.description.id(),
                test.id(),
                /* attempt= */ 0,
                status,
                "so it was",
                Optional.empty(),
                /* route= */ "",
                /* code= */ "",
                test.progress().reservedSince());
    node.say(report);
    if (!order.products().isEmpty() && simulation.chance(0.3)) {
      simulation.after(
          simulation.between(Cooling.GAP, LATEST),
          () -> simulation.post(report.apply(simulation.now)));
    }
  }

  /** All that it runs, as it says; it may be mistaken. */
  Function<Instant, Event> list() {
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
      list.add(new RunReference(name, 1, List.copyOf(node.plugged)));
    }
    return at -> new Event.NodeRegistered(at, node.description, Optional.of(List.copyOf(list)));
  }
}
