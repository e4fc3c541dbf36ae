package com.nokia.ci.tas.commons.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A test as peers describe it to each other (guide, "Test"). At least the id is given; all else may
 * be absent.
 *
 * @param id id and sub-id; unchecked
 * @param origin where it comes from
 * @param demand what it asks of the farm
 * @param execution what a node has to run
 * @param progress how far it is
 * @param complaints one sentence for each element whose value could not be understood, such as
 *     {@code target "car" is neither flash nor nose}; a service refuses to start a test that has
 *     any
 * @param direct how its node reaches its issuer directly, if the issuer can be dialled
 */
public record TestDescription(
    RuntimeId id,
    TestOrigin origin,
    TestDemand demand,
    TestExecution execution,
    TestProgress progress,
    List<String> complaints,
    Optional<DirectAccess> direct) {

  public TestDescription {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(demand, "demand");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(progress, "progress");
    complaints = List.copyOf(complaints);
    Objects.requireNonNull(direct, "direct");
  }

  /** A description of a test whose issuer is not reached directly. */
  public TestDescription(
      RuntimeId id,
      TestOrigin origin,
      TestDemand demand,
      TestExecution execution,
      TestProgress progress,
      List<String> complaints) {
    this(id, origin, demand, execution, progress, complaints, Optional.empty());
  }

  /** A description that gives the id alone: enough for stop, check, get and put. */
  public static TestDescription named(RuntimeId id) {
    return new TestDescription(
        id,
        TestOrigin.UNKNOWN,
        TestDemand.NOTHING,
        TestExecution.NOTHING,
        TestProgress.NONE,
        List.of());
  }

  /** The same under another id. */
  public TestDescription with(RuntimeId newId) {
    return new TestDescription(newId, origin, demand, execution, progress, complaints, direct);
  }

  /** The same from elsewhere. */
  public TestDescription with(TestOrigin newOrigin) {
    return new TestDescription(id, newOrigin, demand, execution, progress, complaints, direct);
  }

  /** The same with another demand. */
  public TestDescription with(TestDemand newDemand) {
    return new TestDescription(id, origin, newDemand, execution, progress, complaints, direct);
  }

  /** The same with something else to run. */
  public TestDescription with(TestExecution newExecution) {
    return new TestDescription(id, origin, demand, newExecution, progress, complaints, direct);
  }

  /** The same, further on. */
  public TestDescription with(TestProgress newProgress) {
    return new TestDescription(id, origin, demand, execution, newProgress, complaints, direct);
  }

  /** The same with another way from the node to the issuer, or with none. */
  public TestDescription directly(Optional<DirectAccess> access) {
    return new TestDescription(id, origin, demand, execution, progress, complaints, access);
  }

  /** The same in another status. */
  public TestDescription with(TestStatus status, String details) {
    return with(progress.with(status, details));
  }
}
