package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to be run on this machine.
 *
 * @param test with its reserved products
 * @param products those, with their files, in the same order
 * @param source directory of the artifacts
 * @param results directory that gets the results
 * @param argument how products are named to the executor
 * @param keeps whether the workspace stays
 */
record LocalTest(
    TestDescription test,
    List<LocalProduct> products,
    Path source,
    Path results,
    ProductArgument argument,
    boolean keeps) {
  LocalTest {
    products = List.copyOf(products);
  }

  /**
   * Names of all files that the executor finds in its workspace: of a divided test, of all parts.
   */
  Set<String> artifacts() {
    var names = new LinkedHashSet<String>();
    names.add(test.execution().script());
    names.addAll(test.execution().artifacts());
    test.execution().packages().forEach(part -> names.addAll(part.files()));
    names.remove("");
    return names;
  }

  /** Why no farm would take it, if so. */
  Optional<String> refusal() {
    return Stream.of(
            SafeName.complaint("test id", test.id().text()).stream(),
            artifacts().stream().flatMap(name -> SafeName.complaint("artifact", name).stream()),
            ResultsWish.complaint(test.execution().resultsFilename()).stream(),
            test.complaints().stream())
        .flatMap(complaints -> complaints)
        .findFirst();
  }

  ResultsWish wish() {
    return ResultsWish.of(test.execution().resultsFilename());
  }

  SealedValues sealed() {
    return SealedValues.of(test);
  }
}
