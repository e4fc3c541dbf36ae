package com.nokia.ci.tas.client.verdict;

import java.time.Duration;
import java.util.List;

/**
 * The cases of one report, or of a part of it that has a name.
 *
 * @param name of the suite
 * @param cases in the order of the report
 */
public record SuiteResult(String name, List<CaseResult> cases) {
  public SuiteResult {
    name = Texts.cut(name, CaseResult.LONGEST_LINE);
    cases = List.copyOf(cases);
  }

  /** How many cases ended so. */
  public long count(CaseResult.Kind kind) {
    return cases.stream().filter(it -> it.kind() == kind).count();
  }

  /** What all its cases took together. */
  public Duration time() {
    return cases.stream().map(CaseResult::time).reduce(Duration.ZERO, Duration::plus);
  }
}
