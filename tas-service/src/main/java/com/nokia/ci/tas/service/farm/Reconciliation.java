package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings together what a node says it runs, when it begins a session, with what the farm knows.
 *
 * <p>A list may be late, repeated or wrong; so no product is free because of a list alone, only
 * when the node confirms that a run has ended, or its lease is over. An order to start a run that
 * has not arrived for certain may arrive yet, behind the list: such a run is not missed.
 */
final class Reconciliation {
  /** Of a longer list only so many runs are looked after; no node is given as many. */
  private static final int MOST_RUNS = 1_000;

  /** Nobody is known to have issued a run that the farm does not know. */
  private static final ClientId NOBODY = new ClientId(Endpoint.UNKNOWN);

  private final Turn turn;
  private final Books books;

  Reconciliation(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /** A node has all these runs and no other. */
  void reconcile(NodeId id, List<RunReference> list) {
    var listed = new TreeMap<String, RunReference>();
    list.stream().limit(MOST_RUNS).forEach(run -> listed.putIfAbsent(run.test().text(), run));
    for (var name : books.node(id).runs().keys().toList()) {
      var known = books.node(id).run(name);
      if (known.isEmpty()) {
        continue;
      }
      var run = known.get();
      var found = listed.remove(run.id().text());
      if (found == null) {
        missed(id, run);
      } else if (run.isMeantBy(found.attempt())) {
        found(id, run);
      } else {
        mistaken(id, run, found);
      }
    }
    listed.values().forEach(run -> foreign(id, run));
  }

  private void missed(NodeId id, Run run) {
    if (run.phase() instanceof Phase.Ending ending) {
      confirm(id, run, ending);
    } else if (run.phase() instanceof Phase.Starting starting && !starting.isDelivered()) {
      lost(id, run, starting);
    } else {
      books.put(books.node(id).with(run.missed(turn.now)));
    }
  }

  /** An order that is on its way may arrive yet; one of a service that was ended is given again. */
  private void lost(NodeId id, Run run, Phase.Starting starting) {
    if (starting.handover() == Phase.Handover.IN_DOUBT) {
      turn.runs.startAgain(id, run, starting);
    }
  }

  private void found(NodeId id, Run run) {
    if (run.phase() instanceof Phase.Ending ending) {
      confirm(id, run, ending);
    } else {
      books.put(books.node(id).with(run.delivered().found()));
    }
  }

  /** It is told to end once more, and has the time of a lease to say that it has. */
  private void confirm(NodeId id, Run run, Phase.Ending ending) {
    turn.runs.tellAgain(id, run, ending.prolonged(turn.now, books.settings.silence().lease()));
  }

  /** The node has another attempt at the test than it should: both are told to end. */
  private void mistaken(NodeId id, Run run, RunReference other) {
    countFrom(other);
    turn.effect(new Effect.StopRun(id, told(other)));
    if (run.phase() instanceof Phase.Ending ending) {
      confirm(id, run, ending);
    } else {
      turn.runs.abandon(
          id,
          run,
          Words.reason(
              Fault.NODE,
              "other-attempt",
              "node " + id + " has run " + other.attempt() + " of it instead"));
    }
    other.products().forEach(product -> hold(id, run.id(), product));
  }

  /** The node runs what it was not told to run, as far as is known here. */
  private void foreign(NodeId id, RunReference listed) {
    countFrom(listed);
    var told = told(listed);
    books.put(books.node(id).with(Run.foreign(told, turn.now, books.settings.silence().lease())));
    listed.products().forEach(product -> hold(id, listed.test(), product));
    turn.effect(new Effect.StopRun(id, told));
    turn.reports.moved(
        listed.test(),
        listed.attempt(),
        Optional.of(id),
        "unknown",
        "ending",
        "its node has it, and nobody wants it here");
    turn.remark(
        Severity.WARN,
        "node "
            + id
            + " runs test "
            + Words.quoted(listed.test().text())
            + ", which this service has not given it; it is told to end it");
  }

  /** The node may say more than once that this has ended; no run that is given has its number. */
  private void countFrom(RunReference run) {
    books.tests.get(run.test()).map(test -> test.countingFrom(run.attempt())).ifPresent(books::put);
  }

  private static TestDescription told(RunReference run) {
    var told =
        TestDescription.named(run.test())
            .with(TestStatus.STOPPED, "stopped by the service: it has no such run");
    return told.with(
        told.progress()
            .attempt(run.attempt())
            .reserving(
                run.products().stream()
                    .map(id -> ProductDescription.of(Map.of("imei", id.imei())))
                    .toList()));
  }

  /** A product turned up that a run which nobody wanted may be using. */
  void appeared(Product product) {
    for (var run : books.node(product.node()).runs()) {
      boolean isUsed =
          run.getValue().order().progress().reservedProducts().stream()
              .anyMatch(used -> used.id().equals(product.id()));
      if (isUsed && run.getValue().isEnding()) {
        hold(product.node(), run.getKey(), product.id());
      }
    }
  }

  /** A product stays taken until the run that uses it has ended, unless somebody has it. */
  private void hold(NodeId id, RuntimeId name, ProductId product) {
    var run = books.node(id).runs().at(name);
    books
        .products
        .get(product)
        .filter(known -> known.node().equals(id))
        .map(turn.scheduler::ungathered)
        .filter(known -> known.hold() instanceof Hold.Free)
        .ifPresent(
            known -> {
              var lease = books.settings.silence().lease();
              var reservation = new Hold.Reservation(name, run.attempt(), NOBODY, turn.now, lease);
              books.put(known.with(new Hold.Reserved(reservation, lease, /* givenBack= */ false)));
              var products = new ArrayList<>(run.products());
              products.add(product);
              books.put(books.node(id).with(run.holding(products)));
            });
  }
}
