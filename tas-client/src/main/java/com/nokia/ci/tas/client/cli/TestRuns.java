package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.log.RunLog;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.client.verdict.Verdict;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tests on a service, side by side, until each has its verdict or this is stopped. No thread
 * is held while a test runs.
 */
final class TestRuns implements AutoCloseable {
  private static final long LONGEST_STOP_IN_SECONDS = 10;

  private final Issuer issuer;
  private final ServiceOption service;
  private final Voice voice;
  private final ServicePages pages;
  private final WaitingNotes waiting;
  private final Map<TestId, RunWatch> running = new ConcurrentHashMap<>();
  private final Executor reading = work -> new Thread(work, "tas-verdict").start();
  private volatile boolean stopping;

  TestRuns(ServiceOption service, Voice voice) {
    this.service = service;
    this.voice = voice;
    this.pages = service.pages();
    this.issuer = Issuer.open(service.settings());
    this.waiting = new WaitingNotes(pages, voice);
  }

  /**
   * A test to run.
   *
   * @param results the directory that gets its results
   * @param retries how often it is started again when it has not passed
   * @param isOneOfSeveral whether each line of output says whose it is
   * @param runLog the name of the file beside the results that gets the log of the run, if wanted
   */
  record Wanted(
      Test test, Path results, int retries, boolean isOneOfSeveral, Optional<String> runLog) {

    /** The log that is wanted; one for all tries. */
    private Optional<RunLog> log() {
      return runLog.map(name -> new RunLog(results.resolve(name)));
    }
  }

  /** Starts a test; completes when it, or the last try of it, has its verdict. */
  CompletableFuture<TestedRun> run(Wanted wanted) {
    return attempt(wanted, wanted.log(), 1);
  }

  private CompletableFuture<TestedRun> attempt(Wanted wanted, Optional<RunLog> log, int number) {
    var test = wanted.test();
    if (number > 1) {
      test = new Test(test);
      test.setId(wanted.test().getId() + "-" + number);
    }
    return once(test, wanted, log)
        .thenCompose(
            run -> {
              boolean isOver =
                  run.judgement().verdict() == Verdict.PASS
                      || number > wanted.retries()
                      || stopping
                      || run.ending().kind() == Ending.Kind.REFUSED
                      || run.ending().kind() == Ending.Kind.STOPPED;
              if (isOver) {
                return CompletableFuture.completedFuture(run);
              }
              voice.note(
                  run.id(), "test " + run.id() + " is tried again: " + run.judgement().sentence());
              return attempt(wanted, log, number + 1);
            });
  }

  private CompletableFuture<TestedRun> once(Test test, Wanted wanted, Optional<RunLog> log) {
    var begun = Instant.now();
    var watch = started(test, wanted, log);
    return watch
        .outcome()
        .thenApplyAsync(
            outcome -> {
              running.remove(new TestId(test.getId()));
              var ending = ending(test.getId(), outcome);
              return TestedRun.of(test.getId(), begun, Instant.now(), ending, watch.files())
                  .on(watch.products());
            },
            reading);
  }

  private RunWatch started(Test test, Wanted wanted, Optional<RunLog> log) {
    var watch = new RunWatch(voice, wanted.isOneOfSeveral(), created(wanted.results()));
    running.put(new TestId(test.getId()), watch);
    waiting.add(test.getId(), watch);
    TestObserver observer = log.map(it -> it.of(test, watch)).orElse(watch);
    issuer.start(test, service.service(), observer, issuer.newCalls());
    return watch;
  }

  /**
   * The directory for results, which is there now.
   *
   * @throws SettingsException when it cannot be made
   */
  static Path created(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new SettingsException(
          "the directory for results, " + directory + ", cannot be made (" + e + "); give another",
          e);
    }
  }

  /** The service's own word for a failure is on its pages, where they can be read. */
  private Ending ending(String id, Ending outcome) {
    if (outcome.kind() != Ending.Kind.FAILED || !outcome.reasonCode().isEmpty()) {
      return outcome;
    }
    Optional<ServicePages.Ended> ended = pages.ended(id);
    return new Ending(
        outcome.kind(),
        outcome.reason(),
        outcome.fault().or(() -> ended.flatMap(ServicePages.Ended::fault)),
        ended.map(ServicePages.Ended::code).orElse(""));
  }

  /**
   * Starts a test that goes on without us: completes when its nodes have all that it needs, or it
   * is over before.
   */
  CompletableFuture<Optional<TestedRun>> detach(Wanted wanted) {
    Test test = wanted.test();
    var id = new TestId(test.getId());
    test.setDetached(true);
    var begun = Instant.now();
    var watch = started(test, wanted, wanted.log());
    return CompletableFuture.anyOf(watch.begun(), watch.outcome())
        .thenApplyAsync(
            any -> {
              running.remove(id);
              if (!watch.outcome().isDone()) {
                issuer.leave(id, service.service());
                voice.note(
                    test.getId(),
                    "test "
                        + id
                        + " goes on without this command; \"tas attach --id "
                        + id
                        + "\" follows it");
                return Optional.<TestedRun>empty();
              }
              var ending = ending(test.getId(), watch.outcome().join());
              return Optional.of(
                  TestedRun.of(test.getId(), begun, Instant.now(), ending, watch.files()));
            },
            reading);
  }

  /** Tells the verdict on a test. */
  static void tell(TestedRun run, Voice voice) {
    var judgement = run.judgement();
    var event = new LinkedHashMap<String, String>();
    event.put("test", run.id());
    event.put("status", run.ending().kind().name().toLowerCase(java.util.Locale.ROOT));
    event.put("verdict", judgement.verdict().name());
    event.put("code", Integer.toString(judgement.code().number()));
    event.put("fault", judgement.fault().map(it -> it.text()).orElse(""));
    event.put("sentence", judgement.sentence());
    voice.verdict(
        judgement.verdict(),
        judgement.sentence()
            + (judgement.verdict() == Verdict.PASS
                ? ""
                : " (code "
                    + judgement.code().number()
                    + judgement.fault().map(it -> ", fault of: " + it.text()).orElse("")
                    + ")"),
        event);
  }

  Voice voice() {
    return voice;
  }

  /** Asks for the end of all tests that run; the process is about to end. */
  void stop() {
    stopping = true;
    running.forEach(
        (id, watch) -> {
          if (issuer.stop(id, service.service())) {
            voice.note(id.value(), "stopping test " + id);
            var unused =
                watch
                    .outcome()
                    .completeOnTimeout(
                        Ending.lost("the service did not answer in time"),
                        LONGEST_STOP_IN_SECONDS,
                        TimeUnit.SECONDS);
          }
        });
  }

  /** The exit code for tests, the gravest of theirs. */
  static ExitCode exitCode(List<TestedRun> runs, boolean judge) {
    return runs.stream()
        .map(run -> exitCode(run, judge))
        .max(java.util.Comparator.comparing(ExitCode::gravity))
        .orElse(ExitCode.FINISHED);
  }

  private static ExitCode exitCode(TestedRun run, boolean judge) {
    if (judge
        && run.ending().kind() == Ending.Kind.FINISHED
        && run.judgement().verdict() != Verdict.PASS) {
      return ExitCode.FAILED;
    }
    return ExitCode.of(run.ending().kind(), run.ending().fault());
  }

  @Override
  public void close() {
    waiting.close();
    issuer.close();
  }
}
