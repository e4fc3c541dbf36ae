package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestPackage;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDemand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a test is: what it needs, what is executed, what comes back. */
final class TestOptions {
  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID",
      description = "Name of the test, unique on the service.")
  private String id = "";

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "Directory that has the artifacts and gets the results (default: here).")
  private Path workspace = Path.of("");

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description = "The project whose rights and variables count (default: none).")
  private String project = "";

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "From -1000 to 1000; tests of a higher priority come first (default: 0).")
  private int priority;

  @Option(
      names = "--executor-application",
      paramLabel = "APP",
      description = "What runs the script on the node, with arguments if any.")
  private String application = "";

  @Option(
      names = "--executor-script",
      paramLabel = "FILE",
      description = "The script, one of the files in the workspace.")
  private String script = "";

  @Option(
      names = "--artifact",
      arity = "1..*",
      paramLabel = "NAME",
      description = {
        "Further files in the workspace that the node needs; with * and ? those that match:",
        "\"*.img\"."
      })
  private List<String> artifacts = List.of();

  @Option(
      names = "--package",
      paramLabel = "NAME=FILE,…[@EXPR]",
      description = {
        "A package of the test with the further files that it needs, and the products, where they",
        "are others than those of --require. Packages run side by side as far as there are products."
      })
  private List<String> packages = List.of();

  @Option(
      names = "--distribution",
      paramLabel = "NAME",
      description = {
        "How packages are divided: default, perpackage, balanced (by how long they took before),",
        "or one that was added to the service."
      })
  private String distribution = "";

  @Option(
      names = "--results",
      paramLabel = "NAME",
      description = {
        "A file that the executor leaves for us; repeatable. With * and ? what there is:",
        "\"*.xml\", \"logs/**\"."
      })
  private List<String> results = List.of();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Brings the whole output back as a file of this name.")
  private String output = "";

  @Option(
      names = "--require",
      paramLabel = "EXPR",
      description = "The products needed, for example \"(rm-code:RM-763;role:main;)\".")
  private String requirement = "";

  @Option(
      names = "--product",
      paramLabel = "IMEI",
      description = "This very product, in place of --require; repeatable.")
  private List<String> products = List.of();

  @Option(
      names = "--target",
      paramLabel = "flash|nose",
      converter = TargetConverter.class,
      description = "flash: on products; nose: in an emulation (default: flash).")
  private Test.Target target = Test.Target.FLASH;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      description = "How long the test may take, in milliseconds (default: 6 hours).")
  private long timeout;

  @Option(
      names = "--waiting-timeout",
      paramLabel = "MS",
      description = "How long it may wait for its products (default: as --timeout allows).")
  private long waitingTimeout;

  @Option(
      names = "--preparation-timeout",
      paramLabel = "MS",
      description = {
        "How long a node may take until the executor runs, for each run (default: as --timeout",
        "allows)."
      })
  private long preparationTimeout;

  @Option(
      names = "--execution-timeout",
      paramLabel = "MS",
      description = {
        "How long the executor may run, for each run; it is ended then, and its results come all",
        "the same (default: as --timeout allows)."
      })
  private long executionTimeout;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "An environment variable of the executor.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--secret-env",
      paramLabel = "NAME[=VALUE]",
      description = {
        "A variable of the executor whose value nobody else is shown;",
        "without a value it is taken from the environment of this command."
      })
  private List<String> secrets = List.of();

  @Option(
      names = "--run-log",
      paramLabel = "NAME",
      description = {
        "Writes what happens to the test, from service, node, executor and this command in their",
        "order, to a file of this name beside its results; \"tas logs --level\" tells it of any test."
      })
  private String runLog = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where a person finds more about the test.")
  private String url = "";

  /** Read by {@link GivenElsewhere}, before the command is. */
  @Option(
      names = GivenElsewhere.DESCRIPTION,
      paramLabel = "FILE",
      description = {
        "Describes the test: the guide's XML (.xml), or YAML with the names of these options without",
        "dashes in front. What the command line gives counts more."
      })
  void describedIn(Path file) {
    // its content is among the options already
  }

  /** Read by {@link GivenElsewhere}, before the command is. */
  @Option(
      names = GivenElsewhere.PROFILE,
      paramLabel = "NAME",
      description = {
        "Defaults for a kind of test, from .tas/profiles.yaml here or above, or from",
        "profiles.yaml in ~/.config/tas. What the command line or --test gives counts more."
      })
  void likeProfile(String name) {
    // its content is among the options already
  }

  String id() {
    return id;
  }

  String project() {
    return project;
  }

  String requirement() {
    return products.isEmpty()
        ? requirement
        : products.stream()
            .map(imei -> "(imei:" + imei.strip() + ";)")
            .collect(Collectors.joining(" and "));
  }

  /** Where results go when nothing else is said. */
  Path workspace() {
    return workspace.toAbsolutePath().normalize();
  }

  /**
   * The test.
   *
   * @throws ParameterException when the options do not make one
   */
  Test test(CommandSpec spec) {
    if (application.isBlank() && script.isEmpty()) {
      throw refused(
          spec, "Nothing to execute: give --executor-script, --executor-application or both");
    }
    if (!products.isEmpty() && !requirement.isBlank()) {
      throw refused(spec, "--product and --require say both which products; give one of them");
    }
    if (!TestDemand.isPriority(priority)) {
      throw refused(
          spec,
          "--priority is "
              + priority
              + "; give a number between "
              + TestDemand.LOWEST_PRIORITY
              + " and "
              + TestDemand.HIGHEST_PRIORITY);
    }
    var test = new Test(id, target);
    test.setWorkspacePath(workspace().toString());
    test.setProject(project);
    test.setPriority(priority);
    test.setExecutorApplication(application);
    test.setExecutorScript(script);
    artifacts.stream().flatMap(name -> matching(spec, name)).forEach(test::addArtifact);
    test.setResultsFilename(wish());
    test.setRequiredEnvironment(requirement());
    test.setDistribution(distribution);
    packages.forEach(it -> addPackage(spec, test, it));
    test.setTimeout(limit(spec, "--timeout", timeout));
    test.setWaitingTimeout(limit(spec, "--waiting-timeout", waitingTimeout));
    test.setPreparationTimeout(limit(spec, "--preparation-timeout", preparationTimeout));
    test.setExecutionTimeout(limit(spec, "--execution-timeout", executionTimeout));
    test.setExecutorEnvparams(environment);
    secrets.forEach(it -> addSecret(spec, test, it));
    test.setURL(url);
    test.getArtifacts().forEach(name -> mustBeThere(spec, name));
    test.getTestPackages().forEach(it -> it.getFiles().forEach(name -> mustBeThere(spec, name)));
    return test;
  }

  /**
   * The file for the log of the run, by its name; empty when none is wanted.
   *
   * @throws ParameterException when that is no plain file name
   */
  Optional<String> runLog(CommandSpec spec) {
    if (runLog.isEmpty()) {
      return Optional.empty();
    }
    SafeName.complaint("--run-log", runLog)
        .ifPresent(
            sentence -> {
              throw refused(spec, sentence);
            });
    return Optional.of(runLog);
  }

  /** Where the results are, for a person; empty when none were asked for. */
  String resultsIn(Path directory) {
    var wish = ResultsWish.of(wish());
    if (wish.isEmpty()) {
      return "";
    }
    return wish.files().size() == 1 && results.size() == 1
        ? "; results: " + directory.resolve(ResultsWish.baseName(results.get(0)))
        : "; results in: " + directory;
  }

  private String wish() {
    return ResultsWish.text(results, Optional.of(output).filter(name -> !name.isEmpty()));
  }

  private Stream<String> matching(CommandSpec spec, String name) {
    if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
      return Stream.of(name);
    }
    var wanted = new ResultsWish(List.of(), List.of(name), Optional.empty());
    var found = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(workspace(), Files::isRegularFile)) {
      files.forEach(file -> found.add(file.getFileName().toString()));
    } catch (IOException e) {
      throw refused(spec, "The workspace " + workspace() + " cannot be read: " + e.getMessage());
    }
    found.removeIf(file -> !wanted.matches(file));
    if (found.isEmpty()) {
      throw refused(
          spec,
          "No file matches --artifact "
              + name
              + " in "
              + workspace()
              + "; correct the pattern, or say with --workspace where the files are");
    }
    return new ArrayList<>(found).stream();
  }

  private void mustBeThere(CommandSpec spec, String name) {
    if (!Files.isReadable(workspace.resolve(name))) {
      throw refused(
          spec,
          "There is no file "
              + name
              + " to read in "
              + workspace()
              + "; correct its name, or say with --workspace where it is");
    }
  }

  /** A name of a file may have an at sign in it, so only one before a bracket counts. */
  private static void addPackage(CommandSpec spec, Test test, String option) {
    int equals = option.indexOf('=');
    int at = option.indexOf("@(", equals + 1);
    String name = equals < 0 ? option : option.substring(0, equals);
    if (name.isBlank()) {
      throw refused(spec, "--package takes NAME=FILE,… or NAME=FILE,…@(EXPR); a name is needed");
    }
    String files = equals < 0 ? "" : option.substring(equals + 1, at < 0 ? option.length() : at);
    String needs = at < 0 ? "" : option.substring(at + 1);
    test.addTestPackage(new TestPackage(name.strip(), List.of(files.split(",")), needs));
  }

  /** Zero, the default, is no limit of one's own. */
  private static long limit(CommandSpec spec, String option, long millis) {
    if (millis < 0) {
      throw refused(spec, option + " is " + millis + "; give milliseconds, 1 or more");
    }
    return millis;
  }

  private static void addSecret(CommandSpec spec, Test test, String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
      throw refused(spec, "--secret-env takes NAME or NAME=VALUE; a name has no blanks");
    }
    String value = equals < 0 ? System.getenv(name) : option.substring(equals + 1);
    if (value == null) {
      throw refused(
          spec, "--secret-env " + name + " has no value, and the environment has no " + name);
    }
    test.addSecretExecutorEnvparam(name, value);
  }

  private static ParameterException refused(CommandSpec spec, String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
