package com.nokia.ci.tas.client.verdict;

import com.nokia.ci.tas.commons.model.Fault;
import java.util.Objects;
import java.util.Optional;

/**
 * How the farm is done with a test, as the guide's statuses tell it; told exactly once.
 *
 * @param kind what became of it
 * @param reason a sentence for a person; may be empty for a test that finished
 * @param fault whose fault a failure is, where the farm says so
 * @param reasonCode the farm's own word for the reason, such as {@code timeout}; empty when it
 *     tells none
 */
public record Ending(Kind kind, String reason, Optional<Fault> fault, String reasonCode) {

  /** What becomes of tests. */
  public enum Kind {
    /** Executed, results delivered. */
    FINISHED,
    /** Not executed to its end, or its executor said that it failed. */
    FAILED,
    /** Never accepted, by the client or by the service. */
    REFUSED,
    /** Ended because somebody asked for it. */
    STOPPED,
    /** Nobody knows: the service could not be reached, or the client was closed. */
    LOST
  }

  public Ending {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(reasonCode, "reasonCode");
  }

  /** An ending of which the farm tells no code. */
  public Ending(Kind kind, String reason, Optional<Fault> fault) {
    this(kind, reason, fault, "");
  }

  /** Not accepted. */
  public static Ending refused(String reason) {
    return new Ending(Kind.REFUSED, reason, Optional.empty());
  }

  /** Nobody knows what became of it. */
  public static Ending lost(String reason) {
    return new Ending(Kind.LOST, reason, Optional.empty());
  }
}
