package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.Attempt;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Explanation;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.SubTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.json.OpenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One test.
 *
 * @param frame what is around it
 * @param id of the test
 * @param more where more is to be found: none or one address of the web that its issuer has given,
 *     and the page of its plan
 * @param status waiting, preparing, running, or its verdict
 * @param leads what whoever looks wants to know first; none or one
 * @param timelines what it has spent its time with; none or one
 * @param attempts its runs, as far as they are remembered
 * @param facts where it is
 * @param description what was asked for
 * @param nodes where it is or was; none or one
 * @param products what it has or had
 * @param acts what whoever looks may have done
 * @param results files that whoever looks may get from its node
 * @param why what it waits for in detail; none when it does not wait
 */
public record TestPage(
    Frame frame,
    String id,
    List<String> more,
    String status,
    List<Lead> leads,
    List<Timeline> timelines,
    List<AttemptRow> attempts,
    List<Frame.Fact> facts,
    List<Frame.Fact> description,
    List<Link> nodes,
    List<Link> products,
    List<ActLink> acts,
    List<Link> results,
    List<WhyBlock> why) {
  /** The states of a test that has not ended. */
  static final List<String> LIVE = List.of("waiting", "preparing", "running");

  private static final List<String> ENDS = List.of("finished", "failed", "stopped");

  /**
   * What it waits for, or why it did not finish.
   *
   * @param sentence of the farm
   * @param fault whose fault that is, in words; may be empty
   */
  public record Lead(String sentence, String fault) {}

  /**
   * Makes the page from a snapshot; empty when the farm does not know the test.
   *
   * @param maySteer whether whoever looks may have something done to a test
   */
  public static Optional<TestPage> of(
      TestId id,
      FarmSnapshot farm,
      Frame frame,
      Telling telling,
      Predicate<TestDescription> maySteer) {
    var attempts = farm.attempts(id);
    return farm.running(id)
        .map(
            it ->
                of(it, farm, frame, telling)
                    .with(it.received(), attempts, telling.now(), telling)
                    .actsOn(it.test(), maySteer))
        .or(
            () ->
                farm.waiting(id)
                    .map(
                        it ->
                            of(it, frame, telling)
                                .with(it.received(), attempts, telling.now(), telling)
                                .explained(farm.why(id), telling)
                                .actsOn(it.test(), maySteer)))
        .or(() -> farm.ended(id).map(it -> of(it, frame, telling, maySteer)))
        .map(page -> page.with(farm.subTests(id)));
  }

  /** The same with its runs, and a timeline if they are of one test. */
  private TestPage with(Instant received, List<Attempt> attempts, Instant end, Telling telling) {
    return drawn(attempts, Timeline.of(received, attempts, end), telling);
  }

  private TestPage drawn(List<Attempt> runs, Timeline timeline, Telling telling) {
    boolean isDivided = runs.stream().anyMatch(it -> !it.run().subId().isEmpty());
    return changed(
        isDivided || timeline.isEmpty() ? List.of() : List.of(timeline),
        runs.stream().map(it -> AttemptRow.of(it, telling)).toList(),
        facts,
        acts,
        results,
        why);
  }

  private TestPage explained(List<Explanation> reasons, Telling telling) {
    var blocks = reasons.stream().map(it -> WhyBlock.of(it, telling)).toList();
    return changed(timelines, attempts, facts, acts, results, blocks);
  }

  /** The same with a line for each sub-test. */
  private TestPage with(Collection<SubTest> subTests) {
    var all = new ArrayList<>(facts);
    for (var part : subTests) {
      all.add(
          new Frame.Fact(
              "sub-test " + part.id().subId(),
              part.state()
                  + part.node().map(node -> " on " + node).orElse("")
                  + ", packages "
                  + String.join(", ", part.packages())
                  + (part.reason().isEmpty() ? "" : "; " + part.reason())));
    }
    return changed(timelines, attempts, all, acts, results, why);
  }

  private TestPage actsOn(TestDescription test, Predicate<TestDescription> maySteer) {
    return frame.who().isSomebody() && maySteer.test(test)
        ? changed(timelines, attempts, facts, ActLink.on(id, status), results(test, status), why)
        : this;
  }

  /** The same test, with what is found out of it step by step. */
  private TestPage changed(
      List<Timeline> newTimelines,
      List<AttemptRow> newAttempts,
      List<Frame.Fact> newFacts,
      List<ActLink> newActs,
      List<Link> newResults,
      List<WhyBlock> newWhy) {
    return new TestPage(
        frame,
        id,
        more,
        status,
        leads,
        newTimelines,
        newAttempts,
        newFacts,
        description,
        nodes,
        products,
        newActs,
        newResults,
        newWhy);
  }

  /** Files by name, of a test that was not divided; those of a pattern nobody knows by name. */
  private static List<Link> results(TestDescription test, String status) {
    if (!ENDS.contains(status) || !test.execution().packages().isEmpty()) {
      return List.of();
    }
    var wish = ResultsWish.of(test.execution().resultsFilename());
    return Stream.concat(wish.files().stream().map(ResultsWish::baseName), wish.output().stream())
        .map(
            file ->
                new Link(
                    file,
                    Address.ofTest(test.id().test().value())
                        + "/results?file="
                        + Address.encoded(file)))
        .toList();
  }

  /** Whether it runs and waits no more. */
  public boolean isEnded() {
    return !LIVE.contains(status);
  }

  /** Where its output is read. */
  public String log() {
    return "/api/v1" + Address.ofTest(id) + "/log";
  }

  /** The sub-tests that have had a run; one without a name of a test that is not divided. */
  public List<String> parts() {
    return attempts.stream().map(AttemptRow::part).distinct().toList();
  }

  private static TestPage of(WaitingTest waiting, Frame frame, Telling telling) {
    var row = WaitingRow.of(waiting, telling);
    return page(
        frame,
        waiting.test(),
        "waiting",
        new Lead(row.reason(), ""),
        List.of(
            new Frame.Fact("place in the queue", String.valueOf(row.place())),
            new Frame.Fact("issued by", row.client()),
            new Frame.Fact("received", telling.moment(waiting.received()).text()),
            Frame.Fact.counted("waits", row.age()),
            Frame.Fact.counted("time left", row.left()),
            new Frame.Fact(
                "starts in about",
                row.start().stream()
                    .map(it -> it.text().equals("0 s") ? "soon" : it.text())
                    .findFirst()
                    .orElse("")),
            new Frame.Fact("priority", String.valueOf(row.priority())),
            new Frame.Fact("failed so far", row.failures())),
        List.of());
  }

  private static TestPage of(RunningTest running, FarmSnapshot farm, Frame frame, Telling telling) {
    var row = RunningRow.of(running, farm, telling);
    return page(
        frame,
        running.test(),
        row.phase(),
        new Lead(row.details(), ""),
        List.of(
            new Frame.Fact("attempt", String.valueOf(row.attempt())),
            new Frame.Fact("issued by", row.client()),
            new Frame.Fact("received", telling.moment(running.received()).text()),
            new Frame.Fact("reserved", telling.moment(running.reserved()).text()),
            new Frame.Fact(
                "executor started",
                running.started().map(telling::moment).map(Moment::text).orElse("")),
            new Frame.Fact("route to the client", running.test().progress().route()),
            Frame.Fact.counted(row.phase() + " for", row.since()),
            Frame.Fact.counted("time left", row.left())),
        List.of(row.node()));
  }

  /** The page of a test that history knows. */
  public static TestPage of(
      EndedTest ended, Frame frame, Telling telling, Predicate<TestDescription> maySteer) {
    var row = EndedRow.of(ended, telling);
    var times = ended.times();
    return page(
            frame,
            ended.test(),
            row.verdict(),
            new Lead(row.reason(), row.fault()),
            List.of(
                new Frame.Fact("attempts", String.valueOf(row.attempts())),
                new Frame.Fact("issued by", ended.client().toString()),
                new Frame.Fact("received", telling.moment(times.received()).text()),
                new Frame.Fact(
                    "reserved", times.reserved().map(telling::moment).map(Moment::text).orElse("")),
                new Frame.Fact(
                    "executor started",
                    times.started().map(telling::moment).map(Moment::text).orElse("")),
                new Frame.Fact("route to the client", ended.test().progress().route()),
                new Frame.Fact("ended", row.ended().text()),
                new Frame.Fact("took", row.took())),
            row.nodes())
        .drawn(
            ended.allRuns(),
            ended.allRuns().isEmpty()
                ? Timeline.of(times)
                : Timeline.of(times.received(), ended.allRuns(), times.ended()),
            telling)
        .actsOn(ended.test(), maySteer);
  }

  private static TestPage page(
      Frame frame,
      TestDescription test,
      String status,
      Lead lead,
      List<Frame.Fact> facts,
      List<Link> nodes) {
    return new TestPage(
        frame,
        test.id().test().value(),
        Stream.concat(
                Stream.of(test.origin().url()).filter(TestPage::isOfTheWeb),
                test.origin().plan().map(it -> Address.ofPlan(it.run())).stream())
            .toList(),
        status,
        lead.sentence().isEmpty() ? List.of() : List.of(lead),
        List.of(),
        List.of(),
        Frame.said(facts),
        Frame.said(description(test)),
        nodes,
        test.progress().reservedProducts().stream().map(Link::to).distinct().toList(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Frame.Fact> description(TestDescription test) {
    var demand = test.demand();
    var execution = test.execution();
    Duration disconnection = demand.disconnectionTimeout();
    return List.of(
        new Frame.Fact("project", test.origin().project().map(ProjectId::value).orElse("")),
        new Frame.Fact("owner", test.origin().owner().map(UserId::value).orElse("")),
        new Frame.Fact("target", demand.target().text()),
        new Frame.Fact("required products", OpenText.ofExpression(demand.expression())),
        new Frame.Fact("executor application", execution.application()),
        new Frame.Fact("executor script", execution.script()),
        new Frame.Fact("artifacts", String.join(", ", execution.artifacts())),
        new Frame.Fact("results file", execution.resultsFilename()),
        new Frame.Fact("timeout", Words.duration(test.progress().timeout())),
        new Frame.Fact("product releasing mode", demand.releasingMode().text()),
        new Frame.Fact(
            "product disconnection timeout",
            disconnection.isZero() ? "" : Words.duration(disconnection)));
  }

  /** An address that a browser may be led to; anything else could run a script. */
  private static boolean isOfTheWeb(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }
}
