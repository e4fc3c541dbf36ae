package com.nokia.ci.tas.client;

import com.nokia.ci.tas.client.internal.CallQueue;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.log.Level;
import com.nokia.ci.tas.client.log.Part;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A test that was started, until its end. For any thread; nothing here waits.
 *
 * <p>A run that is closed before its end is stopped, unless it outlives its client: then it goes
 * on, and only this program hears no more of it. After its end closing does nothing.
 */
public final class TestRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TestRun.class);

  private final String id;
  private final Path directory;
  private final Consumer<TestEvent> listener;
  private final CallQueue calls;
  private final Runnable stop;
  private final Runnable leave;
  private final CompletableFuture<Boolean> handedOver = new CompletableFuture<>();
  private final CompletableFuture<TestResult> result = new CompletableFuture<>();

  /** What follows is used by the calls of the queue alone. */
  private final List<Path> files = new ArrayList<>();

  private int attempts;
  private boolean isBroken;

  TestRun(
      String id,
      Path directory,
      Consumer<TestEvent> listener,
      CallQueue calls,
      Runnable stop,
      Runnable leave) {
    this.id = id;
    this.directory = directory;
    this.listener = Objects.requireNonNull(listener, "listener");
    this.calls = calls;
    this.stop = stop;
    this.leave = leave;
  }

  /** Id of the test. */
  public String id() {
    return id;
  }

  /**
   * How the test ended: completes after the last event, and never exceptionally, whatever becomes
   * of the test, the service or the network. What the caller does to it (a time limit, a
   * cancellation) does not touch the test.
   */
  public CompletableFuture<TestResult> result() {
    return result.copy();
  }

  /**
   * Completes when a node has all files of the test and its executor runs, with true; with false
   * when it ended before. From then on a test that outlives its client can be left.
   */
  public CompletableFuture<Boolean> handedOver() {
    return handedOver.copy();
  }

  /** Asks for the end of the test; how it ended is told by {@link #result}. */
  public void cancel() {
    if (!result.isDone()) {
      stop.run();
    }
  }

  @Override
  public void close() {
    if (!result.isDone()) {
      leave.run();
    }
  }

  /** Turns what the inside tells into events and the result. */
  TestObserver observer() {
    return new Observer();
  }

  /** What a listener throws costs that event alone; it is logged once. */
  private void tell(TestEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      if (!isBroken) {
        LOG.atWarn().setCause(e).addKeyValue("test", id).log("a listener throws");
      }
      isBroken = true;
    }
  }

  /** Each call is one of the queue. */
  private final class Observer implements TestObserver {
    @Override
    public void accepted(Test test) {
      tell(new TestEvent.Queued(test.getRuntimeId(), Instant.now()));
    }

    @Override
    public void started(Test test) {
      started(test, /* attempt= */ 0);
    }

    @Override
    public void started(Test test, int attempt) {
      attempts = Math.max(attempts, attempt);
      calls.add(() -> handedOver.complete(true));
      tell(
          new TestEvent.Started(
              test.getRuntimeId(), Instant.now(), attempt, test.getReservedProducts()));
    }

    @Override
    public Path resultsDirectory(String workspacePath) {
      return directory;
    }

    @Override
    public void said(Test test, String text) {
      tell(new TestEvent.Output(test.getRuntimeId(), Instant.now(), text));
    }

    @Override
    public void noted(Test test, String sentence) {
      note(test.getRuntimeId(), Level.WARNING, Part.CLIENT, sentence);
    }

    @Override
    public void waiting(Test test, String details) {
      note(test.getRuntimeId(), Level.INFO, Part.SERVICE, details);
    }

    @Override
    public void remarked(Test test, String text) {
      note(test.getRuntimeId(), Level.WARNING, Part.SERVICE, text);
    }

    @Override
    public void delivered(RuntimeId part, String name) {
      String sentence = "artifact " + name + " is on its node";
      note(part.text(), Level.INFO, Part.NODE, sentence);
    }

    @Override
    public void transferring(RuntimeId part, Transfer transfer) {
      tell(
          new TestEvent.Transferred(
              part.text(),
              Instant.now(),
              transfer.name(),
              transfer.isResults() ? TestEvent.Direction.IN : TestEvent.Direction.OUT,
              transfer.bytes(),
              Math.max(-1, transfer.total())));
    }

    private void note(String runtimeId, Level level, Part part, String sentence) {
      tell(new TestEvent.Note(runtimeId, Instant.now(), level, part, sentence));
    }

    @Override
    public void received(RuntimeId part, String name) {
      Path file = directory.resolve(name);
      files.remove(file);
      files.add(file);
      tell(new TestEvent.Results(part.text(), Instant.now(), file));
    }

    /** Who waits for the result goes on when the test counts as running no more. */
    @Override
    public void ended(Test test, Ending outcome) {
      var end = result(id, outcome, attempts, files);
      calls.add(
          () -> {
            handedOver.complete(false);
            result.complete(end);
          });
      tell(new TestEvent.Ended(id, Instant.now(), end));
    }
  }

  /** How a test ended, as callers are told. */
  static TestResult result(String id, Ending outcome, int attempts, List<Path> files) {
    return new TestResult(
        id,
        status(outcome.kind()),
        outcome.reason(),
        outcome.fault(),
        outcome.reasonCode(),
        attempts,
        files);
  }

  private static TestResult.Status status(Ending.Kind kind) {
    return switch (kind) {
      case FINISHED -> TestResult.Status.FINISHED;
      case FAILED -> TestResult.Status.FAILED;
      case REFUSED -> TestResult.Status.REFUSED;
      case STOPPED -> TestResult.Status.STOPPED;
      case LOST -> TestResult.Status.LOST;
    };
  }
}
