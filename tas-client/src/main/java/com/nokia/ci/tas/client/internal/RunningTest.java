package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Published;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One test from its start to the end of its last call: what its observer was told, and what is
 * still on its way.
 *
 * <p>For any thread. Everything about the test itself comes from the issuer's own description; from
 * the network are taken the sub-id, the status, the times and the reserved products.
 */
final class RunningTest {
  /** What a slow observer may leave waiting, in characters. */
  private static final int MOST_TEXT = 8 << 20;

  private static final Optional<Ending.Kind> FINISHED = Optional.of(Ending.Kind.FINISHED);

  private final Test own;
  private volatile TestDescription description;

  /** Asked for each of them, and there may be thousands. */
  private final Set<String> artifacts;

  private volatile Optional<FileNames.Results> results = Optional.empty();
  private final Endpoint service;
  private final TestObserver observer;
  private final CallQueue calls;
  private final Arrivals arrivals;
  private final Clock clock;
  private final Instant since;
  private final Submission submission;
  private final TextNumbers numbers = new TextNumbers();
  private final Ticket ticket = Ticket.random();

  /** The last start that was told, by sub-id. */
  private final Map<String, TestProgress> starts = new HashMap<>();

  private TestProgress last = TestProgress.NONE;
  private final SealedValues sealed;

  /** What is secret of each part that was started, by sub-id: its products are its own. */
  private final Map<String, SealedValues> sealedParts = new HashMap<>();

  /** Completes when the service was told all that was to be told so far. */
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  /** Whether it outlives its client, so that what its node keeps has to be asked for. */
  private final boolean held;

  /** How it ended, while what its node keeps of it is on its way. */
  private Optional<End> awaited = Optional.empty();

  private final Set<String> received = new HashSet<>();
  private Instant lastSign = Instant.EPOCH;
  private String lastWait = "";
  private boolean accepted;
  private boolean ended;
  private int waitingText;
  private int textsLeftOut;

  /**
   * How a test ended.
   *
   * @param progress as the last message has it
   */
  record End(TestProgress progress, Ending outcome) {}

  /**
   * A test that a service is about to be told of.
   *
   * @param own a copy that nobody else has
   * @param kind start, or stop or check for a test that another client started
   * @param bond what is asked besides of a test that another client started
   */
  RunningTest(
      Test own,
      TestOperation.Kind kind,
      Bond bond,
      Endpoint service,
      TestObserver observer,
      CallQueue calls,
      Clock clock) {
    this.own = own;
    this.description = named(Published.description(own), kind, bond);
    this.artifacts = FileNames.artifacts(description);
    this.held = description.origin().bond() != Bond.ISSUER;
    this.submission = new Submission(kind, description);
    this.service = service;
    this.observer = observer;
    this.calls = calls;
    this.clock = clock;
    this.since = clock.instant();
    this.arrivals = new Arrivals();
    this.sealed = SealedValues.of(description);
  }

  /** Of a test that another client started, its submission is not known here. */
  private static TestDescription named(TestDescription test, TestOperation.Kind kind, Bond bond) {
    return kind == TestOperation.Kind.START
        ? test.with(test.origin().submittedAs(Ticket.random().secret()))
        : TestDescription.named(test.id()).with(test.origin().bound(bond));
  }

  TestId id() {
    return description.id().test();
  }

  Endpoint service() {
    return service;
  }

  /** What the service is asked to execute. */
  TestDescription description() {
    return description;
  }

  /** Whether its nodes may have the file. */
  boolean hasArtifact(String name) {
    return artifacts.contains(name);
  }

  /** Whether a node may send the file as one of the results of a part. */
  boolean hasResults(RuntimeId part, String name) {
    var now = description;
    var known =
        results
            .filter(it -> it.execution().equals(now.execution()))
            .orElseGet(() -> FileNames.results(now));
    results = Optional.of(known);
    return known.include(part, name);
  }

  /** Whether it outlives its client. */
  boolean isHeld() {
    return held;
  }

  /** Whether another client started it. */
  boolean isOfAnother() {
    return submission.isOfAnother();
  }

  /** The service tells of a test that another client started; what it has to deliver is taken. */
  void adopt(TestDescription heard) {
    if (held && isOfAnother() && !heard.execution().equals(TestExecution.NOTHING)) {
      description =
          description
              .with(heard.execution())
              .with(description.origin().bound(isAttached(heard) ? Bond.ISSUER : bond()));
    }
  }

  private static boolean isAttached(TestDescription heard) {
    return switch (heard.progress().status()) {
      case PENDING, STARTED -> true;
      case UNKNOWN, STOPPED, FINISHED, FAILED -> false;
    };
  }

  private Bond bond() {
    return description.origin().bond();
  }

  /**
   * It has ended, and what its node keeps of it has to be asked for before that is told.
   *
   * @return what the service is asked; empty when there is nothing to ask for, or it was asked
   */
  synchronized Optional<TestDescription> awaitKept(End end) {
    boolean isOutputKnown = accepted || bond() == Bond.RESULTS || !isOfAnother();
    boolean isAnythingWanted =
        !isOutputKnown || !description.execution().resultsFilename().isEmpty();
    if (ended || awaited.isPresent() || !held || !isAnythingWanted) {
      return Optional.empty();
    }
    awaited = Optional.of(end);
    lastSign = clock.instant();
    var word = isOutputKnown ? Bond.FETCH : Bond.REPLAY;
    description = description.with(description.origin().bound(word));
    return Optional.of(description);
  }

  synchronized boolean isAwaitingKept() {
    return awaited.isPresent();
  }

  /** How long to wait on for what its node keeps; zero or less: nothing has come for so long. */
  synchronized Duration keptPatience(Duration limit) {
    return arrivals.isQuiet() ? Duration.between(clock.instant(), lastSign.plus(limit)) : limit;
  }

  /** Whether somebody who follows it, or wants what is kept of it, was told nothing yet. */
  synchronized boolean isUnanswered() {
    return held && isOfAnother() && !accepted && !ended && awaited.isEmpty();
  }

  /**
   * Nothing more comes of what its node keeps.
   *
   * @param complaint why not all of it came; empty when the node has said so itself
   * @return how the test ended; empty when that is not waited for
   */
  synchronized Optional<End> keptOver(String complaint) {
    var end = awaited;
    awaited = Optional.empty();
    var missing =
        ResultsWish.of(description.execution().resultsFilename()).files().stream()
            .map(ResultsWish::baseName)
            .filter(name -> !received.contains(name))
            .toList();
    boolean isAll = missing.isEmpty() || !end.map(it -> it.outcome().kind()).equals(FINISHED);
    return isAll
        ? end
        : end.map(
            it ->
                new End(
                    it.progress(),
                    new Ending(
                        Ending.Kind.FAILED,
                        String.join(", ", missing)
                            + " did not arrive: "
                            + (complaint.isEmpty() ? "its node keeps it no longer" : complaint),
                        Optional.of(Fault.NODE))));
  }

  /**
   * The service is also told what its large artifacts are, and told nothing before that is known.
   */
  synchronized void prepare(CompletableFuture<List<LargeArtifact>> large) {
    told =
        large.thenAccept(
            artifacts -> description = description.with(description.execution().large(artifacts)));
  }

  /**
   * Tells the service something: at once, or behind what waits to be told.
   *
   * @param threads where that is done later
   */
  void tell(Runnable telling, Executor threads) {
    synchronized (this) {
      if (!told.isDone()) {
        told = told.thenRunAsync(telling, threads);
        return;
      }
    }
    telling.run();
  }

  /** Whether it is over, whatever the service was told. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /** What the service was told of it and has to be told again when it was restarted. */
  Submission submission() {
    return submission;
  }

  /** What its nodes show when they come by themselves. */
  Ticket ticket() {
    return ticket;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /** Whether the test should have ended by then. */
  boolean isOverdue(Instant now, Duration overtime) {
    return now.isAfter(since.plusMillis(own.getTimeout()).plus(overtime));
  }

  synchronized boolean isAccepted() {
    return accepted;
  }

  /** The service has taken it and has not started it yet. */
  synchronized void accept(TestProgress progress) {
    submission.heard(progress);
    if (!accepted && !ended) {
      accepted = true;
      Test copy = copy("", progress);
      calls.add(() -> observer.accepted(copy));
    }
    String details = progress.details();
    if (!ended && !details.isEmpty() && !details.equals(lastWait)) {
      lastWait = details;
      Test copy = copy("", progress);
      calls.add(() -> observer.waiting(copy, details));
    }
  }

  /** A node has started it or a part of it; what was told before is not told again. */
  synchronized void start(RuntimeId runtimeId, TestProgress progress) {
    submission.heard(progress);
    accepted = true;
    if (ended || isSameStart(starts.get(runtimeId.subId()), progress)) {
      return;
    }
    starts.put(runtimeId.subId(), progress);
    last = progress;
    sealedParts.put(runtimeId.subId(), SealedValues.of(description.with(progress)));
    Test copy = copy(runtimeId.subId(), progress);
    calls.add(() -> observer.started(copy, progress.attempt()));
  }

  /**
   * Somebody says something; what a slow observer cannot take in time is counted and left out.
   * Nodes of earlier programs mask nothing, so it is done here.
   *
   * @param isOfService whether it is known not to be output of the executor
   */
  synchronized void say(TextMessage message, boolean isOfService) {
    String part = message.test().id().subId();
    String text = sealedParts.getOrDefault(part, sealed).mask(message.text().strip());
    if (ended || text.isEmpty() || !numbers.isNew(message)) {
      return;
    }
    lastSign = clock.instant();
    if (waitingText + text.length() > MOST_TEXT) {
      textsLeftOut++;
      return;
    }
    waitingText += text.length();
    String notice =
        textsLeftOut == 0
            ? ""
            : "(" + textsLeftOut + " messages were left out: the listener is too slow)\n";
    textsLeftOut = 0;
    Test copy = copy(part, starts.getOrDefault(part, last));
    calls.add(
        () -> {
          synchronized (this) {
            waitingText -= text.length();
          }
          if (isOfService) {
            observer.remarked(copy, notice + text);
          } else {
            observer.said(copy, notice + text);
          }
        });
  }

  /** A results file of it, or of a part of it, is there. */
  synchronized void receive(RuntimeId part, String name) {
    received.add(name);
    lastSign = clock.instant();
    calls.add(() -> observer.received(part, name));
  }

  /** A node has an artifact of it. */
  synchronized void deliver(RuntimeId part, String name) {
    if (!ended) {
      calls.add(() -> observer.delivered(part, name));
    }
  }

  /** A file of it has got on. */
  synchronized void transfer(RuntimeId part, Supplier<TestObserver.Transfer> transfer) {
    if (!ended) {
      calls.add(() -> observer.transferring(part, transfer.get()));
    }
  }

  /** Something has happened to the service or the network that concerns it. */
  synchronized void note(String sentence) {
    if (!ended) {
      Test copy = copy("", last);
      calls.add(() -> observer.noted(copy, sentence));
    }
  }

  /**
   * The test is over. Files that are on their way are waited for; a test that finished without its
   * results has failed.
   *
   * @param progress as the last message has it
   * @param afterwards called with what the observer was told, on the same thread after that
   */
  void end(TestProgress progress, Ending outcome, Consumer<Ending> afterwards) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    arrivals.whenQuiet(
        missing -> calls.add(() -> tellEnd(progress, complete(outcome, missing), afterwards)));
  }

  /** Asks the observer, from a thread that may wait. */
  <T> T ask(String what, Duration limit, Callable<T> question) throws IOException {
    return calls.ask(what, limit, question);
  }

  /** Does something between two calls to the observer. */
  void between(Runnable work) {
    calls.add(work);
  }

  TestObserver observer() {
    return observer;
  }

  String workspace() {
    return own.getWorkspacePath();
  }

  private void tellEnd(TestProgress progress, Ending outcome, Consumer<Ending> afterwards) {
    try {
      observer.ended(endCopy(progress, outcome), outcome);
    } finally {
      afterwards.accept(outcome);
    }
  }

  private static Ending complete(Ending outcome, List<String> missing) {
    return outcome.kind() != Ending.Kind.FINISHED || missing.isEmpty()
        ? outcome
        : new Ending(Ending.Kind.FAILED, String.join("; ", missing), Optional.of(Fault.NODE));
  }

  private synchronized Test endCopy(TestProgress progress, Ending outcome) {
    Test copy = copy("", progress);
    switch (outcome.kind()) {
      case FINISHED -> copy.setStatus(Test.Status.FINISHED, outcome.reason());
      case STOPPED -> copy.setStatus(Test.Status.STOPPED, outcome.reason());
      case FAILED, REFUSED, LOST -> copy.setStatus(Test.Status.FAILED, outcome.reason());
    }
    return copy;
  }

  private Test copy(String subId, TestProgress progress) {
    var copy = new Test(own);
    copy.setSubId(subId);
    copy.setStatus(Test.Status.valueOf(progress.status().name()), progress.details());
    copy.setStartTime(
        (progress.startTime().isAfter(Instant.EPOCH) ? progress : last).startTime().toEpochMilli());
    copy.setReservedProducts(products(progress));
    return copy;
  }

  private List<Product> products(TestProgress progress) {
    var known = progress.reservedProducts().isEmpty() ? last : progress;
    return known.reservedProducts().stream().map(Published::product).toList();
  }

  private static boolean isSameStart(TestProgress told, TestProgress progress) {
    return told != null
        && told.startTime().equals(progress.startTime())
        && told.attempt() == progress.attempt()
        && told.reservedProducts().equals(progress.reservedProducts());
  }
}
