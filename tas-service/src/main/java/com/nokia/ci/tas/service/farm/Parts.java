package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import com.nokia.ci.tas.service.farm.WholeTest.Awaited;
import com.nokia.ci.tas.service.farm.WholeTest.Divided;
import com.nokia.ci.tas.service.farm.distribution.Distributions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules of the parts of a test: how its packages are divided, and what the end of one part is
 * for the whole. A test without packages is its own only part.
 *
 * <p>The distributions that every farm has are asked here. Any other is asked outside, on an
 * effect, and its answer is an event: so it may do what it likes for as long as it likes, and who
 * takes the events again comes to the same parts without it.
 */
final class Parts {
  /** So long somebody outside may think about how a test is to be divided. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Turn turn;
  private final Books books;

  Parts(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  // ---- a test is divided

  /** Takes a test without packages. */
  void accept(LiveTest.Order order, int attempts) {
    take(order, 1);
    begin(order, List.of(order), attempts);
  }

  /**
   * Takes a test with packages, or asks for the way to divide them.
   *
   * @param whole as it would be if an answer were awaited
   * @return why it cannot be taken, if it cannot
   */
  Optional<Reason> accept(WholeTest whole, int attempts) {
    var order = whole.order();
    var division = new Division(books, whole);
    String name = order.description().demand().distribution();
    var known = Distributions.named(name);
    if (known.isPresent()) {
      var parts = division.question().dividedBy(known.get());
      var complaint = division.complaint(parts);
      if (complaint.isEmpty()) {
        take(order, parts.size());
        divide(whole, division, parts, attempts);
      }
      return complaint;
    }
    take(order, order.description().execution().packages().size());
    ask(whole, attempts);
    return Optional.empty();
  }

  /** A test has its place, and its parts have theirs behind it. */
  private void take(LiveTest.Order order, int parts) {
    books.nextAge += parts;
    if (books.settings.fairShare()) {
      books.laps =
          books.laps.with(
              Laps.issuer(order.description().origin(), order.client()),
              order.rank().lap() + parts - 1);
    }
  }

  /** Whoever was asked before the service began another life has forgotten it. */
  void askAgain() {
    for (var whole : books.wholes.values().toList()) {
      if (whole.stage() instanceof Awaited awaited) {
        ask(whole, awaited.attempts());
      }
    }
  }

  private void ask(WholeTest whole, int attempts) {
    books.put(whole.with(new Awaited(attempts, Deadline.after(turn.now, PATIENCE))));
    turn.effect(new Division(books, whole).question());
  }

  /** The answer; one that comes too late, or twice, is about nothing any more. */
  void on(Event.TestDivided answer) {
    var awaited =
        books
            .wholes
            .get(answer.test())
            .filter(whole -> whole.order().rank().age() == answer.age())
            .filter(whole -> whole.stage() instanceof Awaited);
    if (awaited.isEmpty()) {
      return;
    }
    var whole = awaited.get();
    var division = new Division(books, whole);
    var complaint = answer.refusal().or(() -> division.complaint(answer.parts()));
    if (complaint.isPresent()) {
      refuse(whole, complaint.get());
    } else if (whole.stage() instanceof Awaited stage) {
      books.unite(whole);
      divide(whole, division, answer.parts(), stage.attempts());
    }
  }

  /** Whoever was asked how to divide a test has not answered in time. */
  void unanswered(TestId id) {
    var whole = books.wholes.at(id);
    refuse(
        whole,
        new Reason(
            Fault.FARM,
            "bad-distribution",
            "the distribution "
                + Words.quoted(whole.order().description().demand().distribution())
                + " of this service has not said within "
                + PATIENCE.toMillis()
                + " ms how the packages are to be divided; choose another one, and tell who"
                + " maintains it"));
  }

  private void refuse(WholeTest whole, Reason reason) {
    var description =
        whole.order().description().with(TestStatus.FAILED, Words.oneLine(reason.sentence()));
    turn.tests.end(whole, Optional.empty(), Verdict.REFUSED, description, Optional.of(reason));
  }

  private void divide(
      WholeTest whole, Division division, List<List<Integer>> numbers, int attempts) {
    var orders = division.orders(numbers);
    if (orders.size() > 1) {
      var names = orders.stream().map(order -> order.description().id()).toList();
      books.put(whole.with(new Divided(names, /* failures= */ 0, List.of())));
    }
    begin(whole.order(), orders, attempts);
  }

  private void begin(LiveTest.Order whole, List<LiveTest.Order> orders, int attempts) {
    var hopeful = new ArrayList<LiveTest>(orders.size());
    var hopeless = Optional.<LiveTest>empty();
    for (var order : orders) {
      boolean isAged = order.isAged(books.counted(turn.now), books.settings.tests());
      var part = new LiveTest(order, attempts, LiveTest.Failures.NONE, LiveTest.Waiting.of(isAged));
      books.put(part);
      turn.reports.moved(
          part,
          Optional.empty(),
          "new",
          "waiting",
          "from " + whole.client() + " for " + books.groups.at(order.wish()).shown());
      if (turn.scheduler.isHopeful(part)) {
        hopeful.add(part);
      } else if (hopeless.isEmpty()) {
        hopeless = Optional.of(part);
      }
    }
    String never = hopeless.map(part -> Why.never(books, part)).orElse("");
    turn.reports.update(
        whole, whole.description().with(TestStatus.PENDING, never), Optional.empty());
    if (orders.size() > 1) {
      turn.reports.notice(
          whole, "test " + whole.description().id() + " runs as " + orders.size() + " sub-tests");
    }
    hopeless.ifPresent(
        part -> turn.reports.notice(part.order(), "test " + part.runtimeId() + " waits: " + never));
    hopeful.forEach(turn.scheduler::arrive);
  }

  // ---- a part ends

  /** The run of a part has finished; what becomes of its products is for the caller to say. */
  void finished(LiveTest test, Run run) {
    learn(test, run);
    var whole = books.whole(test.id()).orElseThrow();
    if (!whole.isSplit()) {
      turn.tests.end(
          whole,
          Optional.of(test),
          Verdict.FINISHED,
          Reports.current(books, test).with(TestStatus.FINISHED, ""),
          Optional.empty());
      return;
    }
    var part = ended(test, Verdict.FINISHED, Optional.empty());
    var further = whole.with(new WholeTest.Finished(part, Reports.reserved(books, run)));
    books.put(further);
    books.remove(test);
    turn.reports.moved(test, test.node(), "running", "ended", "finished");
    if (further.finished().size() == further.parts().size()) {
      turn.tests.end(
          further,
          Optional.of(test),
          Verdict.FINISHED,
          Reports.current(books, further).with(TestStatus.FINISHED, ""),
          Optional.empty());
      return;
    }
    turn.reports.notice(
        test.order(),
        "sub-test " + test.runtimeId() + " has finished; " + Summary.progress(books, further));
  }

  /** A run of a part has failed for good: the whole test has. The others are stopped. */
  void failed(LiveTest test, Reason reason) {
    var whole = books.whole(test.id()).orElseThrow();
    var cause = named(whole, test, reason);
    turn.tests.end(
        whole,
        Optional.of(test),
        Verdict.FAILED,
        Reports.current(books, whole).with(TestStatus.FAILED, cause.sentence()),
        Optional.of(cause));
  }

  /** What a reason that concerns a part says of the whole. */
  static Reason named(WholeTest whole, LiveTest part, Reason reason) {
    return whole.isSplit()
        ? new Reason(
            reason.fault(),
            reason.code(),
            "sub-test " + part.runtimeId() + ": " + reason.sentence())
        : reason;
  }

  /** What history keeps of a sub-test that ends now. */
  private EndedTest.Part ended(LiveTest part, Verdict verdict, Optional<Reason> why) {
    var run = Reports.run(books, part);
    return new EndedTest.Part(
        part.runtimeId(),
        part.order().description().execution().packages().stream()
            .map(TestPackageDescription::id)
            .toList(),
        verdict,
        part.attempts(),
        part.node().or(part.failures()::node),
        run.map(Run::products).orElse(List.of()),
        Runs.times(part, run, turn.now),
        Runs.attempts(part, run, turn.now, verdict, why));
  }

  /**
   * What history keeps of the sub-tests of a test that ends now, in their order; nothing of a test
   * that is not split.
   *
   * @param last the one that brought it about, with the verdict of the whole
   * @param why it did not finish
   */
  List<EndedTest.Part> ended(
      WholeTest whole, Optional<LiveTest> last, Verdict verdict, Optional<Reason> why) {
    if (!whole.isSplit()) {
      return List.of();
    }
    var byName = new TreeMap<RuntimeId, EndedTest.Part>();
    for (var part : books.parts(whole)) {
      boolean isLast = last.filter(it -> it.runtimeId().equals(part.runtimeId())).isPresent();
      byName.put(part.runtimeId(), ended(part, isLast ? verdict : Verdict.STOPPED, why));
    }
    whole.finished().forEach(it -> byName.put(it.part().id(), it.part()));
    return whole.parts().stream().map(byName::get).toList();
  }

  private void learn(LiveTest test, Run run) {
    var description = test.order().description();
    if (!description.execution().packages().isEmpty()) {
      run.started()
          .ifPresent(
              at ->
                  books.packageTimes =
                      books.packageTimes.with(description, Duration.between(at, turn.now)));
    }
  }
}
