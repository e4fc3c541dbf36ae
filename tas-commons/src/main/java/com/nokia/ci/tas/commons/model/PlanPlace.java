package com.nokia.ci.tas.commons.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a test stands in a plan of tests that depend on one another (docs/plans.md): said by
 * whoever runs the plan, shown by the service on one page for all of them, and heeded by nobody
 * else.
 *
 * @param run what this run of the plan is called; ids of its tests begin with it
 * @param item the step of the plan that the test belongs to
 * @param steps all steps of the plan, each behind those that it depends on; empty: not said
 */
public record PlanPlace(String run, String item, List<Step> steps) {
  /** So many characters of a text are read. */
  private static final int LONGEST = 8_192;

  /** None of these can be in a name. */
  private static final char STEP = '|';

  private static final char BEFORE = ':';
  private static final char AND = '/';
  private static final char WHEN = '?';

  /**
   * A step.
   *
   * @param item its name
   * @param after names of the steps that it depends on
   * @param when what has to have become of those; empty: they have passed
   */
  public record Step(String item, List<String> after, String when) {
    public Step {
      Stream.concat(Stream.of(item), after.stream()).forEach(PlanPlace::requireName);
      if (!when.isEmpty()) {
        requireName(when);
      }
      after = List.copyOf(after);
    }

    private static Step parse(String text) {
      int when = text.indexOf(WHEN);
      String names = when < 0 ? text : text.substring(0, when);
      int before = names.indexOf(BEFORE);
      return new Step(
          before < 0 ? names : names.substring(0, before),
          before < 0 ? List.of() : List.of(names.substring(before + 1).split("/", -1)),
          when < 0 ? "" : text.substring(when + 1));
    }

    private String text() {
      return item
          + (after.isEmpty() ? "" : BEFORE + String.join(String.valueOf(AND), after))
          + (when.isEmpty() ? "" : WHEN + when);
    }
  }

  public PlanPlace {
    requireName(run);
    requireName(item);
    steps = List.copyOf(steps);
  }

  private static void requireName(String name) {
    Objects.requireNonNull(name, "name");
    SafeName.complaint("a name in a plan", name)
        .ifPresent(
            sentence -> {
              throw new IllegalArgumentException(sentence);
            });
  }

  /** Reads what {@link #text()} writes; empty for anything else. */
  public static Optional<PlanPlace> parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split("\\|", -1);
    if (parts.length < 2) {
      return Optional.empty();
    }
    try {
      var steps = new ArrayList<Step>();
      for (int i = 2; i < parts.length; i++) {
        steps.add(Step.parse(parts[i]));
      }
      return Optional.of(new PlanPlace(parts[0], parts[1], steps));
    } catch (IllegalArgumentException notOfThatForm) {
      return Optional.empty();
    }
  }

  /**
   * {@code RUN|ITEM|STEP|STEP}, a step as {@code NAME:BEFORE/BEFORE?WHEN}; without the steps when
   * these are too many.
   */
  public String text() {
    String own = run + STEP + item;
    String all = steps.stream().map(it -> STEP + it.text()).collect(Collectors.joining());
    return own.length() + all.length() > LONGEST ? own : own + all;
  }
}
