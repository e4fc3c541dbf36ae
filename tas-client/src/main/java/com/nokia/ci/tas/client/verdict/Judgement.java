package com.nokia.ci.tas.client.verdict;

import com.nokia.ci.tas.commons.model.Fault;
import java.util.Objects;
import java.util.Optional;

/**
 * The verdict on a test and why it is this one.
 *
 * @param verdict of the test
 * @param code why it is not PASS
 * @param fault whose fault that is; empty with PASS
 * @param sentence one line for a person
 */
public record Judgement(Verdict verdict, ErrorCode code, Optional<Fault> fault, String sentence) {
  public Judgement {
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(sentence, "sentence");
  }

  /**
   * Judges a test that is over. A test that finished is judged by the reports in its results, and
   * passes when there is none; one that failed by itself fails; everything else is an error.
   */
  public static Judgement of(Ending ending, Findings findings) {
    return ending.kind() == Ending.Kind.FINISHED ? byFindings(findings) : byEnding(ending);
  }

  private static Judgement byFindings(Findings findings) {
    long bad = findings.count(CaseResult.Kind.FAILED) + findings.count(CaseResult.Kind.BROKEN);
    long all = findings.suites().stream().mapToLong(it -> it.cases().size()).sum();
    if (bad > 0) {
      return of(Verdict.FAIL, ErrorCode.CASES_FAILED, bad + " of " + all + " cases failed");
    }
    if (!findings.complaints().isEmpty()) {
      return of(Verdict.ERROR, ErrorCode.RESULTS_UNREADABLE, findings.complaints().get(0));
    }
    return of(
        Verdict.PASS,
        ErrorCode.NONE,
        all == 0 ? "the executor ended with 0" : "none of " + all + " cases failed");
  }

  private static Judgement byEnding(Ending ending) {
    ErrorCode code = ErrorCode.of(ending);
    Verdict verdict = code == ErrorCode.EXECUTOR_FAILED ? Verdict.FAIL : Verdict.ERROR;
    return new Judgement(
        verdict,
        code,
        ending.fault().or(code::fault),
        ending.reason().isEmpty() ? code.meaning() : ending.reason());
  }

  private static Judgement of(Verdict verdict, ErrorCode code, String sentence) {
    return new Judgement(verdict, code, code.fault(), sentence);
  }
}
