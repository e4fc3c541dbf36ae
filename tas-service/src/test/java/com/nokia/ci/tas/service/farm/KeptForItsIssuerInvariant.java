package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a finished test had whose issuer gives its products back is given to no other before that,
 * nor before the time of the test is over (guide, "Products releasing mode").
 */
final class KeptForItsIssuerInvariant implements Invariant {
  private final Map<ProductId, Kept> kept = new TreeMap<>();

  /** Products that somebody gave back since their present runs got them. */
  private final Set<ProductId> givenBack = new TreeSet<>();

  /** At least until when a product is kept, and for which test. */
  private record Kept(String test, Instant until) {}

  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    if (event instanceof Event.ProductReported report && isOfNoNode(simulation, report)) {
      givenBack.add(report.product().id());
      kept.remove(report.product().id());
    } else if (event instanceof Event.ReleaseOrdered order) {
      kept.remove(order.product());
    }
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded ended) {
        keep(ended.test());
      } else if (effect instanceof Effect.StartRun start) {
        start
            .test()
            .progress()
            .reservedProducts()
            .forEach(product -> given(product.id(), start, event.at()));
      }
    }
  }

  private static boolean isOfNoNode(Simulation simulation, Event.ProductReported report) {
    return simulation.world.node(new NodeId(report.from())) == null;
  }

  private void keep(EndedTest ended) {
    boolean isKept =
        ended.verdict() == EndedTest.Verdict.FINISHED
            && ended.test().demand().releasingMode() == ReleasingMode.MANUAL;
    if (isKept) {
      var until = ended.times().received().plus(ended.test().progress().timeout());
      used(ended).stream()
          .filter(product -> !givenBack.contains(product))
          .forEach(product -> kept.put(product, new Kept(ended.test().id().text(), until)));
    }
  }

  /** What the last runs had, each part its own. */
  private static Collection<ProductId> used(EndedTest ended) {
    var runs = ended.runs();
    if (ended.parts().isEmpty()) {
      return runs.isEmpty() ? List.of() : runs.get(runs.size() - 1).products();
    }
    return ended.parts().stream().flatMap(part -> part.products().stream()).toList();
  }

  private void given(ProductId product, Effect.StartRun start, Instant at) {
    givenBack.remove(product);
    var before = kept.remove(product);
    if (before != null && at.isBefore(before.until())) {
      throw new Violation(
          "product "
              + product
              + " is given to "
              + start.test().id()
              + " and kept for the issuer of "
              + before.test());
    }
  }
}
