package com.nokia.ci.tas.client.verdict;

import java.time.Duration;
import java.util.Objects;

/**
 * One case of a report.
 *
 * @param group what it belongs to, such as a class; may be empty
 * @param name of the case
 * @param time it took; zero when the report does not say
 * @param kind how it ended
 * @param message one line about it; empty when there is none
 * @param details more of it, such as a stack trace; empty when there is none
 */
public record CaseResult(
    String group, String name, Duration time, Kind kind, String message, String details) {

  /** How cases end. */
  public enum Kind {
    PASSED,
    FAILED,
    /** It broke before it could tell. */
    BROKEN,
    SKIPPED
  }

  /** The longest group, name and message that are kept, in characters; the details: 16 times. */
  public static final int LONGEST_LINE = 4096;

  public CaseResult {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(kind, "kind");
    group = Texts.cut(group, LONGEST_LINE);
    name = Texts.cut(name, LONGEST_LINE);
    message = Texts.cut(message, LONGEST_LINE);
    details = Texts.cut(details, LONGEST_LINE * 16);
  }

  /** Whether it speaks against the thing under test. */
  public boolean isBad() {
    return kind == Kind.FAILED || kind == Kind.BROKEN;
  }
}
