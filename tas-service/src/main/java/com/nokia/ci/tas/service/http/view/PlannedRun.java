package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.PlanPlace;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.json.FarmJson;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A run of a plan, put together from what its tests say of it: its steps, and how the tests of each
 * are. Which steps will not be run is known to whoever runs the plan alone.
 *
 * @param run what it is called
 * @param steps in an order in which each stands behind those that it depends on
 */
public record PlannedRun(String run, List<Step> steps) {
  /** So many tests a plan may have. */
  private static final int MOST = 1_000;

  /**
   * A step of the plan.
   *
   * @param step its name, and what it depends on
   * @param tests those that were started
   */
  public record Step(PlanPlace.Step step, List<Member> tests) {
    public Step {
      tests = List.copyOf(tests);
    }

    /** What it waits for, in words. */
    public String condition() {
      String names = String.join(", ", step.after());
      return switch (names.isEmpty() ? "" : step.when()) {
        case "failed" -> names + ", if not all of it passed";
        case "always" -> names + ", whether it passed or not";
        default -> names;
      };
    }
  }

  /**
   * A test of a step.
   *
   * @param id of the whole test
   * @param state {@code waiting}, {@code preparing}, {@code running}, or its verdict
   * @param sentence what it waits for, or why it did not finish; may be empty
   * @param place where it stands in the plan
   */
  public record Member(String id, String state, String sentence, PlanPlace place) {}

  public PlannedRun {
    steps = List.copyOf(steps);
  }

  /**
   * Looks for the tests of a plan; reads history, which takes its time.
   *
   * @param farm as far as whoever asks may see it
   * @param maySee whether they may see a test of history
   * @return empty when there is none
   */
  public static Optional<PlannedRun> of(
      String run, FarmSnapshot farm, History history, Predicate<TestDescription> maySee) {
    Predicate<TestDescription> wanted =
        test -> test.origin().plan().filter(it -> it.run().equals(run)).isPresent();
    var members = new LinkedHashMap<String, Member>();
    farm.running(wanted, MOST)
        .first()
        .forEach(it -> add(members, it.test(), FarmJson.state(it), it.test().progress().details()));
    farm.waiting(wanted, MOST)
        .first()
        .forEach(it -> add(members, it.test(), "waiting", it.reason()));
    farm.ended().stream().filter(it -> wanted.test(it.test())).forEach(it -> add(members, it));
    var named = Search.isText(run) ? Search.LATEST.withText(run) : Search.LATEST;
    history.find(named.atMost(MOST)).stream()
        .map(History.Entry::test)
        .filter(it -> wanted.and(maySee).test(it.test()))
        .forEach(it -> add(members, it));
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(new PlannedRun(run, steps(List.copyOf(members.values()))));
  }

  private static void add(Map<String, Member> members, EndedTest ended) {
    String why = ended.reason().map(Reason::sentence).orElse("");
    add(members, ended.test(), EndedRow.verdict(ended), why);
  }

  /** What is found first is the last that is known of a test. */
  private static void add(
      Map<String, Member> members, TestDescription test, String state, String sentence) {
    String id = test.id().test().value();
    test.origin()
        .plan()
        .ifPresent(place -> members.putIfAbsent(id, new Member(id, state, sentence, place)));
  }

  private static List<Step> steps(List<Member> members) {
    var said = new LinkedHashMap<String, PlanPlace.Step>();
    members.stream()
        .map(it -> it.place().steps())
        .filter(it -> !it.isEmpty())
        .findFirst()
        .ifPresent(all -> all.forEach(it -> said.putIfAbsent(it.item(), it)));
    var tests = new HashMap<String, List<Member>>();
    for (var member : members) {
      String item = member.place().item();
      said.putIfAbsent(item, new PlanPlace.Step(item, List.of(), ""));
      tests.computeIfAbsent(item, any -> new ArrayList<>()).add(member);
    }
    var steps = new ArrayList<Step>();
    for (var step : said.values()) {
      var own = tests.getOrDefault(step.item(), List.of());
      steps.add(new Step(step, own.stream().sorted(Comparator.comparing(Member::id)).toList()));
    }
    return steps;
  }

  /** How many of its tests have ended, and how. */
  public String count() {
    var states = states();
    var ends =
        states.stream()
            .filter(it -> !TestPage.LIVE.contains(it))
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    long ended = ends.values().stream().mapToLong(it -> it).sum();
    return "%d of %d tests that were started have ended%s"
        .formatted(
            ended,
            states.size(),
            ends.entrySet().stream()
                .map(it -> it.getValue() + " " + it.getKey())
                .collect(Collectors.joining(", ", ended == 0 ? "" : ": ", "")));
  }

  /** Failed as soon as a test has, running while one has not ended, else finished. */
  public String state() {
    var states = states();
    if (states.contains("failed")) {
      return "failed";
    }
    return states.stream().anyMatch(TestPage.LIVE::contains) ? "running" : "finished";
  }

  private List<String> states() {
    return steps.stream().flatMap(it -> it.tests().stream()).map(Member::state).toList();
  }
}
