package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A client that wants this and that of a simulated farm. */
final class SimulatedClient {
  private static final Duration MOMENT = Duration.ofSeconds(3);

  final ClientId id;
  private final Simulation simulation;
  private boolean isGone;

  SimulatedClient(Simulation simulation, ClientId id) {
    this.id = id;
    this.simulation = simulation;
  }

  void begin() {
    simulation.after(simulation.between(Duration.ZERO, Duration.ofMinutes(3)), this::act);
  }

  void vanish() {
    isGone = true;
    if (simulation.chance(0.5)) {
      simulation.post(new Event.ClientLeft(simulation.now, id));
    }
    simulation.after(
        simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(20)), () -> isGone = false);
  }

  private void act() {
    if (simulation.isPeace()) {
      return;
    }
    if (!isGone) {
      submit();
    }
    simulation.after(simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(1)), this::act);
  }

  private void submit() {
    String name = "t" + simulation.random.nextInt(40);
    var test = test(name);
    var wish = wish(test);
    simulation.post(new Event.TestSubmitted(simulation.now, id, test, wish));
    if (simulation.chance(0.05)) {
      simulation.after(
          MOMENT, () -> simulation.post(new Event.TestSubmitted(simulation.now, id, test, wish)));
    }
    if (simulation.chance(0.15)) {
      var by = simulation.chance(0.5) ? id.endpoint() : new Endpoint("admin.test", 7);
      simulation.after(
          simulation.between(Duration.ZERO, Duration.ofMinutes(5)),
          () ->
              simulation.post(
                  new Event.StopRequested(simulation.now, by, RuntimeId.of(name), "enough")));
    }
    if (simulation.chance(0.2)) {
      simulation.after(
          simulation.between(Duration.ZERO, Duration.ofMinutes(5)),
          () ->
              simulation.post(
                  new Event.CheckRequested(simulation.now, id.endpoint(), Cast.test(name))));
    }
  }

  private TestDescription test(String name) {
    var test =
        switch (simulation.random.nextInt(10)) {
          case 0 -> Cast.nose(name);
          case 1, 2 -> Cast.manual(name);
          default -> Cast.flash(name);
        };
    int priority = simulation.chance(0.5) ? 0 : simulation.random.nextInt(5) - 2;
    return Cast.within(
        test.with(test.demand().priority(priority)),
        simulation.between(Duration.ofMinutes(1), Duration.ofMinutes(30)));
  }

  private Wanted wish(TestDescription test) {
    if (test.demand().target() == Target.NOSE) {
      return simulation.chance(0.5)
          ? Cast.wanted()
          : Cast.wanted(Cast.demand("hostname", "node1.test"));
    }
    var kind = Cast.demand("rm-code", "RM-" + simulation.random.nextInt(3));
    var other = Cast.demand("rm-code", "RM-" + simulation.random.nextInt(3));
    return switch (simulation.random.nextInt(8)) {
      case 0 -> Cast.wanted(Cast.demand("imei", Cast.product(1).imei()));
      case 1 -> Cast.wanted(Cast.demand("role", "remote"), Cast.demand());
      case 2 -> Cast.wanted(kind, other);
      case 3 -> Cast.wanted(Cast.demand(), kind);
      case 4 -> Cast.wanted(kind, other, Cast.demand());
      case 5 -> Cast.wanted(Cast.demand());
      default -> Cast.wanted(kind);
    };
  }

  /** A message arrives, or not. */
  void receive(Optional<Effect.TellClient> message) {
    boolean wasGone = isGone;
    simulation.after(
        wasGone ? MOMENT : Duration.ofMillis(5),
        () -> {
          if (wasGone) {
            simulation.post(new Event.ClientUnreachable(simulation.now, id, "no route"));
          } else {
            simulation.post(new Event.ClientSeen(simulation.now, id));
            message.ifPresent(this::read);
          }
        });
  }

  private void read(Effect.TellClient message) {
    var test = message.test();
    boolean keeps =
        test.demand().releasingMode() == ReleasingMode.MANUAL
            && test.progress().status() == TestStatus.FINISHED;
    if (keeps && simulation.chance(0.8)) {
      var products = test.progress().reservedProducts();
      simulation.after(
          simulation.between(Duration.ZERO, Duration.ofMinutes(3)), () -> release(products));
    }
  }

  private void release(List<ProductDescription> products) {
    for (var product : products) {
      simulation.post(
          new Event.ProductReported(
              simulation.now, id.endpoint(), Event.Report.UPDATED, Cast.free(product.id())));
    }
  }
}
