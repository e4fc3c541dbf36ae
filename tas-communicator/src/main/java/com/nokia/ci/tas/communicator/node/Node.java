package com.nokia.ci.tas.communicator.node;

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
 * the service grants a product to one run at a time and knows best which.
 */
public final class Node {
  private static final String SHUTTING_DOWN = "stopped by its node, which is shutting down";

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
    beginWhatCan();
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
        shuttingDown ? Optional.of(SHUTTING_DOWN) : complaint(order);
    if (complaint.isPresent()) {
      refuse(order, complaint.get());
      return;
    }
    var last =
        runs.lastReport(order.id())
            .filter(
                report -> order.attempt() > 0 && report.progress().attempt() >= order.attempt());
    if (last.isPresent()) {
      // The service has not heard of the end, or its order was overtaken by a later one.
      runs.add(new Effect.Report(last.get()));
      return;
    }
    var current = runs.of(order.id());
    if (current.isPresent() && !supersedes(order, current.get())) {
      if (current.get().isStarted()) {
        runs.add(new Effect.Report(current.get().report(TestStatus.STARTED, "")));
      }
      return;
    }
    var other = Optional.ofNullable(wanted.get(order.id()));
    if (other.isEmpty() || order.attempt() >= other.get().attempt()) {
      wanted.put(order.id(), order);
    }
  }

  void stopAsked(Event.StopAsked stop) {
    String details = "stopped by " + stop.by();
    var waiting = Optional.ofNullable(wanted.get(stop.test())).filter(o -> means(stop, o));
    waiting.ifPresent(
        order -> {
          wanted.remove(order.id());
          refuse(order, details);
        });
    var running = runs.of(stop.test()).filter(run -> means(stop, run.order()));
    running.ifPresent(run -> runs.end(run, Optional.of(details)));
    if (waiting.isEmpty() && running.isEmpty()) {
      runs.add(new Effect.Report(lastWord(stop, details)));
    }
  }

  void shutDown() {
    shuttingDown = true;
    wanted.values().forEach(order -> refuse(order, SHUTTING_DOWN));
    wanted.clear();
    runs.all().forEach(run -> runs.end(run, Optional.of(SHUTTING_DOWN)));
  }

  private static boolean supersedes(RunOrder order, Run run) {
    return order.attempt() > run.order().attempt() || (order.attempt() == 0 && run.isOver());
  }

  private static boolean means(Event.StopAsked stop, RunOrder order) {
    return stop.attempt() == 0 || stop.attempt() >= order.attempt();
  }

  /** Whoever stops a run that is not here waits to hear that it is not. */
  private TestDescription lastWord(Event.StopAsked stop, String details) {
    return runs.lastReport(stop.test())
        .filter(r -> stop.attempt() == 0 || r.progress().attempt() == stop.attempt())
        .orElseGet(
            () ->
                TestDescription.named(stop.test())
                    .with(
                        TestProgress.NONE
                            .attempt(stop.attempt())
                            .with(TestStatus.FAILED, details + "; it was not running here")));
  }

  /** Begins each wanted run that nothing stands in the way of, and ends what does. */
  private void beginWhatCan() {
    for (var order : List.copyOf(wanted.values())) {
      var inTheWay = runs.all().stream().filter(run -> isInTheWay(run, order)).toList();
      if (inTheWay.isEmpty()) {
        wanted.remove(order.id());
        runs.begin(order);
      } else {
        String failure = "stopped by the service, which gave its products to " + order.id();
        inTheWay.forEach(run -> runs.end(run, Optional.of(failure)));
      }
    }
  }

  private static boolean isInTheWay(Run run, RunOrder order) {
    return run.id().test().text().equals(order.id().text())
        || (run.holdsProducts()
            && run.order().products().stream().anyMatch(order.products()::contains));
  }

  private static Optional<String> complaint(RunOrder order) {
    String results = order.test().execution().resultsFilename();
    return Stream.of(
            Stream.of(SafeName.complaint("test id", order.id().text())),
            order.artifacts().stream().map(name -> SafeName.complaint("artifact", name)),
            Stream.of(results)
                .filter(name -> !name.isEmpty())
                .map(name -> SafeName.complaint("results file", name)))
        .flatMap(complaints -> complaints)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void refuse(RunOrder order, String sentence) {
    runs.add(
        new Effect.Report(Run.report(order, Instant.EPOCH, TestStatus.FAILED, sentence)));
  }
}
