package com.nokia.ci.tas.commons.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How far a test is and what it holds (guide, "Status" to "Timeout", "Reserved products").
 *
 * @param status the guide's status
 * @param details one line, empty when there is nothing to say
 * @param startTime when its executor started; the epoch: not yet
 * @param timeout how long the test may take from the moment the service receives it; zero: not said
 * @param attempt number of the run that a start begins or a report speaks of, from 1; 0: not said,
 *     as plain peers do
 * @param reservedProducts the products it was given, secrets included
 */
public record TestProgress(
    TestStatus status,
    String details,
    Instant startTime,
    Duration timeout,
    int attempt,
    List<ProductDescription> reservedProducts) {

  /** A test that no service has seen. */
  public static final TestProgress NONE =
      new TestProgress(TestStatus.UNKNOWN, "", Instant.EPOCH, Duration.ZERO, 0, List.of());

  public TestProgress {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(details, "details");
    Objects.requireNonNull(startTime, "startTime");
    Objects.requireNonNull(timeout, "timeout");
    reservedProducts = List.copyOf(reservedProducts);
  }

  /** The same with another status and details. */
  public TestProgress with(TestStatus newStatus, String newDetails) {
    return new TestProgress(newStatus, newDetails, startTime, timeout, attempt, reservedProducts);
  }

  /** The same with another start time. */
  public TestProgress startedAt(Instant time) {
    return new TestProgress(status, details, time, timeout, attempt, reservedProducts);
  }

  /** The same with another list of reserved products. */
  public TestProgress reserving(List<ProductDescription> products) {
    return new TestProgress(status, details, startTime, timeout, attempt, products);
  }

  /** The same with another timeout. */
  public TestProgress within(Duration newTimeout) {
    return new TestProgress(status, details, startTime, newTimeout, attempt, reservedProducts);
  }

  /** The same for another attempt. */
  public TestProgress attempt(int number) {
    return new TestProgress(status, details, startTime, timeout, number, reservedProducts);
  }
}
