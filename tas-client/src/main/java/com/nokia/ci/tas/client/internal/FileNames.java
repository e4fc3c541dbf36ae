package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    return ResultsWish.complaint(test.execution().resultsFilename());
  }

  /** The files of a test that nodes may have; the other names in it are of no file here. */
  static Set<String> artifacts(TestDescription test) {
    var execution = test.execution();
    return Stream.concat(
            execution.artifacts().stream(),
            execution.packages().stream().flatMap(part -> part.files().stream()))
        .filter(name -> SafeName.complaint("artifact", name).isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The results of a test that nodes may send. */
  static Results results(TestDescription test) {
    return new Results(
        test.execution(), ResultsWish.of(test.execution().resultsFilename()), artifacts(test));
  }

  /**
   * What decides which files are results; asked for each of them, and there may be thousands.
   *
   * @param execution what it was found out of
   * @param artifacts names of no results
   */
  record Results(TestExecution execution, ResultsWish wish, Set<String> artifacts) {
    /**
     * Whether a node may send the file: it is one of the results of the test, under the name of the
     * whole test or of the part with that id. What a pattern brings is no artifact: those are here.
     */
    boolean include(RuntimeId part, String name) {
      boolean isNamed = wish.files().contains(name);
      return SafeName.complaint("results file", name).isEmpty()
          && (isNamed || !artifacts.contains(name))
          && (wish.mayArriveAs(name, part.subId()) || isOfEarlierNode(wish, part, name));
    }
  }

  /** Earlier nodes add the test's id to a name without a dot. */
  private static boolean isOfEarlierNode(ResultsWish wish, RuntimeId part, String name) {
    return !part.subId().isEmpty()
        && wish.files().stream()
            .anyMatch(it -> it.indexOf('.') < 0 && name.equals(it + part.test().value()));
  }
}
