package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.SubTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.json.OpenText;
import java.time.Duration;
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
 * @param more where its issuer says that more is to be found; none or one address of the web
 * @param status waiting, preparing, running, or its verdict
 * @param timelines what it has spent its time with; none or one
 * @param facts where it is
 * @param description what was asked for
 * @param nodes where it is or was; none or one
 * @param products what it has or had
 * @param stops where it can be stopped by whoever looks; none or one
 */
public record TestPage(
    Frame frame,
    String id,
    List<String> more,
    String status,
    List<Timeline> timelines,
    List<Frame.Fact> facts,
    List<Frame.Fact> description,
    List<Link> nodes,
    List<Link> products,
    List<String> stops) {

  /**
   * Makes the page from a snapshot; empty when the farm does not know the test.
   *
   * @param mayStop whether whoever looks may stop a test
   */
  public static Optional<TestPage> of(
      TestId id,
      FarmSnapshot farm,
      Frame frame,
      Telling telling,
      Predicate<TestDescription> mayStop) {
    return farm.running(id)
        .map(it -> of(it, farm, frame, telling).with(stops(it.test(), frame, mayStop)))
        .or(
            () ->
                farm.waiting(id)
                    .map(it -> of(it, frame, telling).with(stops(it.test(), frame, mayStop))))
        .or(() -> farm.ended(id).map(it -> of(it, frame, telling)))
        .map(page -> page.with(farm.subTests(id)));
  }

  private TestPage with(Timeline timeline) {
    return new TestPage(
        frame, id, more, status, List.of(timeline), facts, description, nodes, products, stops);
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
    return new TestPage(
        frame, id, more, status, timelines, all, description, nodes, products, stops);
  }

  private static List<String> stops(
      TestDescription test, Frame frame, Predicate<TestDescription> mayStop) {
    return frame.who().isSomebody() && mayStop.test(test)
        ? List.of(Address.ofTest(test.id().test().value()) + "/stop")
        : List.of();
  }

  private TestPage with(List<String> newStops) {
    return new TestPage(
        frame, id, more, status, timelines, facts, description, nodes, products, newStops);
  }

  private static TestPage of(WaitingTest waiting, Frame frame, Telling telling) {
    var row = WaitingRow.of(waiting, telling);
    return page(
            frame,
            waiting.test(),
            "waiting",
            List.of(
                new Frame.Fact("why", row.reason()),
                new Frame.Fact("place in the queue", String.valueOf(row.place())),
                new Frame.Fact("issued by", row.client()),
                new Frame.Fact("received", telling.moment(waiting.received()).text()),
                new Frame.Fact("waits", row.age().text()),
                new Frame.Fact("time left", row.left().text()),
                new Frame.Fact(
                    "starts in about",
                    row.start().stream().map(Lapse::text).findFirst().orElse("")),
                new Frame.Fact("failed so far", row.failures())),
            List.of())
        .with(Timeline.of(waiting.received(), Optional.empty(), Optional.empty(), telling.now()));
  }

  private static TestPage of(RunningTest running, FarmSnapshot farm, Frame frame, Telling telling) {
    var row = RunningRow.of(running, farm, telling);
    return page(
            frame,
            running.test(),
            row.phase(),
            List.of(
                new Frame.Fact("attempt", String.valueOf(row.attempt())),
                new Frame.Fact("at present", row.details()),
                new Frame.Fact("issued by", row.client()),
                new Frame.Fact("received", telling.moment(running.received()).text()),
                new Frame.Fact("reserved", telling.moment(running.reserved()).text()),
                new Frame.Fact(
                    "executor started",
                    running.started().map(telling::moment).map(Moment::text).orElse("")),
                new Frame.Fact("route to the client", running.test().progress().route()),
                new Frame.Fact(row.phase() + " for", row.since().text()),
                new Frame.Fact("time left", row.left().text())),
            List.of(row.node()))
        .with(
            Timeline.of(
                running.received(),
                Optional.of(running.reserved()),
                running.started(),
                telling.now()));
  }

  /** The page of a test that history knows. */
  public static TestPage of(EndedTest ended, Frame frame, Telling telling) {
    var row = EndedRow.of(ended, telling);
    var times = ended.times();
    return page(
            frame,
            ended.test(),
            row.verdict(),
            List.of(
                new Frame.Fact("reason", row.reason()),
                new Frame.Fact("whose fault", row.fault()),
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
        .with(Timeline.of(times.received(), times.reserved(), times.started(), times.ended()));
  }

  private static TestPage page(
      Frame frame, TestDescription test, String status, List<Frame.Fact> facts, List<Link> nodes) {
    return new TestPage(
        frame,
        test.id().test().value(),
        Stream.of(test.origin().url()).filter(TestPage::isOfTheWeb).toList(),
        status,
        List.of(),
        Frame.said(facts),
        Frame.said(description(test)),
        nodes,
        test.progress().reservedProducts().stream().map(Link::to).toList(),
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
