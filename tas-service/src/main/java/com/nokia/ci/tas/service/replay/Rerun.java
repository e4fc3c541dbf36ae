package com.nokia.ci.tas.service.replay;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.store.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Lives through a history once more in virtual time, in a farm that may be changed.
 *
 * <p>The model: tests are submitted and stopped, products and nodes come and go when they did. A
 * run begins at once and takes as long, and ends as, the last run of that test did; one that never
 * ended takes the median of all and finishes. A node answers while history heard of it within a
 * minute; clients always do. Nothing is lost on the way. After the last event of history the farm
 * goes on for a day at most, until all tests have ended.
 */
public final class Rerun {
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Duration STOPPING = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int SAMPLES = 1_000;
  private static final Duration AFTERWARDS = Duration.ofDays(1);
  private static final Endpoint ADDED = new Endpoint("what-if", 1);

  private final Course course;
  private final List<Change> changes;
  private final Farm farm;
  private final PriorityQueue<Planned> plan =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
  private final Map<RuntimeId, Effect.StartRun> running = new TreeMap<>();
  private final Map<TestId, Instant> submitted = new HashMap<>();
  private final List<Duration> waits = new ArrayList<>();
  private Instant now;
  private int unstarted;
  private long planned;
  private long busy;
  private long present;

  private record Planned(Instant at, long number, Runnable action) {}

  private Rerun(Course course, List<Change> changes) {
    this.course = course;
    this.changes = changes;
    farm = Replay.begin(course.begin());
    now = course.firstTime();
  }

  /**
   * What would come of a history under some changes; without changes: what comes of it in this
   * model, to compare with.
   */
  public static Figures of(Past past, List<Change> changes) {
    return new Rerun(Course.of(past), changes).run();
  }

  private Figures run() {
    for (var test : farm.snapshot().running()) {
      planEnd(test.test().id(), test.node(), test.attempt(), course.run(test.test().id()).length());
    }
    for (var event : course.events()) {
      translated(event).ifPresent(known -> at(known.at(), () -> play(known)));
    }
    at(now, this::change);
    sample();
    live();
    unstarted += submitted.size();
    return new Figures(waits, unstarted, present == 0 ? 0 : (double) busy / present);
  }

  private void live() {
    var end = course.lastTime().plus(AFTERWARDS);
    while (now.isBefore(end) && !(isPast() && isIdle())) {
      var next = plan.peek();
      var due = farm.nextDeadline();
      if (due.isPresent() && (next == null || !due.get().isAfter(next.at()))) {
        now = later(due.get());
        apply(new Event.TimePassed(now));
      } else if (next == null) {
        return;
      } else {
        plan.remove();
        now = later(next.at());
        next.action().run();
      }
    }
  }

  private Instant later(Instant at) {
    return at.isAfter(now) ? at : now;
  }

  private boolean isPast() {
    return now.isAfter(course.lastTime());
  }

  private boolean isIdle() {
    var snapshot = farm.snapshot();
    return snapshot.waitingCount() == 0 && running.isEmpty();
  }

  private void at(Instant when, Runnable action) {
    plan.add(new Planned(when, planned, action));
    planned++;
  }

  /** Counts reserved and connected products, again and again while history lasts. */
  private void sample() {
    for (var product : farm.snapshot().products()) {
      if (product.disconnectedAt().isEmpty() && isHere(product.node())) {
        present++;
        busy += product.holder().isPresent() ? 1 : 0;
      }
    }
    if (!now.isAfter(course.lastTime())) {
      at(now.plus(pause()), this::sample);
    }
  }

  private Duration pause() {
    var pause = Duration.between(course.firstTime(), course.lastTime()).dividedBy(SAMPLES);
    return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
  }

  private boolean isHere(NodeId node) {
    return farm.snapshot()
        .node(node)
        .filter(it -> it.condition() == FarmSnapshot.NodeView.Condition.CONNECTED)
        .isPresent();
  }

  // ---- what history says

  /** What of history is played; the rest comes of what the farm does now. */
  private static Optional<Event> translated(Event event) {
    if (event instanceof Event.ServiceStarted started) {
      return Optional.of(new Event.SettingsChanged(started.at(), started.settings()));
    }
    boolean isConsequence =
        event instanceof Event.RunReported
            || event instanceof Event.OrderDelivered
            || event instanceof Event.OrderUndeliverable
            || event instanceof Event.TestDivided
            || event instanceof Event.EndDelivered
            || event instanceof Event.NodeUnreachable
            || event instanceof Event.NodeAnswered
            || event instanceof Event.CheckRequested
            || event instanceof Event.ServiceSlept
            || event instanceof Event.TimePassed;
    return isConsequence ? Optional.empty() : Optional.of(event);
  }

  private void play(Event event) {
    if (isRemoved(event)) {
      return;
    }
    if (event instanceof Event.NodeRegistered registered) {
      var list =
          running.values().stream()
              .filter(run -> run.node().equals(registered.node().id()))
              .map(
                  run ->
                      new RunReference(
                          run.test().id(),
                          run.test().progress().attempt(),
                          run.test().progress().reservedProducts().stream()
                              .map(ProductDescription::id)
                              .toList()))
              .toList();
      apply(new Event.NodeRegistered(now, registered.node(), Optional.of(list)));
    } else if (event instanceof Event.TestSubmitted submission) {
      submitted.putIfAbsent(submission.test().id().test(), now);
      apply(prioritised(submission));
    } else {
      apply(event);
    }
  }

  private Event prioritised(Event.TestSubmitted submission) {
    var test = submission.test();
    String host = submission.client().endpoint().host().toLowerCase(Locale.ROOT);
    for (var change : changes) {
      if (change instanceof Change.GivePriority given && given.host().equals(host)) {
        test = test.with(test.demand().priority(given.priority()));
      }
    }
    return new Event.TestSubmitted(
        now, submission.client(), test, submission.wanted(), submission.line());
  }

  // ---- what is changed

  private void change() {
    int number = 0;
    for (var change : changes) {
      if (change instanceof Change.AddProducts added) {
        number = add(added, number);
      } else if (change instanceof Change.RemoveNode removed) {
        apply(new Event.NodeLeft(now, new NodeId(removed.node())));
      } else if (change instanceof Change.RemoveProduct removed) {
        farm.snapshot()
            .product(removed.product())
            .ifPresent(
                known ->
                    apply(new Event.ProductRemoved(now, known.node().endpoint(), known.product())));
      }
    }
  }

  /** As many of a sort as a node may have tests stand on one node, so that all can be in use. */
  private int add(Change.AddProducts added, int before) {
    int perNode = Math.max(1, farm.snapshot().settings().bounds().testsPerNode());
    int number = before;
    for (int i = 0; i < added.count(); i++, number++) {
      var address = new Endpoint(ADDED.host() + "-" + (number / perNode + 1), ADDED.port());
      if (farm.snapshot().node(new NodeId(address)).isEmpty()) {
        apply(new Event.NodeRegistered(now, new NodeDescription(address, "added", "")));
      }
      var values = new TreeMap<>(added.values());
      values.put("imei", String.format(Locale.ROOT, "99%013d", number));
      apply(
          new Event.ProductReported(
              now, address, Event.Report.PLUGGED, ProductDescription.of(values)));
    }
    return number;
  }

  private boolean isRemoved(Event event) {
    return changes.stream().anyMatch(change -> isRemoved(change, event));
  }

  private static boolean isRemoved(Change change, Event event) {
    if (change instanceof Change.RemoveNode removed) {
      return (event instanceof Event.NodeRegistered registered
              && registered.node().endpoint().equals(removed.node()))
          || (event instanceof Event.NodeSeen seen && seen.node().endpoint().equals(removed.node()))
          || (event instanceof Event.ProductReported reported
              && reported.from().equals(removed.node()));
    }
    return change instanceof Change.RemoveProduct removed
        && event instanceof Event.ProductReported reported
        && reported.product().id().equals(removed.product());
  }

  // ---- what comes of what the farm does

  private void apply(Event event) {
    for (var effect : farm.apply(event)) {
      follow(effect);
    }
  }

  private void follow(Effect effect) {
    if (effect instanceof Effect.StartRun start) {
      started(start);
    } else if (effect instanceof Effect.StopRun stop) {
      stopped(stop);
    } else if (effect instanceof Effect.DivideTest divide) {
      at(now, () -> divided(divide));
    } else if (effect instanceof Effect.ProbeNode probe) {
      if (course.isHeard(probe.node(), now, SILENCE)) {
        at(now, () -> apply(new Event.NodeAnswered(now, probe.node())));
      }
    } else if (effect instanceof Effect.ProbeClient probe) {
      at(now, () -> apply(new Event.ClientSeen(now, probe.client())));
    } else if (effect instanceof Effect.RecordEnded ended) {
      var test = ended.test();
      var id = test.test().id().test();
      unstarted += submitted.remove(id) == null ? 0 : 1;
      at(now, () -> apply(new Event.EndDelivered(now, test.client(), id)));
    } else if (effect instanceof Effect.RuleFailed failure) {
      throw new IllegalStateException(failure.what(), failure.cause());
    }
  }

  private void started(Effect.StartRun start) {
    var id = start.test().id();
    int attempt = start.test().progress().attempt();
    Optional.ofNullable(submitted.remove(id.test()))
        .ifPresent(since -> waits.add(Duration.between(since, now)));
    running.put(id, start);
    at(
        now,
        () -> {
          apply(new Event.OrderDelivered(now, start.node(), id, attempt, Event.Order.START));
          report(id, start.node(), attempt, TestStatus.STARTED);
        });
    planEnd(id, start.node(), attempt, course.run(id).length());
  }

  private void planEnd(RuntimeId id, NodeId node, int attempt, Duration length) {
    at(
        now.plus(length),
        () -> {
          running.remove(id);
          report(id, node, attempt, course.run(id).end());
        });
  }

  private void stopped(Effect.StopRun stop) {
    var id = stop.test().id();
    running.remove(id);
    at(
        now.plus(STOPPING),
        () -> report(id, stop.node(), stop.test().progress().attempt(), TestStatus.STOPPED));
  }

  /** What an attempt says that is over changes nothing. */
  private void report(RuntimeId id, NodeId node, int attempt, TestStatus status) {
    apply(new Event.RunReported(now, node, id, attempt, status, "as it was", Optional.empty()));
  }

  /** As it was divided in history; one that never was stays whole. */
  private void divided(Effect.DivideTest divide) {
    int packages = divide.portions().stream().mapToInt(portion -> portion.parcels().size()).sum();
    var parts =
        course
            .division(divide.test())
            .map(Event.TestDivided::parts)
            .orElseGet(() -> List.of(IntStream.range(0, packages).boxed().toList()));
    apply(new Event.TestDivided(now, divide.test(), divide.age(), parts, Optional.empty()));
  }
}
