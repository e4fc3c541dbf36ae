package com.nokia.ci.tas.commons.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * @param fault whose fault a failure is, where the node that reports it says so; decides whether
 *     the test is tried again
 * @param route how the node of the run reaches the client: {@code direct}, {@code relayed}, or
 *     empty when nobody said
 * @param code a word for why it failed, as in {@link Reason#code}; empty when nobody said
 */
public record TestProgress(
    TestStatus status,
    String details,
    Instant startTime,
    Duration timeout,
    int attempt,
    List<ProductDescription> reservedProducts,
    Optional<Fault> fault,
    String route,
    String code) {

  /** A test that no service has seen. */
  public static final TestProgress NONE =
      new TestProgress(
          TestStatus.UNKNOWN, "", Instant.EPOCH, Duration.ZERO, 0, List.of(), Optional.empty(), "");

  public TestProgress {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(details, "details");
    Objects.requireNonNull(startTime, "startTime");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(route, "route");
    code = Objects.requireNonNullElse(code, "");
    reservedProducts = List.copyOf(reservedProducts);
  }

  /** Progress that says no word for a failure. */
  public TestProgress(
      TestStatus status,
      String details,
      Instant startTime,
      Duration timeout,
      int attempt,
      List<ProductDescription> reservedProducts,
      Optional<Fault> fault,
      String route) {
    this(status, details, startTime, timeout, attempt, reservedProducts, fault, route, "");
  }

  /** Progress that does not say how the node reaches the client. */
  public TestProgress(
      TestStatus status,
      String details,
      Instant startTime,
      Duration timeout,
      int attempt,
      List<ProductDescription> reservedProducts,
      Optional<Fault> fault) {
    this(status, details, startTime, timeout, attempt, reservedProducts, fault, "");
  }

  /** Progress that blames nobody. */
  public TestProgress(
      TestStatus status,
      String details,
      Instant startTime,
      Duration timeout,
      int attempt,
      List<ProductDescription> reservedProducts) {
    this(status, details, startTime, timeout, attempt, reservedProducts, Optional.empty(), "");
  }

  /** The same with another status and details. */
  public TestProgress with(TestStatus newStatus, String newDetails) {
    return new TestProgress(
        newStatus, newDetails, startTime, timeout, attempt, reservedProducts, fault, route, code);
  }

  /** The same with another start time. */
  public TestProgress startedAt(Instant time) {
    return new TestProgress(
        status, details, time, timeout, attempt, reservedProducts, fault, route, code);
  }

  /** The same with another list of reserved products. */
  public TestProgress reserving(List<ProductDescription> products) {
    return new TestProgress(
        status, details, startTime, timeout, attempt, products, fault, route, code);
  }

  /** Since when the products of the run have been reserved; empty: it has none, or nobody said. */
  public Optional<Instant> reservedSince() {
    return reservedProducts.stream()
        .map(product -> product.time(ProductAttribute.RESERVATION_TIME))
        .filter(since -> since.isAfter(Instant.EPOCH))
        .max(Comparator.naturalOrder());
  }

  /** The same with another timeout. */
  public TestProgress within(Duration newTimeout) {
    return new TestProgress(
        status, details, startTime, newTimeout, attempt, reservedProducts, fault, route, code);
  }

  /** The same for another attempt. */
  public TestProgress attempt(int number) {
    return new TestProgress(
        status, details, startTime, timeout, number, reservedProducts, fault, route, code);
  }

  /** The same, and somebody is to blame. */
  public TestProgress blaming(Fault culprit) {
    return new TestProgress(
        status,
        details,
        startTime,
        timeout,
        attempt,
        reservedProducts,
        Optional.of(culprit),
        route,
        code);
  }

  /** The same, and this is why it failed; the details stay as they are. */
  public TestProgress because(Reason reason) {
    return new TestProgress(
        status,
        details,
        startTime,
        timeout,
        attempt,
        reservedProducts,
        Optional.of(reason.fault()),
        route,
        reason.code());
  }

  /** The same by another route. */
  public TestProgress by(String newRoute) {
    return new TestProgress(
        status, details, startTime, timeout, attempt, reservedProducts, fault, newRoute, code);
  }
}
