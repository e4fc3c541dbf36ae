package com.nokia.ci.tas.commons.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
 * @param secretParameters names of the parameters whose values are secret, without blanks in them;
 *     a name need not be among the parameters
 * @param largeArtifacts those of the artifacts that are large, where their issuer knows what they
 *     are: a hint where to run the test, and what a node may have or take from other nodes
 * @param lenders nodes that have some of these; said by the service to the node of a run alone
 */
public record TestExecution(
    String application,
    String script,
    List<String> artifacts,
    Map<String, String> parameters,
    List<TestPackageDescription> packages,
    String resultsFilename,
    Set<String> secretParameters,
    List<LargeArtifact> largeArtifacts,
    List<Lender> lenders) {

  /** Nothing to run. */
  public static final TestExecution NOTHING =
      new TestExecution("", "", List.of(), Map.of(), List.of(), "");

  public TestExecution {
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(script, "script");
    Objects.requireNonNull(resultsFilename, "resultsFilename");
    artifacts = List.copyOf(artifacts);
    parameters = inOrder(parameters);
    packages = List.copyOf(packages);
    secretParameters = inOrder(secretParameters);
    largeArtifacts = largeArtifacts == null ? List.of() : List.copyOf(largeArtifacts);
    lenders = lenders == null ? List.of() : List.copyOf(lenders);
    if (!secretParameters.isEmpty()
        && secretParameters.stream().anyMatch(TestExecution::isBlankOrHasBlanks)) {
      throw new IllegalArgumentException("the name of a secret parameter has a blank or is empty");
    }
  }

  /** An execution of which nobody knows how large its artifacts are. */
  public TestExecution(
      String application,
      String script,
      List<String> artifacts,
      Map<String, String> parameters,
      List<TestPackageDescription> packages,
      String resultsFilename,
      Set<String> secretParameters) {
    this(
        application,
        script,
        artifacts,
        parameters,
        packages,
        resultsFilename,
        secretParameters,
        List.of(),
        List.of());
  }

  /** The same with large artifacts. */
  public TestExecution large(List<LargeArtifact> artifactsThatAreLarge) {
    return new TestExecution(
        application,
        script,
        artifacts,
        parameters,
        packages,
        resultsFilename,
        secretParameters,
        artifactsThatAreLarge,
        lenders);
  }

  /** The same, and these nodes have some of its large artifacts. */
  public TestExecution lentBy(List<Lender> nodes) {
    return new TestExecution(
        application,
        script,
        artifacts,
        parameters,
        packages,
        resultsFilename,
        secretParameters,
        largeArtifacts,
        nodes);
  }

  /** An execution without secrets. */
  public TestExecution(
      String application,
      String script,
      List<String> artifacts,
      Map<String, String> parameters,
      List<TestPackageDescription> packages,
      String resultsFilename) {
    this(application, script, artifacts, parameters, packages, resultsFilename, Set.of());
  }

  /** The same with other files to fetch. */
  public TestExecution with(List<String> newArtifacts, List<TestPackageDescription> newPackages) {
    if (newArtifacts.equals(artifacts) && newPackages.equals(packages)) {
      return this;
    }
    return new TestExecution(
        application,
        script,
        newArtifacts,
        parameters,
        newPackages,
        resultsFilename,
        secretParameters,
        largeArtifacts,
        lenders);
  }

  /** The same with other parameters, of which some are secret. */
  public TestExecution with(Map<String, String> newParameters, Set<String> newSecrets) {
    return new TestExecution(
        application,
        script,
        artifacts,
        newParameters,
        packages,
        resultsFilename,
        newSecrets,
        largeArtifacts,
        lenders);
  }

  /** The same with {@link SealedValues#MASK} as the value of each secret parameter. */
  public TestExecution withoutSecrets() {
    return secretParameters.isEmpty() ? this : with(openParameters(), secretParameters);
  }

  @Override
  public String toString() {
    return "TestExecution[application="
        + application
        + ", script="
        + script
        + ", artifacts="
        + artifacts
        + ", parameters="
        + openParameters()
        + ", packages="
        + packages
        + ", resultsFilename="
        + resultsFilename
        + "]";
  }

  private Map<String, String> openParameters() {
    var open = new LinkedHashMap<>(parameters);
    open.replaceAll((name, value) -> secretParameters.contains(name) ? SealedValues.MASK : value);
    return open;
  }

  /** Most tests have few parameters or none, and a service has many tests: those need little. */
  private static Map<String, String> inOrder(Map<String, String> given) {
    if (given.isEmpty()) {
      return Collections.emptyMap();
    }
    if (given.size() > 1) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }
    var only = given.entrySet().iterator().next();
    return Map.of(only.getKey(), only.getValue());
  }

  private static Set<String> inOrder(Set<String> given) {
    return given.isEmpty()
        ? Collections.emptySet()
        : Collections.unmodifiableSet(new LinkedHashSet<>(given));
  }

  private static boolean isBlankOrHasBlanks(String name) {
    return name.isEmpty() || name.chars().anyMatch(Character::isWhitespace);
  }
}
