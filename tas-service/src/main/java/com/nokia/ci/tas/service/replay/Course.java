package com.nokia.ci.tas.service.replay;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What happened to a farm from outside, and how long its runs took. */
final class Course {
  private static final Duration USUAL = Duration.ofMinutes(1);

  private final Optional<Checkpoint> begin;
  private final List<Event> events = new ArrayList<>();
  private final Map<RuntimeId, Run> runs = new HashMap<>();
  private final Map<TestId, Event.TestDivided> divisions = new HashMap<>();
  private final Map<NodeId, TreeMap<Instant, Boolean>> signs = new HashMap<>();
  private final Map<RuntimeId, Instant> assigned = new HashMap<>();
  private final List<Duration> lengths = new ArrayList<>();

  /** How a run went. */
  record Run(Duration length, TestStatus end) {}

  private Course(Optional<Checkpoint> begin) {
    this.begin = begin;
  }

  static Course of(Past past) {
    var course = new Course(past.checkpoint());
    past.forEach(batch -> batch.steps().forEach(course::take));
    course.lengths.sort(null);
    return course;
  }

  Optional<Checkpoint> begin() {
    return begin;
  }

  List<Event> events() {
    return events;
  }

  Instant firstTime() {
    return begin
        .map(it -> it.image().count().at())
        .orElseGet(() -> events.isEmpty() ? Instant.EPOCH : events.get(0).at());
  }

  Instant lastTime() {
    return events.isEmpty() ? firstTime() : events.get(events.size() - 1).at();
  }

  /** As it went last; one that never came to its end takes as long as half of the others. */
  Run run(RuntimeId test) {
    return Optional.ofNullable(runs.get(test))
        .orElseGet(() -> new Run(usual(), TestStatus.FINISHED));
  }

  Optional<Event.TestDivided> division(TestId test) {
    return Optional.ofNullable(divisions.get(test));
  }

  /** Whether a node gave a sign of life within a time before; later nodes stay as they were. */
  boolean isHeard(NodeId node, Instant at, Duration within) {
    var times = signs.get(node);
    if (times == null) {
      return true; // it is only in the checkpoint, or was made up
    }
    var last = times.floorKey(at);
    return last == null || !last.plus(within).isBefore(at) || !at.isBefore(lastTime());
  }

  private Duration usual() {
    return lengths.isEmpty() ? USUAL : lengths.get(lengths.size() / 2);
  }

  private void take(Step step) {
    var event = step.event();
    events.add(event);
    for (var decision : step.decisions()) {
      if (decision instanceof Decision.RunAssigned run) {
        assigned.put(run.test(), event.at());
      }
    }
    if (event instanceof Event.RunReported report) {
      sign(report.node(), report.at());
      if (isEnd(report.status())) {
        ended(report);
      }
    } else if (event instanceof Event.TestDivided division) {
      divisions.put(division.test(), division);
    } else if (event instanceof Event.NodeSeen seen) {
      sign(seen.node().id(), seen.at());
    } else if (event instanceof Event.NodeRegistered registered) {
      sign(registered.node().id(), registered.at());
    } else if (event instanceof Event.NodeAnswered answered) {
      sign(answered.node(), answered.at());
    } else if (event instanceof Event.OrderDelivered delivered) {
      sign(delivered.node(), delivered.at());
    } else if (event instanceof Event.ProductReported reported) {
      sign(new NodeId(reported.from()), reported.at());
    } else if (event instanceof Event.ServiceStarted started) {
      signs.keySet().forEach(node -> sign(node, started.at()));
    }
  }

  private static boolean isEnd(TestStatus status) {
    return status == TestStatus.FINISHED
        || status == TestStatus.FAILED
        || status == TestStatus.STOPPED;
  }

  private void ended(Event.RunReported report) {
    var since = Optional.ofNullable(assigned.remove(report.test())).orElseGet(this::firstTime);
    var length = Duration.between(since, report.at());
    lengths.add(length);
    runs.put(report.test(), new Run(length, report.status()));
  }

  private void sign(NodeId node, Instant at) {
    signs.computeIfAbsent(node, it -> new TreeMap<>()).put(at, true);
  }
}
