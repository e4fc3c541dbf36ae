package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.Outcome;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestPackage;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a test and stays until it has ended. */
@Command(
    name = "start",
    description = {
      "Starts a test, shows its output until it ends and leaves its results in the workspace.",
      "Interrupting this command stops the test."
    },
    footer = {
      "",
      "Example:",
      "  tas start --service farm.example.com:31415 --id nightly_7 --workspace . \\",
      "      --executor-application python3 --executor-script execute.py \\",
      "      --artifact image.img --results results.zip --require \"(rm-code:RM-763;)\"",
      "",
      "Exit codes: 0 finished, 1 failed, 2 wrong usage, 3 refused, 4 stopped,",
      "5 infrastructure (service, node or product), 130 interrupted."
    })
final class StartCommand implements Callable<Integer> {
  private static final long LONGEST_STOP_IN_SECONDS = 10;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();

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
      description = "Further files in the workspace that the node needs.")
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
      names = "--url",
      paramLabel = "URL",
      description = "Where a person finds more about the test.")
  private String url = "";

  @Override
  public Integer call() {
    Test test = test();
    var watch = new TestWatch(spec.commandLine().getOut(), spec.commandLine().getErr());
    try (var issuer = Issuer.open(service.settings())) {
      return Interruption.during(
          () -> {
            issuer.start(test, service.service(), watch, issuer.newCalls());
            return tell(watch, watch.outcome().join()).number();
          },
          () -> stop(issuer, watch));
    }
  }

  private Test test() {
    if (application.isBlank() && script.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Nothing to execute: give --executor-script, --executor-application or both");
    }
    var test = new Test(id, target);
    test.setWorkspacePath(workspace.toAbsolutePath().normalize().toString());
    test.setProject(project);
    if (!TestDemand.isPriority(priority)) {
      throw new ParameterException(
          spec.commandLine(),
          "--priority is "
              + priority
              + "; give a number between "
              + TestDemand.LOWEST_PRIORITY
              + " and "
              + TestDemand.HIGHEST_PRIORITY);
    }
    test.setPriority(priority);
    test.setExecutorApplication(application);
    test.setExecutorScript(script);
    artifacts.forEach(test::addArtifact);
    test.setResultsFilename(wish());
    test.setRequiredEnvironment(requirement);
    test.setDistribution(distribution);
    packages.forEach(it -> addPackage(test, it));
    test.setTimeout(timeout);
    test.setExecutorEnvparams(environment);
    secrets.forEach(it -> addSecret(test, it));
    test.setURL(url);
    test.getArtifacts().forEach(name -> mustBeThere(name, test));
    test.getTestPackages().forEach(it -> it.getFiles().forEach(name -> mustBeThere(name, test)));
    return test;
  }

  private String wish() {
    return ResultsWish.text(results, Optional.of(output).filter(name -> !name.isEmpty()));
  }

  private void mustBeThere(String name, Test test) {
    if (!Files.isReadable(workspace.resolve(name))) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no file " + name + " to read in " + test.getWorkspacePath());
    }
  }

  /** A name of a file may have an at sign in it, so only one before a bracket counts. */
  private void addPackage(Test test, String option) {
    int equals = option.indexOf('=');
    int at = option.indexOf("@(", equals + 1);
    String name = equals < 0 ? option : option.substring(0, equals);
    if (name.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "--package takes NAME=FILE,… or NAME=FILE,…@(EXPR); a name is needed");
    }
    String files = equals < 0 ? "" : option.substring(equals + 1, at < 0 ? option.length() : at);
    String needs = at < 0 ? "" : option.substring(at + 1);
    test.addTestPackage(new TestPackage(name.strip(), List.of(files.split(",")), needs));
  }

  private void addSecret(Test test, String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
      throw new ParameterException(
          spec.commandLine(), "--secret-env takes NAME or NAME=VALUE; a name has no blanks");
    }
    String value = equals < 0 ? System.getenv(name) : option.substring(equals + 1);
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--secret-env " + name + " has no value, and the environment has no " + name);
    }
    test.addSecretExecutorEnvparam(name, value);
  }

  private ExitCode tell(TestWatch watch, Outcome outcome) {
    watch.note(
        switch (outcome.kind()) {
          case FINISHED -> "test " + id + " has finished" + results();
          case FAILED -> "test " + id + " has failed: " + outcome.reason();
          case REFUSED -> "test " + id + " is refused: " + outcome.reason();
          case STOPPED -> "test " + id + " was stopped: " + outcome.reason();
          case LOST -> outcome.reason();
        });
    return ExitCode.of(outcome.kind(), outcome.fault());
  }

  private String results() {
    var wish = ResultsWish.of(wish());
    if (wish.isEmpty()) {
      return "";
    }
    return wish.files().size() == 1 && results.size() == 1
        ? "; results: " + workspace.resolve(ResultsWish.baseName(results.get(0)))
        : "; results in: " + workspace;
  }

  /** The process is about to end; a test that is still running must not go on without us. */
  private void stop(Issuer issuer, TestWatch watch) {
    if (!watch.outcome().isDone() && issuer.stop(new TestId(id), service.service())) {
      watch.note("stopping test " + id);
      var unused =
          watch
              .outcome()
              .completeOnTimeout(
                  Outcome.lost("the service did not answer in time"),
                  LONGEST_STOP_IN_SECONDS,
                  TimeUnit.SECONDS);
    }
  }
}
