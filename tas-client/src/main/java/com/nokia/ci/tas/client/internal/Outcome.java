package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.Fault;
import java.util.Objects;
import java.util.Optional;

/**
 * How a test ended, told exactly once.
 *
 * @param kind what became of it
 * @param reason a sentence for a person; empty for a test that finished without a word
 * @param fault whose fault a failure is, where the service says so
 * @param code the farm's own word for the reason, such as {@code timeout}; empty where nobody tells
 *     it
 */
public record Outcome(Kind kind, String reason, Optional<Fault> fault, String code) {

  /** What becomes of tests. */
  public enum Kind {
    /** Executed, results delivered. */
    FINISHED,
    /** Not executed to its end. */
    FAILED,
    /** Never accepted, by us or by the service. */
    REFUSED,
    /** Ended because somebody asked for it. */
    STOPPED,
    /** Nobody knows: the service cannot be reached, or this client was closed. */
    LOST
  }

  public Outcome {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(code, "code");
  }

  /** An outcome of which nobody tells the code. */
  public Outcome(Kind kind, String reason, Optional<Fault> fault) {
    this(kind, reason, fault, /* code= */ "");
  }

  /** Not accepted. */
  static Outcome refused(String reason) {
    return new Outcome(Kind.REFUSED, reason, Optional.empty());
  }

  /** Nobody knows what became of it. */
  public static Outcome lost(String reason) {
    return new Outcome(Kind.LOST, reason, Optional.empty());
  }
}
