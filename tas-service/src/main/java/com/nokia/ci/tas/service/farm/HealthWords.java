package com.nokia.ci.tas.service.farm;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a product or a node is given to no test, and since when. */
final class HealthWords {
  private HealthWords() {}

  /** Nothing when it may be given. */
  static Optional<String> why(Health health) {
    var reasons = new ArrayList<String>();
    health.order().map(HealthWords::ordered).ifPresent(reasons::add);
    health.taken().map(HealthWords::taken).ifPresent(reasons::add);
    health.outage().map(outage -> failed(health, outage)).ifPresent(reasons::add);
    health.flapping().held().map(HealthWords::unsteady).ifPresent(reasons::add);
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  private static String ordered(Health.Ordered ordered) {
    var order = ordered.order();
    return Words.withDetail(
        (order.kind() == PersonsOrder.Kind.DRAIN ? "drained by " : "disabled by ")
            + Words.oneLine(order.who())
            + " since "
            + time(ordered.since())
            + order.until().map(end -> " until " + time(end)).orElse(""),
        order.why());
  }

  /** Who has a product in hand, and until when. */
  static String taken(Health.Taken taken) {
    return Words.withDetail(
        "in the hands of "
            + Words.oneLine(taken.who())
            + " since "
            + time(taken.since())
            + " until "
            + time(taken.until()),
        taken.why());
  }

  private static String failed(Health health, Health.Outage outage) {
    return "out of use since "
        + time(outage.since())
        + ": "
        + tests(health.strikes())
        + " failed in a row by no fault of their own, the last because "
        + last(health.strikes())
        + outage
            .until()
            .map(end -> "; it is tried again at " + time(end))
            .orElse("; a person has to enable it");
  }

  /** The tests whose failures are held against something. */
  static String tests(List<Health.Strike> strikes) {
    return strikes.stream()
        .map(strike -> strike.test().value())
        .collect(Collectors.joining(", ", strikes.size() == 1 ? "test " : "tests ", ""));
  }

  private static String last(List<Health.Strike> strikes) {
    return strikes.isEmpty() ? "of nothing" : strikes.get(strikes.size() - 1).why();
  }

  private static String unsteady(Flapping.Hold held) {
    return "held back since "
        + time(held.since())
        + ": it came and went "
        + held.times()
        + " times of late, and has to be steady until "
        + time(held.until());
  }

  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
