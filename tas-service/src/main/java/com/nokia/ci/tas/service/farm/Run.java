package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a test on a node. There is at most one run of a name on a node at a time, even of
 * different attempts: peers that do not speak of attempts could not tell them apart.
 *
 * @param order what the node was told to start
 * @param reserved when it got its products
 * @param products in the order asked
 * @param phase how far it is
 */
record Run(TestDescription order, Instant reserved, List<ProductId> products, Phase phase) {
  RuntimeId id() {
    return order.id();
  }

  int attempt() {
    return order.progress().attempt();
  }

  Run with(Phase newPhase) {
    return new Run(order, reserved, products, newPhase);
  }

  /** The same without a product that turned up elsewhere. */
  Run without(ProductId product) {
    return new Run(
        order, reserved, products.stream().filter(p -> !p.equals(product)).toList(), phase);
  }

  boolean isEnding() {
    return phase instanceof Phase.Ending;
  }

  /** When its executor started. */
  Optional<Instant> started() {
    return phase instanceof Phase.Active active ? Optional.of(active.started()) : Optional.empty();
  }

  /** Whether a report that names this attempt is about this run; 0 names none. */
  boolean isMeantBy(int reported) {
    return reported == 0 || reported == attempt();
  }
}
