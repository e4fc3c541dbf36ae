package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import java.util.Optional;

/**
 * What a service was told of a test, and what it has to be told when it has begun anew with us: a
 * service that was restarted may not know the test any more, and then it is submitted again, behind
 * the last attempt that was seen. For any thread.
 */
final class Submission {
  private final TestOperation.Kind kind;
  private final TestDescription test;
  private int attempt;
  private boolean stopped;
  private boolean doubted;

  /**
   * A test that the service is about to be told of.
   *
   * @param kind start, or stop or check for a test that another client started
   */
  Submission(TestOperation.Kind kind, TestDescription test) {
    this.kind = kind;
    this.test = test;
  }

  /** Whether another client started the test. */
  boolean isOfAnother() {
    return kind != TestOperation.Kind.START;
  }

  /** Its issuer wants it to end. */
  synchronized void stop() {
    stopped = true;
  }

  /**
   * The service has begun anew.
   *
   * @param isRestarted whether it may have forgotten the test, so that not to know it is no end
   * @return what to ask or tell it
   */
  synchronized TestOperation.Kind again(boolean isRestarted) {
    boolean isOurs = kind == TestOperation.Kind.START;
    doubted = isRestarted && isOurs && !stopped;
    if (isOurs) {
      return stopped ? TestOperation.Kind.STOP : TestOperation.Kind.CHECK;
    }
    return kind;
  }

  /** The service has said how far the test is, so it knows it. */
  synchronized void heard(TestProgress progress) {
    doubted = false;
    attempt = Math.max(attempt, progress.attempt());
  }

  /**
   * The service does not know the test.
   *
   * @return the test to be submitted again; empty when this is its end
   */
  synchronized Optional<TestDescription> forgotten() {
    boolean isLost = doubted && !stopped;
    doubted = false;
    return isLost ? Optional.of(test.with(test.progress().attempt(attempt))) : Optional.empty();
  }
}
