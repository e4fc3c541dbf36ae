package com.nokia.ci.tas.client;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.client.verdict.ErrorCode;
import com.nokia.ci.tas.commons.model.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a test ended.
 *
 * @param id of the test
 * @param status what became of it
 * @param details a sentence for a person: why it did not finish; empty when it finished without a
 *     word
 * @param fault whose fault it is that it did not finish, where that is known
 * @param code the farm's own word for why it did not finish, such as {@code waiting-timeout}; empty
 *     where nobody tells it, as services of before do not
 * @param attempts how often it was run; 0 when it never was, or the service does not count
 * @param files the results that arrived, each complete, in the order of their arrival
 */
public record TestResult(
    String id,
    Status status,
    String details,
    Optional<Fault> fault,
    String code,
    int attempts,
    List<Path> files) {

  /** What becomes of tests. */
  public enum Status {
    /** Executed, and its results are here. */
    FINISHED,
    /** Not executed to its end, or its results did not arrive. */
    FAILED,
    /** Never accepted: something in the request, or a missing right; the details say what to do. */
    REFUSED,
    /** Ended because somebody asked for it, this program included. */
    STOPPED,
    /** Nobody knows: the service cannot be reached, or this program hears no more of it. */
    LOST
  }

  public TestResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(details, "details");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(code, "code");
    files = List.copyOf(files);
  }

  /**
   * Why it did not finish, for programs: each timeout, and each owner of a failure, is a cause of
   * its own (docs/verdicts.md). Services and nodes of before tell no code and no fault: then a
   * failure counts as one of the executor.
   */
  public ErrorCode cause() {
    return ErrorCode.of(ending());
  }

  /** The same as reports have it, {@link com.nokia.ci.tas.client.verdict.TestedRun#of}. */
  public Ending ending() {
    return new Ending(Ending.Kind.valueOf(status.name()), details, fault, code);
  }

  /** Whether it was executed and its results are here. */
  public boolean isFinished() {
    return status == Status.FINISHED;
  }
}
