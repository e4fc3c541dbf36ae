package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.TimeLimit;
import com.nokia.ci.tas.service.farm.Effect.TellClient.Kind;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules of tests: accepting, stopping, looking after, ending. */
final class Tests {
  private final Turn turn;
  private final Books books;

  Tests(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  // ---- a test comes

  void on(Event.TestSubmitted submission) {
    var client = submission.client();
    if (!client.endpoint().isDialable()) {
      turn.remark(
          Effect.Remark.Severity.WARN,
          "a test came without an address for the answer: "
              + Words.quoted(submission.test().id().text())
              + "; ignored");
      return;
    }
    var known = books.whole(submission.test().id().test());
    if (known.filter(test -> test.order().client().equals(client)).isPresent()) {
      turn.clients.seen(client);
      again(known.get(), submission.test().origin());
      turn.clients.speaks(client, submission.line());
      return;
    }
    if (answeredBefore(client, submission.test(), submission.line())) {
      turn.clients.seen(client);
      return;
    }
    var admission = new Admission(books, turn.now);
    var reason = admission.complaint(submission);
    if (reason.isPresent()) {
      refuse(submission, reason.get());
    } else {
      accept(submission, admission);
      turn.clients.speaks(client, submission.line());
    }
  }

  /**
   * Whether a client asks for a test that has ended, and was told how, because it does not know
   * that yet. One that is known to be another of the same id is not meant; a plain client that says
   * nothing of that is at its next one, for it is told of ends at once.
   */
  private boolean answeredBefore(ClientId client, TestDescription asked, Event.Line line) {
    var untold = books.issuers.get(client).flatMap(known -> known.untold().get(asked.id().test()));
    if (untold.isPresent()) {
      boolean isMeant =
          line == Event.Line.SESSION
              ? !asked.origin().isOtherSubmission(untold.get().test().origin())
              : asked.origin().isSameSubmission(untold.get().test().origin());
      if (isMeant) {
        turn.reports.end(client, untold.get());
      } else {
        turn.clients.told(client, asked.id().test());
      }
      return isMeant;
    }
    return tellPast(client, asked);
  }

  /** Tells the issuer of a test how it ended, if it is known which one is meant. */
  private boolean tellPast(ClientId client, TestDescription asked) {
    var ended =
        books
            .endedById
            .get(asked.id().test())
            .map(books.ended::at)
            .filter(past -> past.client().equals(client))
            .filter(past -> past.test().origin().isSameSubmission(asked.origin()));
    ended.ifPresent(
        past -> turn.reports.end(client, new UntoldEnd(past.test(), past.reason(), turn.now)));
    return ended.isPresent();
  }

  /**
   * The same client sends the same test once more: a message that was repeated, or a client that
   * has begun anew and takes the test for its own.
   */
  private void again(WholeTest known, TestOrigin origin) {
    adopt(known, origin);
    var test = books.whole(known.id()).orElseThrow();
    turn.reports.notice(
        test.order(), "test " + test.id() + " is here already; it was not started a second time");
    turn.reports.update(test.order(), Reports.current(books, test), Optional.empty());
  }

  private void adopt(WholeTest known, TestOrigin origin) {
    if (!known.order().description().origin().isOtherSubmission(origin)) {
      return;
    }
    if (books.wholes.contains(known.id())) {
      var order = known.order().submittedAs(origin.submission());
      books.put(new WholeTest(order, known.requirements(), known.stage()));
    }
    books.parts(known).forEach(part -> books.put(part.submittedAs(origin.submission())));
  }

  private void accept(Event.TestSubmitted submission, Admission admission) {
    int attempts = Admission.attempts(submission);
    var order = admission.order(submission);
    var requirements = Admission.ofPackages(submission);
    if (requirements.isEmpty()) {
      turn.parts.accept(order, attempts);
      return;
    }
    turn.parts
        .accept(new WholeTest(order, requirements), attempts)
        .ifPresent(reason -> refuse(submission, reason));
  }

  /** It is not taken: its issuer is told why, and history knows it. */
  void refuse(Event.TestSubmitted submission, Reason reason) {
    turn.clients.seen(submission.client());
    var refused =
        Reports.forIssuer(submission.test())
            .with(new RuntimeId(submission.test().id().test(), ""))
            .directly(Optional.empty())
            .with(TestStatus.FAILED, Words.oneLine(reason.sentence()));
    if (!submission.client().isNobody()) {
      turn.effect(
          new Effect.TellClient(
              submission.client().endpoint(), Kind.UPDATE, refused, Optional.of(reason)));
    }
    turn.effect(
        new Effect.RecordEnded(
            new EndedTest(
                Reports.open(refused, Admission.requirement(submission)),
                submission.client(),
                Verdict.REFUSED,
                Optional.of(reason),
                /* attempts= */ 0,
                Optional.empty(),
                new EndedTest.Times(turn.now, Optional.empty(), Optional.empty(), turn.now))));
    turn.remark(
        Effect.Remark.Severity.INFO,
        "test "
            + Words.quoted(submission.test().id().text())
            + " of "
            + submission.client()
            + " was refused: "
            + Words.oneLine(reason.sentence()));
  }

  // ---- a test is asked about

  void on(Event.CheckRequested check) {
    var id = check.test().id().test();
    if (turn.bonds.on(check)) {
      return;
    }
    var test = books.whole(id).filter(known -> maySee(check, known));
    if (test.isEmpty()) {
      if (!answeredBefore(new ClientId(check.by()), check.test(), Event.Line.SESSION)) {
        unknown(check.by(), new RuntimeId(id, ""));
      }
    } else {
      turn.clients.seen(new ClientId(check.by()));
      turn.reports.answer(
          check.by(), test.get().order(), Reports.current(books, test.get()), Optional.empty());
    }
  }

  private static boolean maySee(Event.CheckRequested check, WholeTest test) {
    return check.by().equals(test.order().client().endpoint())
        || check
            .who()
            .rights()
            .allow(AccessRole.VIEW, test.order().description().origin().project());
  }

  void unknown(Endpoint by, RuntimeId id) {
    String sentence =
        books
            .endedById
            .get(id.test())
            .map(books.ended::at)
            .map(Tests::past)
            .orElse("test " + Words.quoted(id.text()) + " is not known here");
    turn.effect(
        new Effect.TellClient(
            by,
            Kind.STOP,
            TestDescription.named(id).with(TestStatus.FAILED, sentence),
            Optional.of(new Reason(Fault.REQUESTER, "unknown-test", sentence))));
  }

  private static String past(EndedTest test) {
    return "test "
        + test.test().id()
        + " is not running any more: it "
        + switch (test.verdict()) {
          case FINISHED -> "finished";
          case FAILED, REFUSED -> "failed";
          case STOPPED -> "was stopped";
        }
        + " at "
        + test.times().ended().truncatedTo(ChronoUnit.SECONDS)
        + test.reason().map(why -> ", " + why.sentence()).orElse("");
  }

  // ---- a test is stopped

  void on(Event.StopRequested stop) {
    var node = new NodeId(stop.by());
    var run = books.nodes.get(node).flatMap(n -> n.run(stop.test()));
    if (run.isPresent()) {
      turn.runs.on(
          new Event.RunReported(
              stop.at(),
              node,
              stop.test(),
              /* attempt= */ 0,
              TestStatus.FAILED,
              stop.details(),
              Optional.empty()));
      return;
    }
    var test = books.whole(stop.test().test());
    if (test.isEmpty()) {
      unknown(stop.by(), stop.test());
      return;
    }
    turn.clients.seen(new ClientId(stop.by()));
    boolean isIssuer = Clients.isIssuer(test.get().order().issuedBy(), stop.by());
    if (!mayStop(stop, test.get(), isIssuer)) {
      forbidden(stop, test.get());
      return;
    }
    String who = isIssuer ? "stopped by its issuer" : "stopped by " + stop.by();
    var current = Reports.current(books, test.get());
    String details = SealedValues.of(current).mask(stop.details());
    var reason = new Reason(Fault.REQUESTER, "stopped", Words.withDetail(who, details));
    var description =
        current.with(isIssuer ? TestStatus.STOPPED : TestStatus.FAILED, reason.sentence());
    stop(test.get(), Verdict.STOPPED, description, reason);
    if (!stop.by().equals(test.get().order().client().endpoint())) {
      turn.reports.answer(stop.by(), test.get().order(), description, Optional.of(reason));
    }
  }

  /** The program that issued a test may stop it, whatever has become of its rights. */
  private static boolean mayStop(Event.StopRequested stop, WholeTest test, boolean isIssuer) {
    var origin = test.order().description().origin();
    boolean isOwner =
        isIssuer || (origin.owner().isPresent() && origin.owner().equals(stop.who().user()));
    return stop.by().equals(test.order().client().endpoint())
        || stop.who()
            .rights()
            .allow(isOwner ? AccessRole.SUBMIT : AccessRole.OPERATE, origin.project());
  }

  /** Somebody may not stop a test of another. */
  private void forbidden(Event.StopRequested stop, WholeTest test) {
    String sentence =
        "test "
            + test.id()
            + " was started by "
            + test.order().client()
            + " and goes on; stopping the tests of others takes the right to operate";
    turn.effect(
        new Effect.TellClient(
            stop.by(),
            Kind.STOP,
            TestDescription.named(RuntimeId.whole(test.id())).with(TestStatus.FAILED, sentence),
            Optional.of(new Reason(Fault.REQUESTER, "not-yours", sentence))));
    turn.remark(
        Effect.Remark.Severity.WARN,
        Words.quoted(stop.by().toString())
            + " wants to stop test "
            + test.id()
            + " of "
            + test.order().client()
            + " and may not; ignored");
  }

  /** One that has ended meanwhile stays as it ended. */
  void on(Event.StopOrdered stop) {
    var test = books.whole(stop.test());
    if (test.isEmpty()) {
      return;
    }
    var current = Reports.current(books, test.get());
    String why = SealedValues.of(current).mask(stop.why());
    var reason =
        new Reason(Fault.REQUESTER, "stopped", Words.withDetail("stopped by " + stop.who(), why));
    stop(test.get(), Verdict.STOPPED, current.with(TestStatus.FAILED, reason.sentence()), reason);
  }

  /** The issuer of a test is gone: nobody is left to be told. */
  void stopForGone(TestId id, String why) {
    var test = books.whole(id).orElseThrow();
    var reason =
        new Reason(Fault.REQUESTER, "client-gone", "stopped by the service: its client " + why);
    stop(
        test,
        Verdict.STOPPED,
        Reports.current(books, test).with(TestStatus.FAILED, reason.sentence()),
        reason);
  }

  /** The client of a test is gone: whether the test goes on without it. */
  boolean release(TestId id) {
    return turn.bonds.release(books.whole(id).orElseThrow());
  }

  /** Ends a test in whatever stage it is, and its runs with it. */
  private void stop(WholeTest test, Verdict verdict, TestDescription description, Reason reason) {
    end(test, Optional.empty(), verdict, description, Optional.of(reason));
  }

  // ---- time passes

  /** Something is due: a test has waited or run for too long, or long enough to be helped. */
  void due(RuntimeId id) {
    var test = books.test(id);
    var limits = books.settings.tests();
    if (test.stage() instanceof LiveTest.Waiting waiting) {
      var counted = books.counted(turn.now);
      if (!counted.isBefore(test.latestStart(limits))) {
        fail(test, waitedTooLong(test));
      } else if (test.waitsNoLongerThan().filter(end -> !counted.isBefore(end)).isPresent()) {
        fail(test, waitedForItsLimit(test));
      } else {
        var aged = test.with(waiting.toAged());
        books.put(aged);
        turn.scheduler.age(aged);
      }
    } else {
      fail(
          test,
          new Reason(
              Fault.TEST,
              TimeLimit.WHOLE.code(),
              "its timeout of "
                  + test.order().timeout().toMillis()
                  + " ms ran out while it was "
                  + (Reports.run(books, test).flatMap(Run::started).isPresent()
                      ? "on node "
                      : "being prepared on node ")
                  + test.node().orElseThrow()));
    }
  }

  private Reason waitedForItsLimit(LiveTest test) {
    return new Reason(
        Fault.FARM,
        TimeLimit.WAITING.code(),
        "it was not started within its waiting-timeout of "
            + test.order().waitingLimit().orElseThrow().toMillis()
            + " ms; "
            + Why.waits(books, test));
  }

  private Reason waitedTooLong(LiveTest test) {
    return new Reason(
        Fault.FARM,
        TimeLimit.WHOLE.code(),
        "its timeout of "
            + test.order().timeout().toMillis()
            + " ms leaves less than the test-minimal-execution-time of "
            + books.settings.tests().minimalExecutionTime().toMillis()
            + " ms; "
            + Why.waits(books, test)
            + lastFailure(test));
  }

  /** The oldest test of a group has waited without hope for too long. */
  void hopeless(Wish wish) {
    var expectation = books.settings.tests().resourcesExpectationTimeout();
    var group = books.groups.get(wish);
    while (group
        .flatMap(g -> g.due(expectation))
        .filter(due -> !due.isAfter(books.counted(turn.now)))
        .isPresent()) {
      var test = books.test(group.get().oldest().orElseThrow().test());
      fail(
          test,
          new Reason(
              Fault.FARM,
              "no-resources",
              "nothing in the farm could serve it for "
                  + expectation.toMillis()
                  + " ms, the test-resources-expectation-timeout: "
                  + Why.waits(books, test)
                  + lastFailure(test)));
      group = books.groups.get(wish);
    }
  }

  private static String lastFailure(LiveTest test) {
    return test.failures()
        .last()
        .map(reason -> "; its last run failed: " + reason.sentence())
        .orElse("");
  }

  /** A part has failed otherwise than by its run, and its run with it. */
  private void fail(LiveTest test, Reason reason) {
    var run = Reports.run(books, test);
    turn.parts.failed(test, reason);
    run.ifPresent(r -> turn.runs.end(test.node().orElseThrow(), r, reason.sentence()));
  }

  // ---- a test ends

  /**
   * A test has ended: its issuer is told, once and for all, and it is history. What of it is under
   * way is stopped.
   *
   * @param last the part that brought it about, if one did: what becomes of its run and its
   *     products is for the caller to say
   */
  void end(
      WholeTest test,
      Optional<LiveTest> last,
      Verdict verdict,
      TestDescription status,
      Optional<Reason> reason) {
    var parts = turn.parts.ended(test, last, verdict, reason);
    var description = parts.isEmpty() ? status : Summary.added(status, parts);
    var live = books.parts(test);
    var runs = live.stream().map(part -> Reports.run(books, part)).toList();
    var shown = last.or(() -> live.stream().findFirst());
    var ended =
        new EndedTest(
            Reports.open(description, test.order().requirement()),
            test.order().issuedBy(),
            verdict,
            reason,
            parts.isEmpty()
                ? shown.map(LiveTest::attempts).orElse(0)
                : parts.stream().mapToInt(EndedTest.Part::attempts).sum(),
            shown.flatMap(part -> part.node().or(part.failures()::node)),
            shown
                .map(part -> Runs.times(part, Reports.run(books, part), turn.now))
                .orElseGet(() -> Runs.times(test.order(), turn.now)),
            parts,
            parts.isEmpty()
                ? shown
                    .map(
                        part ->
                            Runs.attempts(
                                part, Reports.run(books, part), turn.now, verdict, reason))
                    .orElse(List.of())
                : List.of());
    turn.clients.owe(
        test.order().client(),
        new UntoldEnd(Reports.forClient(test.order(), description), reason, turn.now));
    live.forEach(part -> books.remove(turn.scheduler.release(part)));
    books.remove(test);
    turn.reports.update(test.order(), description, reason);
    books.show(ended);
    turn.effect(new Effect.RecordEnded(ended));
    String how =
        verdict.name().toLowerCase(Locale.ROOT)
            + reason.map(why -> ": " + why.sentence()).orElse("");
    for (int i = 0; i < live.size(); i++) {
      turn.reports.moved(live.get(i), live.get(i).node(), stage(runs.get(i)), "ended", how);
    }
    for (int i = 0; i < live.size(); i++) {
      if (last.filter(live.get(i)::equals).isEmpty()) {
        endRun(live.get(i), runs.get(i), how);
      }
    }
    if (verdict != Verdict.FINISHED) {
      turn.products.releaseKept(test);
    }
  }

  private void endRun(LiveTest part, Optional<Run> run, String why) {
    run.ifPresent(it -> turn.runs.end(part.node().orElseThrow(), it, why));
  }

  private static String stage(Optional<Run> run) {
    if (run.isEmpty()) {
      return "waiting";
    }
    return run.get().started().isPresent() ? "running" : "starting";
  }
}
