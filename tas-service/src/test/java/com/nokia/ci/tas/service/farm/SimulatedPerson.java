package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.PersonsOrder.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person who looks after a simulated farm: takes products in hand and gives them back, or forgets
 * to; disables and drains products and nodes for a while; and frees what somebody has. Or one who
 * decides what is urgent.
 */
final class SimulatedPerson {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofMinutes(6);

  /** What is said of products, the more often the more likely. */
  private static final List<Kind> OF_PRODUCTS =
      List.of(
          Kind.TAKE,
          Kind.TAKE,
          Kind.TAKE,
          Kind.EXTEND,
          Kind.GIVE_BACK,
          Kind.DRAIN,
          Kind.DISABLE,
          Kind.ENABLE);

  private static final List<Kind> OF_NODES = List.of(Kind.DRAIN, Kind.DISABLE, Kind.ENABLE);

  private final Simulation simulation;
  private final String name;

  SimulatedPerson(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  void begin() {
    simulation.after(simulation.between(BUSY, IDLE), this::act);
  }

  /** Gives tests that are there, and such that are not, other priorities. */
  void beginPrioritising() {
    simulation.after(simulation.between(MOMENT, BUSY), this::prioritise);
  }

  private void prioritise() {
    if (simulation.isPeace()) {
      return;
    }
    var tests = simulation.farm().books().tests.keys().map(RuntimeId::test).toList();
    var test = tests.isEmpty() ? Cast.test("nothing") : simulation.oneOf(tests);
    int priority = simulation.random.nextInt(9) - 4;
    simulation.post(new Event.PriorityOrdered(simulation.now, test, name, priority));
    simulation.after(simulation.between(MOMENT, BUSY), this::prioritise);
  }

  private void act() {
    if (simulation.isPeace()) {
      return;
    }
    var product = Cast.product(1 + simulation.random.nextInt(simulation.make.products()));
    if (simulation.chance(0.1)) {
      var node = Cast.node(1 + simulation.random.nextInt(simulation.make.nodes())).id();
      var order = order(simulation.oneOf(OF_NODES));
      simulation.post(new Event.NodeOrdered(simulation.now, node, order));
    } else if (simulation.chance(0.05) && !simulation.isCalm()) {
      simulation.post(new Event.ReleaseOrdered(simulation.now, product, name, "it was forgotten"));
    } else {
      var order = order(simulation.oneOf(OF_PRODUCTS));
      simulation.post(new Event.ProductOrdered(simulation.now, product, order));
    }
    simulation.after(simulation.between(BUSY, IDLE), this::act);
  }

  /** Some are too late, and some have no end where they need one. */
  private PersonsOrder order(Kind kind) {
    Instant until = simulation.now.plus(simulation.between(Duration.ZERO, LONGEST));
    boolean mayBeForgotten = kind.isOfHands() && simulation.chance(0.1);
    return new PersonsOrder(
        kind, name, "a look at it", mayBeForgotten ? Optional.empty() : Optional.of(until));
  }
}
