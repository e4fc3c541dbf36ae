package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.verdict.Verdict;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.PlanPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tests that depend on one another.
 *
 * @param name of the plan
 * @param items each behind those that it depends on
 */
record Plan(String name, List<Item> items) {

  /** What has to have become of the items before one. */
  enum When {
    /** All have passed. */
    PASSED,
    /** At least one was run and has not passed. */
    FAILED,
    /** Nothing: they have only to be over. */
    ALWAYS;

    /** Its word; empty for what is meant when nothing is said. */
    String unusual() {
      return this == PASSED ? "" : name().toLowerCase(Locale.ROOT);
    }

    static Optional<When> of(String word) {
      for (var value : values()) {
        if (value.name().toLowerCase(Locale.ROOT).equals(word.strip())) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }

  /** What became of an item. */
  enum State {
    PASS,
    FAIL,
    ERROR,
    /** What it waited for did not become true. */
    SKIPPED,
    /** It passed the last time and is not run again. */
    KEPT;

    static State of(Verdict verdict) {
      return valueOf(verdict.name());
    }

    boolean isGood() {
      return this == PASS || this == KEPT;
    }

    boolean isBad() {
      return this == FAIL || this == ERROR;
    }
  }

  /**
   * A test of an item.
   *
   * @param name of the item, with the value of its parameter
   * @param options of {@code start} by name
   */
  record PlannedTest(String name, Map<String, List<String>> options) {}

  /**
   * One step.
   *
   * @param after names of the items before it
   * @param when it is run
   * @param tests that are run side by side
   */
  record Item(String name, List<String> after, When when, List<PlannedTest> tests) {

    /** Whether it is to be run, as those before it ended. */
    boolean isToRun(Collection<State> before) {
      return switch (when) {
        case PASSED -> before.stream().allMatch(State::isGood);
        case FAILED -> before.stream().anyMatch(State::isBad);
        case ALWAYS -> true;
      };
    }
  }

  /**
   * A plan of items in any order.
   *
   * @throws IllegalArgumentException with a sentence when they cannot be brought into one
   */
  static Plan of(String name, List<Item> items) {
    var byName = new LinkedHashMap<String, Item>();
    for (var item : items) {
      if (byName.put(item.name(), item) != null) {
        throw new IllegalArgumentException("there are two items of the name " + item.name());
      }
    }
    for (var item : items) {
      for (String before : item.after()) {
        if (!byName.containsKey(before)) {
          throw new IllegalArgumentException(
              "item "
                  + item.name()
                  + " is after \""
                  + before
                  + "\", which is no item"
                  + NearestName.suggestion(before, byName.keySet()));
        }
      }
    }
    return new Plan(name, ordered(byName));
  }

  private static List<Item> ordered(Map<String, Item> byName) {
    var left = new LinkedHashSet<>(byName.keySet());
    var ordered = new ArrayList<Item>();
    while (!left.isEmpty()) {
      var ready =
          left.stream()
              .filter(it -> byName.get(it).after().stream().noneMatch(left::contains))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalArgumentException(
            "items wait for each other in a circle: " + String.join(", ", left));
      }
      ready.forEach(it -> ordered.add(byName.get(it)));
      left.removeAll(new HashSet<>(ready));
    }
    return List.copyOf(ordered);
  }

  /**
   * Where a test of an item stands, for the service.
   *
   * @param run what this run of the plan is called
   */
  PlanPlace place(String run, Item of) {
    return new PlanPlace(
        run,
        of.name(),
        items.stream()
            .map(it -> new PlanPlace.Step(it.name(), it.after(), it.when().unusual()))
            .toList());
  }

  /** What has to be run again: what is not known to have passed, and what depends on it. */
  Set<String> toRerun(Map<String, State> former) {
    var again = new HashSet<String>();
    for (var item : items) {
      boolean hasPassed = former.getOrDefault(item.name(), State.SKIPPED).isGood();
      if (!hasPassed || item.after().stream().anyMatch(again::contains)) {
        again.add(item.name());
      }
    }
    return again;
  }
}
