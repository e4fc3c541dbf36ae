package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node as the farm knows it.
 *
 * @param contact whether it can be talked to
 * @param runs what it was told to run and has not ended for certain
 * @param cooling names that it must not be told to start yet
 * @param products every product that was last seen here
 * @param gatherers the tests that products are kept for here, by claim
 * @param lists whether it says what it runs when it registers
 * @param standing whether it is fit for tests
 */
record Node(
    NodeDescription description,
    Contact contact,
    Table<RuntimeId, Run> runs,
    Cooling cooling,
    Table<ProductId, ProductId> products,
    Table<Rank, RuntimeId> gatherers,
    boolean lists,
    Health standing) {

  static Node of(NodeDescription description, Contact contact) {
    return new Node(
        description,
        contact,
        Table.empty(),
        Cooling.NONE,
        Table.empty(),
        Table.empty(),
        /* lists= */ false,
        Health.GOOD);
  }

  NodeId id() {
    return description.id();
  }

  Node with(NodeDescription newDescription) {
    return new Node(newDescription, contact, runs, cooling, products, gatherers, lists, standing);
  }

  Node with(Contact newContact) {
    return new Node(description, newContact, runs, cooling, products, gatherers, lists, standing);
  }

  Node with(Run run) {
    return new Node(
        description,
        contact,
        runs.with(run.id(), run),
        cooling,
        products,
        gatherers,
        lists,
        standing);
  }

  Node without(RuntimeId run) {
    return new Node(
        description, contact, runs.without(run), cooling, products, gatherers, lists, standing);
  }

  Node cooling(Cooling newCooling) {
    return new Node(description, contact, runs, newCooling, products, gatherers, lists, standing);
  }

  Node holding(Table<ProductId, ProductId> newProducts) {
    return new Node(description, contact, runs, cooling, newProducts, gatherers, lists, standing);
  }

  Node gathering(Table<Rank, RuntimeId> newGatherers) {
    return new Node(description, contact, runs, cooling, products, newGatherers, lists, standing);
  }

  /** The same, which says what it runs when it registers, or does not. */
  Node listing(boolean newLists) {
    return new Node(description, contact, runs, cooling, products, gatherers, newLists, standing);
  }

  Node with(Health newStanding) {
    return new Node(description, contact, runs, cooling, products, gatherers, lists, newStanding);
  }

  /** Whether a run of this name may be started here. */
  boolean admits(RuntimeId run) {
    return !runs.contains(run) && !cooling.contains(run);
  }

  /** When something has to happen to it. */
  Instant due(FarmSettings settings) {
    var own = ownDue(settings);
    return standing.due().map(due -> Deadline.earlier(due, own)).orElse(own);
  }

  /** When it is forgotten, unless it comes back before. */
  Instant forgottenAt(FarmSettings settings) {
    return Deadline.after(contact.seen(), settings.bounds().absence());
  }

  private Instant ownDue(FarmSettings settings) {
    if (contact.left()) {
      return Stream.concat(
              runs.values().flatMap(run -> run.endsAt().stream()),
              cooling.first().map(Dues.Due::at).stream())
          .min(Instant::compareTo)
          .orElse(contact.seen());
    }
    if (contact.isLost()) {
      return forgottenAt(settings);
    }
    var silence = settings.silence();
    var due = Deadline.earlier(contact.lostAt(silence), contact.probeAt(silence));
    for (var entry : runs) {
      if (entry.getValue().phase() instanceof Phase.Ending ending) {
        var again = Deadline.after(ending.told(), silence.nodeCheckPeriod());
        due = Deadline.earlier(due, Deadline.earlier(again, ending.until()));
      }
      var gone = entry.getValue().goneAt();
      due = gone.isPresent() ? Deadline.earlier(due, gone.get()) : due;
    }
    var cold = cooling.first();
    return cold.isPresent() ? Deadline.earlier(due, cold.get().at()) : due;
  }

  /** Whether it has no run, and none has ended there just now. */
  boolean isIdle() {
    return runs.isEmpty() && cooling.first().isEmpty();
  }

  Optional<Run> run(RuntimeId id) {
    return runs.get(id);
  }
}
