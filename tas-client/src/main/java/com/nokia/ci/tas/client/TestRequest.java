package com.nokia.ci.tas.client;

import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestPackage;
import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDemand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A test to be executed: which products it needs, which files, and what is to be run. Does not
 * change once it is built, so that it can be started any number of times, on several services too.
 *
 * <pre>{@code
 * TestRequest request =
 *     TestRequest.named("nightly_7")
 *         .workspace(Path.of("/home/ci/workspace"))
 *         .require("(rm-code:RM-763;)")
 *         .executor("python3", "execute.py")
 *         .artifacts("firmware.img")
 *         .results("results.zip", "logs/*.xml")
 *         .timeout(Duration.ofHours(2))
 *         .build();
 * }</pre>
 */
public final class TestRequest {
  private final Test test;
  private final Optional<Path> resultsDirectory;
  private final Optional<String> runLog;

  private TestRequest(Test test, Optional<Path> resultsDirectory, Optional<String> runLog) {
    this.test = test;
    this.resultsDirectory = resultsDirectory;
    this.runLog = runLog;
  }

  /**
   * Begins a request.
   *
   * @param id unique among the tests that the service executes at one time; a file name as well: no
   *     slashes, colons, wildcards or control characters, 120 bytes at most
   */
  public static Builder named(String id) {
    return new Builder(id);
  }

  /**
   * A request with what a test of the guide's API says.
   *
   * @param test is copied
   */
  public static TestRequest of(Test test) {
    return new TestRequest(new Test(test), Optional.empty(), Optional.empty());
  }

  /** Id of the test. */
  public String id() {
    return test.getId();
  }

  /** The directory that has the artifacts. */
  public Path workspace() {
    return Path.of(test.getWorkspacePath());
  }

  /** The directory that gets the results: the workspace, if nothing else was said. */
  public Path resultsDirectory() {
    return resultsDirectory.orElseGet(this::workspace);
  }

  /** Whether the test outlives its client. */
  public boolean isDetached() {
    return test.isDetached();
  }

  /** The file for the log of the run, if one is wanted. */
  Optional<Path> runLog() {
    return runLog.map(resultsDirectory()::resolve);
  }

  /** The same as the guide's API has it; a copy. */
  public Test toTest() {
    return new Test(test);
  }

  /** Collects what a test is; for one thread. Whatever is not said has the service's default. */
  public static final class Builder {
    private final Test test;
    private final List<String> results = new ArrayList<>();
    private Optional<String> output = Optional.empty();
    private Optional<Path> resultsDirectory = Optional.empty();
    private Optional<String> runLog = Optional.empty();

    private Builder(String id) {
      test = new Test(Objects.requireNonNull(id, "id"), Test.Target.FLASH);
      test.setExecutorApplication("");
      workspace(Path.of(""));
    }

    /** The directory that has the artifacts and gets the results; the current one if not said. */
    public Builder workspace(Path directory) {
      test.setWorkspacePath(directory.toAbsolutePath().normalize().toString());
      return this;
    }

    /**
     * The directory that gets the results and the {@linkplain #runLog log}, instead of the
     * workspace.
     *
     * @param directory there when the test is started
     */
    public Builder resultsDirectory(Path directory) {
      resultsDirectory = Optional.of(directory.toAbsolutePath().normalize());
      return this;
    }

    /**
     * The products that the test needs: {@code (rm-code:RM-763;)(role:remote;)}; none: any node.
     */
    public Builder require(String expression) {
      test.setRequiredEnvironment(expression);
      return this;
    }

    /** Whether the test runs on products, as it does if not said, or in an emulation. */
    public Builder target(Test.Target target) {
      test.setTarget(target);
      return this;
    }

    /**
     * What is run: a program on the node that gets the script as its first argument.
     *
     * @param application may have arguments of its own, {@code python3 -u}
     * @param script one of the files in the workspace
     */
    public Builder executor(String application, String script) {
      test.setExecutorApplication(application);
      test.setExecutorScript(script);
      return this;
    }

    /** What is run: a file in the workspace, as a program. */
    public Builder script(String script) {
      return executor("", script);
    }

    /** Further files in the workspace that the node needs, by their names. */
    public Builder artifacts(String... names) {
      return artifacts(Arrays.asList(names));
    }

    /** Further files in the workspace that the node needs, by their names. */
    public Builder artifacts(List<String> names) {
      names.forEach(test::addArtifact);
      return this;
    }

    /** A variable in the environment of the executor. */
    public Builder environment(String name, String value) {
      test.addexecutorEnvparam(name, value);
      return this;
    }

    /** A variable whose value is shown nowhere: not in output, pages or logs. */
    public Builder secret(String name, String value) {
      test.addSecretExecutorEnvparam(name, value);
      return this;
    }

    /**
     * Files that the executor leaves and that are wanted here: {@code results.zip} and {@code
     * logs/run.log} have to be there, patterns such as {@code **}{@code /*.xml} bring what there
     * is.
     */
    public Builder results(String... namesAndPatterns) {
      results.addAll(List.of(namesAndPatterns));
      return this;
    }

    /** The whole output of the executor is wanted as a file of this name. */
    public Builder output(String name) {
      output = Optional.of(name);
      return this;
    }

    /**
     * What happens to the test is written to a file of this name beside its results, by all that
     * have to do with it and in order: what was asked for, what is happening, what went wrong.
     *
     * @param name a file name, usually {@code run.log}; replaces an older file
     * @throws IllegalArgumentException when it is no plain file name
     */
    public Builder runLog(String name) {
      SafeName.complaint("run log", name)
          .ifPresent(
              sentence -> {
                throw new IllegalArgumentException(sentence);
              });
      runLog = Optional.of(name);
      return this;
    }

    /**
     * How long the test may take in all, from its acceptance to its end; six hours if not said.
     *
     * @param limit longer than nothing; counted in milliseconds
     */
    public Builder timeout(Duration limit) {
      test.setTimeout(millis("timeout", limit));
      return this;
    }

    /**
     * How long it may wait for its products, from its acceptance until a node is told to start it
     * for the first time; as long as its timeout allows if not said. Services of before know no
     * such limit.
     *
     * @param limit longer than nothing; counted in milliseconds
     */
    public Builder waitingTimeout(Duration limit) {
      test.setWaitingTimeout(millis("waiting timeout", limit));
      return this;
    }

    /**
     * How long a node may take until the executor runs, for each run; as long as the timeout allows
     * if not said. Nodes of before know no such limit.
     *
     * @param limit longer than nothing; counted in milliseconds
     */
    public Builder preparationTimeout(Duration limit) {
      test.setPreparationTimeout(millis("preparation timeout", limit));
      return this;
    }

    /**
     * How long the executor may run, for each run; it is ended then, and what it has left is
     * delivered. As long as the timeout allows if not said. Nodes of before know no such limit.
     *
     * @param limit longer than nothing; counted in milliseconds
     */
    public Builder executionTimeout(Duration limit) {
      test.setExecutionTimeout(millis("execution timeout", limit));
      return this;
    }

    /**
     * How many failures are followed by another run, on other products and another node if
     * possible; as many as the service allows if not said, and never more than that.
     *
     * @param number from 0 to {@value OwnLimits#MOST_RETRIES}
     */
    public Builder retries(int number) {
      if (number < 0 || number > OwnLimits.MOST_RETRIES) {
        throw new IllegalArgumentException(
            "the number of retries is "
                + number
                + "; give one between 0 and "
                + OwnLimits.MOST_RETRIES);
      }
      test.setRetries(number);
      return this;
    }

    private static long millis(String what, Duration limit) {
      if (limit.toMillis() <= 0) {
        throw new IllegalArgumentException(
            "the " + what + " is " + limit + "; give one of at least a millisecond");
      }
      return limit.toMillis();
    }

    /**
     * Its place among those that wait.
     *
     * @param priority from {@value TestDemand#LOWEST_PRIORITY} to {@value
     *     TestDemand#HIGHEST_PRIORITY}, higher ones first; 0 if not said
     */
    public Builder priority(int priority) {
      if (!TestDemand.isPriority(priority)) {
        throw new IllegalArgumentException(
            "the priority is "
                + priority
                + "; give a number between "
                + TestDemand.LOWEST_PRIORITY
                + " and "
                + TestDemand.HIGHEST_PRIORITY);
      }
      test.setPriority(priority);
      return this;
    }

    /**
     * A part of the test that may run beside others, where there are products for both.
     *
     * @param requirement the products of this part; empty: those of the whole test
     * @param files in the workspace that this part needs besides the artifacts
     */
    public Builder testPackage(String name, String requirement, String... files) {
      test.addTestPackage(new TestPackage(name, List.of(files), requirement));
      return this;
    }

    /**
     * How packages are divided: {@code default}, {@code perpackage}, {@code balanced} or others.
     */
    public Builder distribution(String name) {
      test.setDistribution(name);
      return this;
    }

    /**
     * Lets the test outlive this program: once its node has all files ({@link TestRun#handedOver})
     * the client may go. Output and results stay on the node until {@link TasClient#attach} or
     * {@link TasClient#results} asks for them, from anywhere, or the node's retention time is over.
     * Takes a service with kept connections; not for packages, nor for products that are kept.
     */
    public Builder detached() {
      test.setDetached(true);
      return this;
    }

    /** The project whose rights and variables count for the test. */
    public Builder project(String name) {
      test.setProject(name);
      return this;
    }

    /** Where a person finds more about the test. */
    public Builder url(String url) {
      test.setURL(url);
      return this;
    }

    /** Keeps the products for this program when the test ends, until it gives them back. */
    public Builder keepingProducts() {
      test.setProductReleasingMode(Test.ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS);
      return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException when there is nothing to execute
     */
    public TestRequest build() {
      if (test.getExecutorApplication().isBlank() && test.getExecutorScript().isEmpty()) {
        throw new IllegalArgumentException(
            "test " + test.getId() + " has nothing to execute; give an executor or a script");
      }
      var copy = new Test(test);
      copy.setResultsFilename(ResultsWish.text(results, output));
      return new TestRequest(copy, resultsDirectory, runLog);
    }
  }
}
