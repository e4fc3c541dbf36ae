package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.TimeLimit;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules of runs: how one begins, what a node may report of it, how it ends. */
final class Runs {
  /** Code of a failure that its node reported. */
  static final String REPORTED = "run-failed";

  /** Code of a run that was given up because the service was ended: no failure of the test. */
  static final String RESTARTED = "service-restarted";

  private final Turn turn;
  private final Books books;

  Runs(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /** A waiting test gets its products, and a node the order to start it. */
  void start(LiveTest test, NodeId node, List<Product> products) {
    int attempt = test.attempts() + 1;
    var order = test.order();
    var left = Duration.between(turn.now, books.clock(order.deadline()));
    var reservation =
        new Hold.Reservation(
            test.runtimeId(),
            attempt,
            order.client(),
            turn.now,
            left.compareTo(order.timeout()) > 0 ? left : order.timeout());
    var hold =
        new Hold.Reserved(
            reservation,
            order.description().demand().disconnectionTimeout(),
            /* givenBack= */ false);
    var ids = products.stream().map(Product::id).toList();
    for (var id : ids) {
      var product = books.product(id).with(hold);
      books.put(product);
      turn.products.tell(product);
    }
    var reserved =
        ids.stream().map(id -> books.product(id).shown(books.settings.service())).toList();
    var told = Reports.forNode(order.description(), attempt, reserved);
    books.put(books.node(node).with(Run.starting(told, turn.now, ids)));
    var started = new LiveTest(order, attempt, test.failures(), new LiveTest.Running(node));
    books.put(started);
    books.laps = books.laps.begun(served(test));
    turn.effect(
        new Effect.StartRun(node, told.directly(order.direct()), order.client().endpoint()));
    turn.reports.moved(
        started,
        Optional.of(node),
        "waiting",
        "starting",
        ids.isEmpty() ? "no products needed" : "with " + ids);
  }

  /** A node gets the order to start a run once more, for it does not have it. */
  void startAgain(NodeId node, Run run, Phase.Starting phase) {
    var order = books.test(run.id()).order();
    run.products().stream().map(books::product).forEach(turn.products::tell);
    books.put(books.node(node).with(run.with(phase.toAgain())));
    turn.effect(
        new Effect.StartRun(node, run.order().directly(order.direct()), order.client().endpoint()));
  }

  /** A test that was preferred for its priority does not take the farm past those it passed. */
  private long served(LiveTest test) {
    long lap = test.rank().lap();
    return books
        .groups
        .get(test.order().wish())
        .flatMap(group -> group.tests().first())
        .map(next -> Math.min(lap, next.getKey().lap()))
        .orElse(lap);
  }

  /** A run has come to its end by itself: how long it took is remembered. */
  private void learn(Run run) {
    books
        .tests
        .get(run.id())
        .ifPresent(
            test ->
                books.habits =
                    books.habits.learned(test.order(), Duration.between(run.reserved(), turn.now)));
  }

  // ---- what a node reports

  void on(Event.RunReported report) {
    if (books.nodes.get(report.node()).isEmpty()) {
      turn.remark(
          Severity.WARN,
          "an address that is no node of this farm, "
              + Words.quoted(report.node().toString())
              + ", reports test "
              + Words.quoted(report.test().text())
              + "; ignored");
      return;
    }
    turn.nodes.heard(report.node());
    var run = books.node(report.node()).run(report.test());
    if (run.isEmpty()) {
      unknown(report);
    } else if (run.get().isMeantBy(report)) {
      take(report, run.get());
      boolean isOver = books.node(report.node()).run(report.test()).isEmpty();
      if (isOver && !isPast(report)) {
        cool(report.node(), report.test());
      }
    }
  }

  /** Whether no run that may follow has the number of this one. */
  private boolean isPast(Event.RunReported report) {
    return report.attempt() > 0
        && books
            .tests
            .get(report.test())
            .filter(test -> test.attempts() >= report.attempt())
            .isPresent();
  }

  /** A node runs what it should not: it is told to end it. What has ended there is no news. */
  private void unknown(Event.RunReported report) {
    if (report.status() == TestStatus.STARTED) {
      turn.effect(
          new Effect.StopRun(
              report.node(),
              TestDescription.named(report.test())
                  .with(TestStatus.STOPPED, "stopped by the service: it has no such run")));
    }
  }

  private void take(Event.RunReported report, Run known) {
    var run = Reports.isRoute(report.route()) ? known.by(report.route()) : known;
    if (report.attempt() > 0) {
      run = run.found();
    }
    if (!run.equals(known)) {
      books.put(books.node(report.node()).with(run));
    }
    if (run.phase() instanceof Phase.Starting starting && starting.isAgain()) {
      takeOfFirst(report, run);
    } else {
      take(report, run, run.phase());
    }
  }

  /**
   * The order to start this run was given once more, and has not arrived yet: the report is of the
   * run that the first order began, which has ended. Its result counts. The second may begin at any
   * moment; so the products are not free before the node confirms that it has ended too.
   */
  private void takeOfFirst(Event.RunReported report, Run run) {
    switch (report.status()) {
      case FINISHED -> {
        learn(run);
        boolean isKept = succeeded(report.node(), run);
        end(report.node(), run, "it had finished before it was started once more");
        if (isKept) {
          var node = books.node(report.node());
          books.put(node.with(node.runs().at(run.id()).keeping()));
        }
      }
      case FAILED, STOPPED -> {
        learn(run);
        abandon(report.node(), run, cause(report, run));
      }
      case STARTED, UNKNOWN, PENDING -> {
        // How it ended follows.
      }
    }
  }

  private void take(Event.RunReported report, Run run, Phase phase) {
    switch (report.status()) {
      case STARTED -> {
        if (phase instanceof Phase.Starting starting) {
          begun(report.node(), run, starting);
        }
      }
      case FINISHED -> {
        if (run.isEnding()) {
          over(report.node(), run, "its node confirms");
        } else {
          // A start that was lost or is late is made up for.
          if (phase instanceof Phase.Starting starting) {
            begun(report.node(), run, starting);
          }
          learn(run);
          finished(report.node(), books.node(report.node()).runs().at(report.test()));
        }
      }
      case FAILED, STOPPED -> {
        if (run.isEnding()) {
          over(report.node(), run, "its node confirms");
        } else {
          learn(run);
          failed(report.node(), run, cause(report, run));
        }
      }
      case UNKNOWN, PENDING -> {
        // The node has the order and prepares it: nothing has changed but what it waits for.
        if (phase instanceof Phase.Starting && !report.details().isBlank()) {
          waiting(report, run);
        }
      }
    }
  }

  /** The issuer hears what a run waits for on its node, and whoever looks sees it. */
  private void waiting(Event.RunReported report, Run run) {
    String details = Words.oneLine(SealedValues.of(run.order()).mask(report.details()));
    books.put(books.node(report.node()).with(run.waitingFor(details)));
    var test = books.test(run.id());
    turn.reports.update(test.order(), Reports.current(books, test), Optional.empty());
  }

  /** Nodes of others may show in their reasons what their executors printed. */
  private static Reason cause(Event.RunReported report, Run run) {
    String details = Words.oneLine(SealedValues.of(run.order()).mask(report.details()));
    return new Reason(
        report.fault().orElse(Fault.TEST),
        TimeLimit.of(report.code()).map(TimeLimit::code).orElse(REPORTED),
        details.isEmpty() ? "node " + report.node() + " gave no reason" : details);
  }

  private void begun(NodeId node, Run run, Phase.Starting phase) {
    books.put(books.node(node).with(run.with(phase.toActive(turn.now))));
    var test = books.test(run.id());
    turn.reports.moved(test, Optional.of(node), "starting", "running", "");
    turn.reports.update(test.order(), Reports.current(books, test), Optional.empty());
  }

  private void finished(NodeId node, Run run) {
    boolean isKept = succeeded(node, run);
    books.put(books.node(node).without(run.id()));
    run.products().forEach(id -> turn.products.release(id, isKept));
    books.stirred = books.stirred.unblocked(run.id());
  }

  /**
   * A run has done what it should.
   *
   * @return whether its issuer is to give its products back
   */
  private boolean succeeded(NodeId node, Run run) {
    var test = books.test(run.id());
    boolean isManual = test.order().description().demand().releasingMode() == ReleasingMode.MANUAL;
    // Before the end: a client may close its port when it hears of that.
    if (isManual && !run.products().isEmpty()) {
      turn.reports.notice(
          test.order(),
          "products "
              + run.products()
              + " stay reserved for test "
              + test.runtimeId()
              + "; release them, or they are released "
              + test.order().timeout().toMillis()
              + " ms after they were reserved");
    }
    turn.parts.finished(test, run);
    turn.blame.finished(node, run);
    return isManual;
  }

  // ---- how a run fails

  /** A run has ended without success: its products are free. */
  void failed(NodeId node, Run run, Reason cause) {
    decide(node, run, cause);
    over(node, run, cause.sentence());
  }

  /** A run shall end, or cannot be watched any longer: its products stay its own until it has. */
  void abandon(NodeId node, Run run, Reason cause) {
    decide(node, run, cause);
    end(node, run, cause.sentence());
    books.stirred = books.stirred.unblocked(run.id());
  }

  /** A run is told to end; what its test makes of that has been decided. */
  void end(NodeId node, Run run, String why) {
    var now = books.node(node);
    var told = run.order().with(TestStatus.STOPPED, Words.oneLine(why));
    books.put(now.with(run.with(run.phase().toEnding(turn.now, books.settings.silence().lease()))));
    if (!now.contact().isLost()) {
      turn.effect(new Effect.StopRun(node, told));
    }
    turn.reports.moved(
        run.id(),
        run.attempt(),
        Optional.of(node),
        run.started().isPresent() ? "running" : "starting",
        "ending",
        why);
  }

  /** A run has ended for certain, or its lease ran out. */
  void over(NodeId node, Run run, String why) {
    books.put(books.node(node).without(run.id()));
    boolean isKept = run.phase() instanceof Phase.Ending ending && ending.keeps();
    run.products().forEach(id -> turn.products.release(id, isKept));
    books.stirred = books.stirred.unblocked(run.id());
    if (run.isEnding()) {
      turn.reports.moved(run.id(), run.attempt(), Optional.of(node), "ending", "ended", why);
    }
  }

  /** For a while no run of this name begins on a node: reports of the old one may still come. */
  void cool(NodeId id, RuntimeId name) {
    var node = books.node(id);
    books.put(node.cooling(node.cooling().with(name, turn.now)));
  }

  /** An ending run is told so once more. */
  void tellAgain(NodeId node, Run run, Phase.Ending phase) {
    books.put(books.node(node).with(run.with(phase.toldAgain(turn.now))));
    turn.effect(
        new Effect.StopRun(node, run.order().with(TestStatus.STOPPED, "stopped by the service")));
  }

  /** Whether a test whose run failed is started again; its products are not free yet. */
  private void decide(NodeId node, Run run, Reason cause) {
    var test = books.test(run.id());
    turn.blame.failed(node, run, test.failures(), cause);
    var whole = books.whole(test.id()).orElseThrow();
    boolean isCounted = !cause.code().equals(RESTARTED);
    int count = whole.failures() + (isCounted ? 1 : 0);
    var counted = isCounted ? test.failures().and(cause, node, run.products()) : test.failures();
    var verdict =
        isLetGo(test, run)
            ? Optional.of(cause.sentence())
            : finality(test, count, counted.count(), cause);
    if (verdict.isPresent()) {
      turn.parts.failed(test, new Reason(cause.fault(), cause.code(), verdict.get()));
      return;
    }
    int most = retries(test);
    turn.reports.notice(
        test.order(),
        "run "
            + run.attempt()
            + " of test "
            + run.id()
            + " failed on node "
            + node
            + ": "
            + cause.sentence()
            + "; it is started again ("
            + (isCounted ? "failure " : "not counted; failures so far: ")
            + count
            + " of "
            + most
            + " that are allowed)");
    boolean isAged = test.order().isAged(books.counted(turn.now), books.settings.tests());
    var failures =
        counted.remembering(
            Attempt.of(node, run).ended(turn.now, EndedTest.Verdict.FAILED, Optional.of(cause)));
    var waiting =
        new LiveTest(
            test.order(), test.attempts(), failures, new LiveTest.Running(node).toWaiting(isAged));
    books.put(waiting);
    if (whole.isSplit() && isCounted) {
      books.put(whole.failedOnceMore());
    }
    turn.reports.moved(
        waiting,
        Optional.of(node),
        run.started().isPresent() ? "running" : "starting",
        "waiting",
        cause.sentence());
    turn.scheduler.arriveElsewhere(waiting);
  }

  /** Whether its client may have left, and its files with it. */
  private static boolean isLetGo(LiveTest test, Run run) {
    return test.order().description().origin().bond().isDetached() && run.started().isPresent();
  }

  /** Why a failure is the end of a test, true cause first; empty when the test goes on. */
  private Optional<String> finality(LiveTest test, int failures, int own, Reason cause) {
    String runs = own > 1 ? " (it was run " + own + " times)" : "";
    if (!isRetried(cause) || failures > retries(test)) {
      return Optional.of(cause.sentence() + runs);
    }
    var left = Duration.between(books.counted(turn.now), test.order().deadline());
    var needed = books.settings.tests().minimalExecutionTime();
    if (left.compareTo(needed) < 0) {
      return Optional.of(
          cause.sentence()
              + runs
              + "; it is not started again: "
              + Math.max(0, left.toMillis())
              + " ms of its timeout are left and test-minimal-execution-time is "
              + needed.toMillis()
              + " ms");
    }
    return Optional.empty();
  }

  /** How many failures of a test are followed by another run. */
  private int retries(LiveTest test) {
    return test.order()
        .description()
        .demand()
        .limits()
        .retries(books.settings.tests().maximalRetries());
  }

  private static boolean isRetried(Reason cause) {
    if (TimeLimit.of(cause.code()).isPresent()) {
      return false;
    }
    return switch (cause.fault()) {
      case TEST, NODE, FARM -> true;
      case PRODUCT -> !cause.code().equals(Products.GONE);
      case REQUESTER, ARTIFACT -> false;
    };
  }

  // ---- what became of orders

  /** A node has an order: it is there, and a start counts among what it runs. */
  void on(Event.OrderDelivered delivery) {
    turn.nodes.answered(delivery.node());
    if (delivery.order() == Event.Order.START) {
      books
          .nodes
          .get(delivery.node())
          .flatMap(node -> node.run(delivery.test()))
          .filter(run -> run.attempt() == delivery.attempt())
          .filter(run -> run.phase() instanceof Phase.Starting)
          .ifPresent(run -> books.put(books.node(delivery.node()).with(run.delivered())));
    }
  }

  void on(Event.OrderUndeliverable failure) {
    var run =
        books
            .nodes
            .get(failure.node())
            .flatMap(node -> node.run(failure.test()))
            .filter(found -> found.attempt() == failure.attempt());
    if (run.isEmpty()) {
      return;
    }
    turn.nodes.inTrouble(failure.node(), failure.detail());
    boolean isSession = books.node(failure.node()).lists();
    boolean isUnknownThere =
        failure.order() == Event.Order.START
            && failure.delivery() == Event.Delivery.NEVER_ARRIVED
            && !isSession; // there it may be the second of two orders
    if (run.get().isEnding() && isUnknownThere) {
      over(failure.node(), run.get(), "its node never had it");
    } else if (run.get().phase() instanceof Phase.Ending ending) {
      var lease = books.settings.silence().lease();
      books.put(books.node(failure.node()).with(run.get().with(ending.prolonged(turn.now, lease))));
    } else if (failure.order() == Event.Order.START) {
      var cause =
          new Reason(
              Fault.NODE,
              "node-unreachable",
              Words.withDetail(
                  "node " + failure.node() + " could not be told to start it", failure.detail()));
      if (failure.delivery() == Event.Delivery.NEVER_ARRIVED
          && run.get().phase() instanceof Phase.Starting) {
        failed(failure.node(), run.get(), cause);
      } else if (run.get().phase() instanceof Phase.Starting) {
        abandon(failure.node(), run.get(), cause);
      }
    }
  }

  /** When the times of a test were that never came to a run. */
  static EndedTest.Times times(LiveTest.Order order, Instant ended) {
    return new EndedTest.Times(order.received(), Optional.empty(), Optional.empty(), ended);
  }

  /** The runs that a test had, as far as they are remembered; the last one ends now. */
  static List<Attempt> attempts(
      LiveTest test,
      Optional<Run> run,
      Instant ended,
      EndedTest.Verdict how,
      Optional<Reason> why) {
    var before = test.failures();
    return run.flatMap(it -> test.node().map(node -> Attempt.of(node, it)))
        .map(last -> before.remembering(last.ended(ended, how, why)))
        .orElse(before)
        .attempts();
  }

  /** When the times of a test were, as far as it has a run. */
  static EndedTest.Times times(LiveTest test, Optional<Run> run, Instant ended) {
    return new EndedTest.Times(
        test.order().received(), run.map(Run::reserved), run.flatMap(Run::started), ended);
  }
}
