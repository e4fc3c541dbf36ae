package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a test on a node. There is at most one run of a name on a node at a time, even of
 * different attempts: peers that do not speak of attempts could not tell them apart.
 *
 * @param order what the node was told to start, without the direct way to the client
 * @param reserved when it got its products
 * @param products in the order asked
 * @param phase how far it is
 * @param missed since when its node, which lists what it runs, does not list it
 * @param route how its node reaches the client, as it says; empty: it has not said
 * @param waitsFor what it waits for on its node before its executor starts, as the node says,
 *     without secrets; empty: nothing that is known
 */
public record Run(
    TestDescription order,
    Instant reserved,
    List<ProductId> products,
    Phase phase,
    Optional<Instant> missed,
    String route,
    String waitsFor) {

  /** How long a run may be missed: its last report may follow right behind the list. */
  static final Duration GRACE = Cooling.GAP;

  /** A run that its node shall start. */
  static Run starting(TestDescription order, Instant reserved, List<ProductId> products) {
    return new Run(
        order,
        reserved,
        products,
        new Phase.Starting(Phase.Handover.UNDER_WAY),
        Optional.empty(),
        /* route= */ "",
        /* waitsFor= */ "");
  }

  /** A run that nobody ordered: its node is told to end it. */
  static Run foreign(TestDescription told, Instant now, Duration lease) {
    var ending = new Phase.Starting(Phase.Handover.DONE).toEnding(now, lease);
    return new Run(told, now, List.of(), ending, Optional.empty(), /* route= */ "", "");
  }

  RuntimeId id() {
    return order.id();
  }

  int attempt() {
    return order.progress().attempt();
  }

  Run with(Phase newPhase) {
    String awaited = newPhase instanceof Phase.Starting ? waitsFor : "";
    return new Run(order, reserved, products, newPhase, missed, route, awaited);
  }

  /** The same without a product that turned up elsewhere. */
  Run without(ProductId product) {
    return holding(products.stream().filter(p -> !p.equals(product)).toList());
  }

  /** The same with other products. */
  Run holding(List<ProductId> newProducts) {
    return new Run(order, reserved, newProducts, phase, missed, route, waitsFor);
  }

  /** The same, not on the list of its node; since when counts from the first time. */
  Run missed(Instant now) {
    return new Run(
        order, reserved, products, phase, missed.or(() -> Optional.of(now)), route, waitsFor);
  }

  /** The same, and the order to start it has arrived. */
  Run delivered() {
    return phase instanceof Phase.Starting starting ? with(starting.toDelivered()) : this;
  }

  /** The same, and what became of the order to start it is not known unless it has arrived. */
  Run inDoubt() {
    return phase instanceof Phase.Starting starting ? with(starting.toInDoubt()) : this;
  }

  /** The same, and its node has it. */
  Run found() {
    return new Run(order, reserved, products, phase, Optional.empty(), route, waitsFor);
  }

  /** The same by another route to the client. */
  Run by(String newRoute) {
    return new Run(order, reserved, products, phase, missed, newRoute, waitsFor);
  }

  /** The same, which waits on its node. */
  Run waitingFor(String what) {
    return new Run(order, reserved, products, phase, missed, route, what);
  }

  /** The same, which is ending, and its products stay with its issuer. */
  Run keeping() {
    return phase instanceof Phase.Ending ending ? with(ending.toKeeping()) : this;
  }

  /** When it is taken for gone, unless its node speaks of it before. */
  Optional<Instant> goneAt() {
    return isEnding() ? Optional.empty() : missed.map(since -> Deadline.after(since, GRACE));
  }

  boolean isEnding() {
    return phase instanceof Phase.Ending;
  }

  /** When it is taken for ended, if it was told to end. */
  Optional<Instant> endsAt() {
    return phase instanceof Phase.Ending ending ? Optional.of(ending.until()) : Optional.empty();
  }

  /** When its executor started. */
  Optional<Instant> started() {
    return phase instanceof Phase.Active active ? Optional.of(active.started()) : Optional.empty();
  }

  /** Whether a list or a report that names this attempt is about this run; 0 names none. */
  boolean isMeantBy(int reported) {
    return reported == 0 || reported == attempt();
  }

  /**
   * Whether a report is about this run. One without an attempt, or with that of a test that ended
   * long ago, may be late by any time: it is known by its products, which were reserved before
   * those of this run, or of which this run has none.
   */
  boolean isMeantBy(Event.RunReported report) {
    return isMeantBy(report.attempt()) && report.reserved().map(this::mayHave).orElse(true);
  }

  private boolean mayHave(Instant reservedSince) {
    boolean needsProducts = order.demand().target() == Target.FLASH;
    return order
        .progress()
        .reservedSince()
        .map(told -> !reservedSince.isBefore(told))
        .orElse(needsProducts); // what was found running may have had any
  }
}
