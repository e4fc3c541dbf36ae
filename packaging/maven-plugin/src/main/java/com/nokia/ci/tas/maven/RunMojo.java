package com.nokia.ci.tas.maven;

import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.client.TasClient;
import com.nokia.ci.tas.client.TestEvent;
import com.nokia.ci.tas.client.TestRequest;
import com.nokia.ci.tas.client.TestResult;
import com.nokia.ci.tas.client.TestRun;
import com.nokia.ci.tas.client.profile.Profiles;
import com.nokia.ci.tas.client.verdict.JunitReport;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.client.verdict.Verdict;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Runs a test on a farm of the Test Automation Service and waits for its end. What its executor
 * says comes into the log of the build, its results into a directory, and a JUnit report beside
 * those of Surefire. When the build is ended meanwhile, the test is stopped.
 */
@Mojo(
    name = "run",
    defaultPhase = LifecyclePhase.INTEGRATION_TEST,
    requiresProject = false,
    threadSafe = true)
public final class RunMojo extends AbstractMojo {
  private static final long LONGEST_STOP_IN_SECONDS = 15;

  /** The service, host:port; with a stand-by both, with a comma between them. */
  @Parameter(property = "tas.service")
  private String service;

  /**
   * Named defaults for all that is not said here, from .tas/profiles.yaml in the directory of the
   * build or the nearest above, or from the user's own.
   */
  @Parameter(property = "tas.profile")
  private String profile;

  /** Where profiles are looked for, upwards. */
  @Parameter(defaultValue = "${basedir}", readonly = true)
  private File here;

  /**
   * The key of the farm; if not said, the file that the environment variable TAS_FARM_KEY names.
   */
  @Parameter(property = "tas.farmKey")
  private File farmKey;

  /** Name of the test, by which no other is running; a number is made for it if not said. */
  @Parameter(property = "tas.id")
  private String id;

  /** What a name that is not said begins with. */
  @Parameter(defaultValue = "${project.artifactId}", readonly = true)
  private String project;

  /** The directory that has the artifacts. */
  @Parameter(property = "tas.workspace", defaultValue = "${basedir}", required = true)
  private File workspace;

  /** The products that the test needs, such as (rm-code:RM-763;)(role:remote;); none: any node. */
  @Parameter(property = "tas.require", defaultValue = "")
  private String require;

  /** Whether the test runs on products (flash, if not said) or in an emulation (nose). */
  @Parameter(property = "tas.target")
  private String target;

  /** The program on the node that runs the script, with arguments if any. */
  @Parameter(property = "tas.executorApplication", defaultValue = "")
  private String executorApplication;

  /** What is run: one of the files in the workspace. */
  @Parameter(property = "tas.executorScript", defaultValue = "")
  private String executorScript;

  /** Further files in the workspace that the node needs. */
  @Parameter(property = "tas.artifacts")
  private List<String> artifacts;

  /** Variables in the environment of the executor. */
  @Parameter private Map<String, String> environment;

  /** Variables whose values are shown nowhere. */
  @Parameter private Map<String, String> secrets;

  /** The files, and patterns of files, that are wanted of what the executor leaves. */
  @Parameter(property = "tas.results")
  private List<String> results;

  /** The directory that gets the results. */
  @Parameter(property = "tas.resultsDirectory", defaultValue = "${project.build.directory}/tas")
  private File resultsDirectory;

  /** The directory that gets the JUnit report. */
  @Parameter(
      property = "tas.reportsDirectory",
      defaultValue = "${project.build.directory}/surefire-reports")
  private File reportsDirectory;

  /** A file for the log of the run, from all parts, in the directory of the results. */
  @Parameter(property = "tas.runLog")
  private String runLog;

  /** Milliseconds from the acceptance of the test to its end; 0: as the service has it. */
  @Parameter(property = "tas.timeout", defaultValue = "0")
  private long timeout;

  /** Milliseconds that it may wait for its products; 0: as the timeout allows. */
  @Parameter(property = "tas.waitingTimeout", defaultValue = "0")
  private long waitingTimeout;

  /** Milliseconds that a node may take until the executor runs; 0: as the timeout allows. */
  @Parameter(property = "tas.preparationTimeout", defaultValue = "0")
  private long preparationTimeout;

  /** Milliseconds that the executor may run; 0: as the timeout allows. */
  @Parameter(property = "tas.executionTimeout", defaultValue = "0")
  private long executionTimeout;

  /** How many failures are followed by another run; below 0: as the service has it. */
  @Parameter(property = "tas.retries", defaultValue = "-1")
  private int retries;

  /** Place before tests of a lower number, from -1000 to 1000. */
  @Parameter(property = "tas.priority", defaultValue = "0")
  private int priority;

  /** The project of the farm whose rights and variables count. */
  @Parameter(property = "tas.project", defaultValue = "")
  private String farmProject;

  /** Whether the build fails when the verdict is not PASS. */
  @Parameter(property = "tas.failOnFailure", defaultValue = "true")
  private boolean failOnFailure;

  /** Whether nothing is run. */
  @Parameter(property = "tas.skip", defaultValue = "false")
  private boolean skip;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("no test is run on a farm: tas.skip is set");
      return;
    }
    var values = profile();
    var request = request(values);
    try (var client = TasClient.connect(service(values), settings(values))) {
      var begun = Instant.now();
      var run = client.start(request, this::tell);
      var result = end(run);
      judge(TestedRun.of(run.id(), begun, Instant.now(), result.ending(), result.files()));
    } catch (SettingsException | IllegalArgumentException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private ProfileValues profile() throws MojoExecutionException {
    if (text(profile).isEmpty()) {
      return new ProfileValues("", Map.of());
    }
    try {
      var named = Profiles.visibleFrom(here.toPath(), System.getenv()).values(profile);
      var values = new ProfileValues(profile, named);
      values
          .passedOver()
          .forEach(
              it ->
                  getLog()
                      .warn("profile " + profile + ": " + it + " is not for tas:run, passed over"));
      return values;
    } catch (SettingsException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private String service(ProfileValues values) {
    String address = values.text(service, "service");
    if (address.isEmpty()) {
      throw new IllegalArgumentException(
          "no service is named; give its host:port as service, or -Dtas.service");
    }
    return address;
  }

  private ClientSettings settings(ProfileValues values) {
    var settings = ClientSettings.defaults();
    String key = values.text(farmKey == null ? "" : farmKey.getPath(), "farm-key");
    return key.isEmpty() ? settings : settings.withFarmKey(Path.of(key));
  }

  private TestRequest request(ProfileValues values) throws MojoExecutionException {
    try {
      Path directory = Files.createDirectories(resultsDirectory.toPath());
      var request =
          TestRequest.named(name())
              .workspace(workspace.toPath())
              .resultsDirectory(directory)
              .require(values.text(require, "require"))
              .target(target(values.text(target, "target")))
              .executor(
                  values.text(executorApplication, "executor-application"),
                  values.text(executorScript, "executor-script"))
              .artifacts(values.list(list(artifacts), "artifact"))
              .results(values.list(list(results), "results").toArray(String[]::new))
              .priority(Math.toIntExact(values.number(priority, "priority")));
      values.map(environment, "env").forEach(request::environment);
      values.map(secrets, "secret-env").forEach(request::secret);
      return limited(request, values).build();
    } catch (IllegalArgumentException | ArithmeticException | SettingsException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (IOException e) {
      throw new MojoExecutionException(
          "the directory for the results, " + resultsDirectory + ", cannot be made: " + e, e);
    }
  }

  private TestRequest.Builder limited(TestRequest.Builder request, ProfileValues values) {
    limit(values.number(timeout, "timeout"), request::timeout);
    limit(values.number(waitingTimeout, "waiting-timeout"), request::waitingTimeout);
    limit(values.number(preparationTimeout, "preparation-timeout"), request::preparationTimeout);
    limit(values.number(executionTimeout, "execution-timeout"), request::executionTimeout);
    if (retries >= 0) {
      request.retries(retries);
    }
    String project = values.text(farmProject, "project");
    if (!project.isEmpty()) {
      request.project(project);
    }
    String log = values.text(runLog, "run-log");
    if (!log.isEmpty()) {
      request.runLog(log);
    }
    return request;
  }

  private static void limit(long millis, Consumer<Duration> builder) {
    if (millis != 0) {
      builder.accept(Duration.ofMillis(millis));
    }
  }

  private String name() {
    return text(id).isEmpty()
        ? text(project) + "_" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX)
        : id;
  }

  private static Test.Target target(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "flash", "" -> Test.Target.FLASH;
      case "nose" -> Test.Target.NOSE;
      default ->
          throw new IllegalArgumentException(
              "target \"" + word + "\" is neither flash nor nose; give one of them");
    };
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static List<String> list(List<String> values) {
    return values == null ? List.of() : values.stream().filter(it -> it != null).toList();
  }

  private void tell(TestEvent event) {
    if (event instanceof TestEvent.Queued) {
      getLog().info("test " + event.test() + " is accepted and waits for its products");
    } else if (event instanceof TestEvent.Started started) {
      var products = started.products().stream().map(Product::toString).toList();
      getLog()
          .info(
              "test "
                  + started.test()
                  + " is started"
                  + (products.isEmpty() ? "" : " on " + String.join(", ", products)));
    } else if (event instanceof TestEvent.Output output) {
      output.text().lines().forEach(getLog()::info);
    } else if (event instanceof TestEvent.Note note) {
      switch (note.level()) {
        case DEBUG, INFO -> getLog().debug(note.sentence());
        case WARNING -> getLog().warn(note.sentence());
        case ERROR -> getLog().error(note.sentence());
      }
    } else if (event instanceof TestEvent.Results file) {
      getLog().info("results: " + file.file());
    }
  }

  /** Whoever ends the build, or interrupts this thread, has the test stopped. */
  private TestResult end(TestRun run) throws MojoExecutionException {
    var hook = new Thread(() -> stop(run), "tas-maven-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run.result().get();
    } catch (InterruptedException e) {
      stop(run);
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted; test " + run.id() + " is stopped", e);
    } catch (ExecutionException e) {
      throw new MojoExecutionException("test " + run.id() + ": " + e.getCause(), e);
    } finally {
      release(hook);
    }
  }

  private static void release(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the Java machine is ending, and the hook is at work
    }
  }

  private void stop(TestRun run) {
    if (run.result().isDone()) {
      return;
    }
    getLog().warn("stopping test " + run.id());
    run.cancel();
    try {
      run.result().get(LONGEST_STOP_IN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      getLog().warn("the service has not said in time that test " + run.id() + " is stopped");
    }
  }

  private void judge(TestedRun run) throws MojoExecutionException, MojoFailureException {
    Path report = reportsDirectory.toPath().resolve("TEST-" + run.id() + ".xml");
    try {
      Files.createDirectories(report.getParent());
      Files.writeString(report, JunitReport.of(List.of(run)));
    } catch (IOException e) {
      throw new MojoExecutionException("the report " + report + " cannot be written: " + e, e);
    }
    var judgement = run.judgement();
    String sentence =
        "test " + run.id() + ": verdict " + judgement.verdict() + ": " + judgement.sentence();
    if (judgement.verdict() == Verdict.PASS) {
      getLog().info(sentence);
      return;
    }
    String whose =
        sentence
            + " (code "
            + judgement.code().number()
            + judgement.fault().map(it -> ", fault of: " + it.text()).orElse("")
            + ")";
    if (failOnFailure) {
      throw new MojoFailureException(whose);
    }
    getLog().warn(whose);
  }
}
