package com.nokia.ci.tas.commons.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a node has to run for a test and what it needs for it (guide, "Executor application and
 * executor script", "Artifacts", "Results filename").
 *
 * @param application program that runs the script, with arguments if any; empty: the script is the
 *     program
 * @param script file name among the artifacts; empty: the application needs none
 * @param artifacts file names below the issuer's workspace path, each once, the script among them
 * @param parameters environment variables of the executor, in the order given
 * @param packages parts the test may be split into
 * @param resultsFilename file that the executor leaves; empty: no results are delivered
 */
public record TestExecution(
    String application,
    String script,
    List<String> artifacts,
    Map<String, String> parameters,
    List<TestPackageDescription> packages,
    String resultsFilename) {

  /** Nothing to run. */
  public static final TestExecution NOTHING =
      new TestExecution("", "", List.of(), Map.of(), List.of(), "");

  public TestExecution {
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(script, "script");
    Objects.requireNonNull(resultsFilename, "resultsFilename");
    artifacts = List.copyOf(artifacts);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    packages = List.copyOf(packages);
  }

  /** The same with other files to fetch. */
  public TestExecution with(List<String> newArtifacts, List<TestPackageDescription> newPackages) {
    return new TestExecution(
        application, script, newArtifacts, parameters, newPackages, resultsFilename);
  }
}
