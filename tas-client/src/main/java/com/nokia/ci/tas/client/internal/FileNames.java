package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.util.List;
import java.util.Optional;

/** Which files of a test nodes may ask for and send. */
final class FileNames {
  private FileNames() {}

  /** What is wrong with the names in a test, if anything. */
  static Optional<String> complaint(TestDescription test) {
    for (String name : test.execution().artifacts()) {
      Optional<String> complaint = SafeName.complaint("artifact", name);
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    for (var part : test.execution().packages()) {
      for (String name : part.files()) {
        Optional<String> complaint = SafeName.complaint("file of a test package", name);
        if (complaint.isPresent()) {
          return complaint;
        }
      }
    }
    String results = test.execution().resultsFilename();
    return results.isEmpty() ? Optional.empty() : SafeName.complaint("results file", results);
  }

  /** Whether a node may have the file: it is one of the test's artifacts. */
  static boolean isArtifact(TestDescription test, String name) {
    var execution = test.execution();
    return SafeName.complaint("artifact", name).isEmpty()
        && (execution.artifacts().contains(name)
            || execution.packages().stream().anyMatch(part -> part.files().contains(name)));
  }

  /**
   * Whether a node may send the file: it is the test's results file, under the name of the whole
   * test or of the part with that id.
   */
  static boolean isResults(TestDescription test, RuntimeId part, String name) {
    String results = test.execution().resultsFilename();
    return !results.isEmpty()
        && SafeName.complaint("results file", name).isEmpty()
        && forms(results, part).contains(name);
  }

  /**
   * {@code results.zip} of {@code _2} is {@code results_2.zip}; earlier nodes add the test's id to
   * a name without a dot.
   */
  private static List<String> forms(String results, RuntimeId part) {
    int dot = results.lastIndexOf('.');
    String ofPart =
        dot < 0
            ? results + part.subId()
            : results.substring(0, dot) + part.subId() + results.substring(dot);
    return dot < 0 && !part.subId().isEmpty()
        ? List.of(results, ofPart, results + part.test().value())
        : List.of(results, ofPart);
  }
}
