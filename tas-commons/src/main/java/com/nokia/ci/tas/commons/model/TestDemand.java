package com.nokia.ci.tas.commons.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a test asks of the farm (guide, "Target" to "Required products").
 *
 * @param target products or emulation
 * @param releasingMode who gives the products back
 * @param disconnectionTimeout how long a reserved product may be gone before the test fails; zero:
 *     not said
 * @param expression the required-products expression as written, empty when the list is used
 * @param requiredProducts the explicit list, one description for each product
 * @param priority place in the queue before tests of less, from {@value #LOWEST_PRIORITY} to
 *     {@value #HIGHEST_PRIORITY}; 0 unless said
 * @param distribution name of the way in which the packages of the test are divided into sub-tests;
 *     empty: that of the service
 * @param limits what it asks for itself in time and retries
 */
public record TestDemand(
    Target target,
    ReleasingMode releasingMode,
    Duration disconnectionTimeout,
    String expression,
    List<ProductDescription> requiredProducts,
    int priority,
    String distribution,
    OwnLimits limits) {

  public static final int LOWEST_PRIORITY = -1000;
  public static final int HIGHEST_PRIORITY = 1000;

  /** Nothing said: flash, automatic, no products named. */
  public static final TestDemand NOTHING =
      new TestDemand(
          Target.FLASH, ReleasingMode.AUTOMATIC, Duration.ZERO, "", List.of(), /* priority= */ 0);

  public TestDemand {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(releasingMode, "releasingMode");
    Objects.requireNonNull(disconnectionTimeout, "disconnectionTimeout");
    Objects.requireNonNull(expression, "expression");
    requiredProducts = List.copyOf(requiredProducts);
    distribution = Objects.requireNonNullElse(distribution, "");
    limits = Objects.requireNonNullElse(limits, OwnLimits.NONE);
    if (!isPriority(priority)) {
      throw new IllegalArgumentException(
          "priority is "
              + priority
              + ", must be between "
              + LOWEST_PRIORITY
              + " and "
              + HIGHEST_PRIORITY);
    }
  }

  /** A demand without limits of its own. */
  public TestDemand(
      Target target,
      ReleasingMode releasingMode,
      Duration disconnectionTimeout,
      String expression,
      List<ProductDescription> requiredProducts,
      int priority,
      String distribution) {
    this(
        target,
        releasingMode,
        disconnectionTimeout,
        expression,
        requiredProducts,
        priority,
        distribution,
        OwnLimits.NONE);
  }

  /** A demand that leaves it to the service how packages are divided. */
  public TestDemand(
      Target target,
      ReleasingMode releasingMode,
      Duration disconnectionTimeout,
      String expression,
      List<ProductDescription> requiredProducts,
      int priority) {
    this(
        target,
        releasingMode,
        disconnectionTimeout,
        expression,
        requiredProducts,
        priority,
        /* distribution= */ "");
  }

  /** A demand of no particular priority. */
  public TestDemand(
      Target target,
      ReleasingMode releasingMode,
      Duration disconnectionTimeout,
      String expression,
      List<ProductDescription> requiredProducts) {
    this(
        target,
        releasingMode,
        disconnectionTimeout,
        expression,
        requiredProducts,
        /* priority= */ 0);
  }

  /** The same with another priority. */
  public TestDemand priority(int newPriority) {
    return new TestDemand(
        target,
        releasingMode,
        disconnectionTimeout,
        expression,
        requiredProducts,
        newPriority,
        distribution,
        limits);
  }

  /** The same with its packages divided in another way. */
  public TestDemand distribution(String name) {
    return new TestDemand(
        target,
        releasingMode,
        disconnectionTimeout,
        expression,
        requiredProducts,
        priority,
        name,
        limits);
  }

  /** The same for the products of an expression alone. */
  public TestDemand asking(String newExpression) {
    return new TestDemand(
        target,
        releasingMode,
        disconnectionTimeout,
        newExpression,
        List.of(),
        priority,
        distribution,
        limits);
  }

  /** The same within limits of its own. */
  public TestDemand within(OwnLimits newLimits) {
    return new TestDemand(
        target,
        releasingMode,
        disconnectionTimeout,
        expression,
        requiredProducts,
        priority,
        distribution,
        newLimits);
  }

  /** Whether a test may have such a priority. */
  public static boolean isPriority(long number) {
    return number >= LOWEST_PRIORITY && number <= HIGHEST_PRIORITY;
  }
}
