package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decisions of a node (guide, "Test execution flow" 3): what to do next for each run, and which
 * runs stand in the way of one that is wanted.
 *
 * <p>Used by one thread. Deterministic: the same events give the same effects. A run that is wanted
 * begins when no other holds its name or one of its products; whichever does is ended first, for
 * the service grants a product to one run at a time, sends its orders in order, and so the last
 * word counts.
 */
public final class Node {
  private static final Reason SHUTTING_DOWN =
      new Reason(Fault.NODE, "node-ends", "stopped by its node, which is shutting down");

  private final Runs runs;
  private final Map<RuntimeId, RunOrder> wanted = new LinkedHashMap<>();
  private boolean shuttingDown;
  private boolean endTold;

  public Node(NodeSettings settings) {
    this.runs = new Runs(settings);
  }

  /** Takes an event; what is to be done now, in this order. */
  public List<Effect> apply(Event event) {
    event.applyTo(this);
    beginWhatCan(event.at());
    if (shuttingDown && runs.all().isEmpty() && !endTold) {
      endTold = true;
      runs.add(new Effect.EndNode());
    }
    return runs.takeEffects();
  }

  /** When {@link Event.TimePassed} is due, unless something happens before. */
  public Optional<Instant> nextDeadline() {
    return runs.nextDeadline();
  }

  /**
   * The orders of all runs that may still do something with their products, and of those that wait
   * for another to end.
   */
  public List<RunOrder> orders() {
    return Stream.concat(
            runs.all().stream().filter(Run::holdsProducts).map(Run::order),
            wanted.values().stream())
        .toList();
  }

  /** Runtime ids of all runs that are here, in whatever phase. */
  public List<RuntimeId> tests() {
    return runs.all().stream().map(run -> run.id().test()).toList();
  }

  Runs runs() {
    return runs;
  }

  void startAsked(Event.StartAsked start) {
    var order = start.order();
    var complaint =
        shuttingDown ? Optional.of(SHUTTING_DOWN) : complaint(order).or(() -> inUse(order));
    if (complaint.isPresent()) {
      refuse(order, complaint.get());
      return;
    }
    var before = runs.lastReport(order);
    if (before.isPresent()) {
      runs.add(new Effect.Report(before.get()));
      return;
    }
    var current = runs.of(order.id());
    if (current.filter(run -> run.isAskedForBy(order)).isEmpty()) {
      wanted.put(order.id(), order);
    } else if (current.get().isStarted()) {
      runs.add(new Effect.Report(current.get().startedReport()));
    }
  }

  /** What the node wants itself disturbs nobody. */
  private Optional<Reason> inUse(RunOrder order) {
    boolean isInUse =
        order.isOfTheNode()
            && (runs.all().stream().anyMatch(run -> isInTheWay(run, order))
                || wanted.values().stream()
                    .anyMatch(it -> it.products().stream().anyMatch(order.products()::contains)));
    return isInUse
        ? Optional.of(new Reason(Fault.FARM, "product-in-use", "another run has the product"))
        : Optional.empty();
  }

  void stopAsked(Event.StopAsked stop) {
    var reason = new Reason(Fault.REQUESTER, "stopped", "stopped by " + stop.by());
    var waiting = Optional.ofNullable(wanted.get(stop.test())).filter(o -> means(stop, o));
    waiting.ifPresent(
        order -> {
          wanted.remove(order.id());
          refuse(order, reason);
        });
    var running = runs.of(stop.test()).filter(run -> means(stop, run.order()));
    running.ifPresent(run -> runs.stop(run, reason));
    if (waiting.isEmpty() && running.isEmpty()) {
      runs.add(new Effect.Report(lastWord(stop, reason)));
    }
  }

  void shutDown() {
    shuttingDown = true;
    wanted.values().forEach(order -> refuse(order, SHUTTING_DOWN));
    wanted.clear();
    runs.all().forEach(run -> runs.end(run, Optional.of(SHUTTING_DOWN)));
  }

  private static boolean means(Event.StopAsked stop, RunOrder order) {
    return stop.attempt() == 0 || stop.attempt() >= order.attempt();
  }

  /** Whoever stops a run that is not here waits to hear that it is not. */
  private TestDescription lastWord(Event.StopAsked stop, Reason reason) {
    return runs.lastReport(stop.test())
        .filter(r -> stop.attempt() == 0 || r.progress().attempt() == stop.attempt())
        .orElseGet(
            () ->
                TestDescription.named(stop.test())
                    .with(
                        TestProgress.NONE
                            .attempt(stop.attempt())
                            .with(
                                TestStatus.FAILED, reason.sentence() + "; it was not running here")
                            .blaming(reason.fault())));
  }

  /** Begins each wanted run that nothing stands in the way of, and ends what does. */
  private void beginWhatCan(Instant now) {
    for (var order : List.copyOf(wanted.values())) {
      var inTheWay = runs.all().stream().filter(run -> isInTheWay(run, order)).toList();
      if (inTheWay.isEmpty()) {
        wanted.remove(order.id());
        runs.begin(order, now);
      } else {
        var failure =
            new Reason(
                Fault.FARM,
                "superseded",
                "stopped by the service, which gave its place to " + order.id());
        inTheWay.forEach(run -> runs.end(run, Optional.of(failure)));
      }
    }
  }

  private static boolean isInTheWay(Run run, RunOrder order) {
    return run.id().test().text().equals(order.id().text())
        || (run.holdsProducts()
            && run.order().products().stream().anyMatch(order.products()::contains));
  }

  private static Optional<Reason> complaint(RunOrder order) {
    String results = order.test().execution().resultsFilename();
    if (!order.client().isDialable()) {
      return Optional.of(
          new Reason(
              Fault.REQUESTER,
              "no-client",
              "the start names no address of a client to exchange files with"));
    }
    return Stream.of(
            Stream.of(SafeName.complaint("test id", order.id().text())),
            order.artifacts().stream().map(name -> SafeName.complaint("artifact", name)),
            Stream.of(ResultsWish.complaint(results)))
        .flatMap(complaints -> complaints)
        .flatMap(Optional::stream)
        .findFirst()
        .map(sentence -> new Reason(Fault.REQUESTER, "bad-name", sentence));
  }

  private void refuse(RunOrder order, Reason reason) {
    runs.add(new Effect.Report(Run.refusal(order, reason)));
  }
}
