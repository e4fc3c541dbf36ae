package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Instant;
import java.util.Optional;

/** The rules of products that persons have in hand. */
final class Hands {
  private Hands() {}

  /**
   * Why a person cannot take a product, keep it for longer or give it back: a sentence.
   *
   * @param test the run that has it, or had it and left it to its issuer
   * @param taken who has it in hand
   */
  static Optional<String> complaint(
      Optional<RuntimeId> test, Optional<Health.Taken> taken, PersonsOrder order, Instant now) {
    boolean isTheirs = taken.filter(it -> it.who().equals(order.who())).isPresent();
    if (order.kind() == PersonsOrder.Kind.TAKE) {
      if (test.isPresent()) {
        return Optional.of("test " + test.get() + " has it");
      }
      if (taken.isPresent() && !isTheirs) {
        return taken.map(it -> "it is " + HealthWords.taken(it));
      }
    } else if (!isTheirs) {
      return Optional.of(
          "it is not in the hands of "
              + Words.oneLine(order.who())
              + taken.map(it -> ", but " + HealthWords.taken(it)).orElse(""));
    }
    return order.kind() == PersonsOrder.Kind.GIVE_BACK
            || order.until().filter(now::isBefore).isPresent()
        ? Optional.empty()
        : Optional.of("the order does not say until when, or that time is over");
  }

  /** Whose hands a product is in behind an order that nothing stands against. */
  static Optional<Health.Taken> after(
      Optional<Health.Taken> taken, PersonsOrder order, Instant now) {
    var since = taken.map(Health.Taken::since).orElse(now);
    String why =
        order.kind() == PersonsOrder.Kind.EXTEND && order.why().isBlank()
            ? taken.map(Health.Taken::why).orElse("")
            : order.why();
    return order.kind() == PersonsOrder.Kind.GIVE_BACK
        ? Optional.empty()
        : order.until().map(until -> new Health.Taken(order.who(), why, since, until));
  }
}
