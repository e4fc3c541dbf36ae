package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.Comparison.Relation;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Duration;
import java.util.List;

/** Tests that the clients of a simulated farm make up, and what these need. */
final class SimulatedTests {
  /** Also counts while the service is away. */
  private static final Duration CALM = Duration.ofHours(12);

  /** One of them is asked outside, and does what it likes. */
  private static final List<String> DISTRIBUTIONS =
      List.of("", "default", "perpackage", "balanced", "own");

  private final Simulation simulation;
  private final Event.Line line;

  /** For a client whose messages come on such a line. */
  SimulatedTests(Simulation simulation, Event.Line line) {
    this.simulation = simulation;
    this.line = line;
  }

  /** A test of some name. */
  TestDescription test(String name) {
    var test =
        switch (simulation.random.nextInt(10)) {
          case 0 -> Cast.nose(name);
          case 1, 2 -> simulation.isCalm() ? Cast.flash(name) : Cast.manual(name);
          default -> Cast.flash(name);
        };
    int priority = simulation.chance(0.5) ? 0 : simulation.random.nextInt(5) - 2;
    var timeout =
        simulation.isCalm()
            ? CALM
            : simulation.between(Duration.ofMinutes(1), Duration.ofMinutes(30));
    var wanted = test.with(test.demand().priority(priority));
    return Cast.within(mayBeDetached(wanted) ? detached(wanted) : packed(wanted), timeout);
  }

  private boolean mayBeDetached(TestDescription test) {
    return simulation.make.is(Make.Trait.DETACHING)
        && line == Event.Line.SESSION
        && test.demand().releasingMode() == ReleasingMode.AUTOMATIC
        && simulation.chance(0.6);
  }

  private TestDescription detached(TestDescription test) {
    simulation.world.detached.add(test.id());
    return test.with(test.origin().bound(Bond.DETACHED));
  }

  /** Some tests have packages. */
  private TestDescription packed(TestDescription test) {
    if (!simulation.chance(0.25)) {
      return test;
    }
    var all = Cast.packed("any", "a", "b", "c", "d", "e").execution().packages();
    var packages = all.subList(0, 1 + simulation.random.nextInt(all.size()));
    return test.with(test.execution().with(test.execution().artifacts(), packages))
        .with(test.demand().distribution(simulation.oneOf(DISTRIBUTIONS)));
  }

  /** What such a test may need. */
  Wanted wish(TestDescription test) {
    if (test.demand().target() == Target.NOSE) {
      return simulation.chance(0.5)
          ? Cast.wanted()
          : Cast.wanted(Cast.demand("hostname", "node1.test"));
    }
    if (simulation.make.is(Make.Trait.COMPARING)) {
      return simulation.chance(0.5) ? Cast.wanted(compared()) : Cast.wanted(compared(), compared());
    }
    var kind = Cast.demand("rm-code", "RM-" + simulation.random.nextInt(3));
    var other = Cast.demand("rm-code", "RM-" + simulation.random.nextInt(3));
    return switch (simulation.random.nextInt(10)) {
      case 0 -> Cast.wanted(Cast.demand("imei", Cast.product(1).imei()));
      case 1 -> Cast.wanted(Cast.demand("role", "remote"), Cast.demand());
      case 2 -> Cast.wanted(kind, other);
      case 3 -> Cast.wanted(Cast.demand(), kind);
      case 4 -> Cast.wanted(kind, other, Cast.demand());
      case 5 -> Cast.wanted(Cast.demand());
      case 6 -> Cast.wanted(charged(kind), Cast.demand());
      case 7 -> Cast.wanted(charged(simulation.chance(0.5) ? kind : Cast.demand()));
      default -> Cast.wanted(kind);
    };
  }

  /** With a battery that products have now and then. */
  private ProductDemand charged(ProductDemand demand) {
    var relation = simulation.chance(0.5) ? Relation.AT_LEAST : Relation.BELOW;
    return charged(demand, relation, 10 * (3 + simulation.random.nextInt(5)));
  }

  /** A comparison that hardly another test makes. */
  private ProductDemand compared() {
    var relation = simulation.chance(0.5) ? Relation.AT_LEAST : Relation.BELOW;
    return charged(Cast.demand(), relation, simulation.random.nextInt(100));
  }

  private static ProductDemand charged(ProductDemand demand, Relation relation, int battery) {
    var bound = new DottedNumber(Integer.toString(battery));
    return new ProductDemand(demand.clauses(), List.of(new Comparison("battery", relation, bound)));
  }
}
