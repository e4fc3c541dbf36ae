package com.nokia.ci.tas.client.verdict;

import java.util.List;

/**
 * What the results of a test say.
 *
 * @param suites of all reports in them
 * @param complaints a sentence for each report that cannot be read
 */
public record Findings(List<SuiteResult> suites, List<String> complaints) {
  /** There is no report. */
  public static final Findings NONE = new Findings(List.of(), List.of());

  public Findings {
    suites = List.copyOf(suites);
    complaints = List.copyOf(complaints);
  }

  /** How many cases ended so, of all suites. */
  public long count(CaseResult.Kind kind) {
    return suites.stream().mapToLong(it -> it.count(kind)).sum();
  }
}
