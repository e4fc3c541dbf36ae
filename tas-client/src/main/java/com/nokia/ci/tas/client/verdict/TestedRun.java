package com.nokia.ci.tas.client.verdict;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A test that is over, with all that reports tell about it.
 *
 * @param id of the test
 * @param begun when the farm was asked to execute it
 * @param ended when it was over
 * @param products that it ran on, in words; empty when it never ran
 * @param ending how the farm was done with it
 * @param findings of its results
 * @param judgement what follows from both
 * @param results the files that arrived
 */
public record TestedRun(
    String id,
    Instant begun,
    Instant ended,
    List<String> products,
    Ending ending,
    Findings findings,
    Judgement judgement,
    List<Path> results) {

  public TestedRun {
    Objects.requireNonNull(id, "id");
    products = List.copyOf(products);
    results = List.copyOf(results);
  }

  /** Reads the results and judges; takes as long as reading takes. */
  public static TestedRun of(
      String id, Instant begun, Instant ended, Ending ending, List<Path> results) {
    var findings = ResultsReading.of(results);
    var judgement = Judgement.of(ending, findings);
    return new TestedRun(id, begun, ended, List.of(), ending, findings, judgement, results);
  }

  /** The same on these products. */
  public TestedRun on(List<String> other) {
    return new TestedRun(id, begun, ended, other, ending, findings, judgement, results);
  }

  /** From its begin to its end. */
  public Duration time() {
    return Duration.between(begun, ended);
  }

  /** The verdict on several tests: the worst of theirs; PASS of none. */
  public static Verdict verdict(List<TestedRun> runs) {
    return runs.stream()
        .map(run -> run.judgement().verdict())
        .max(java.util.Comparator.naturalOrder())
        .orElse(Verdict.PASS);
  }
}
