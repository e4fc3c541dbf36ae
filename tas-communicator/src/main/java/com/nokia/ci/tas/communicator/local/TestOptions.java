package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.xml.TestXml;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command line says of the test: a description in a file, options, or both. */
final class TestOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The description of the test in XML; options beat what it says.")
  private Optional<Path> description = Optional.empty();

  @Option(names = "--id", paramLabel = "ID", description = "Name of the test (default: local).")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = {
        "Directory that has the artifacts (default: what the description says, if it is there,",
        "else where the description is, else here)."
      })
  private Optional<Path> workspace = Optional.empty();

  @Option(
      names = "--executor-application",
      paramLabel = "APP",
      description = "What runs the script, with arguments if any.")
  private Optional<String> application = Optional.empty();

  @Option(
      names = "--executor-script",
      paramLabel = "FILE",
      description = "The script, one of the files of the test.")
  private Optional<String> script = Optional.empty();

  @Option(
      names = "--artifact",
      arity = "1..*",
      paramLabel = "NAME",
      description = "Further files that the test needs.")
  private List<String> artifacts = List.of();

  @Option(
      names = "--results",
      paramLabel = "NAME",
      description = "A file that the executor leaves; repeatable, with * and ? what there is.")
  private List<String> results = List.of();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Keeps the whole output as a results file of this name.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--results-dir",
      paramLabel = "DIR",
      description = "Directory that gets the results (default: the one with the artifacts).")
  private Optional<Path> resultsDirectory = Optional.empty();

  @Option(
      names = "--product",
      paramLabel = "[ROLE:]FILE",
      description = "A product file of a node, for main, remote or reference; repeatable.")
  private List<String> products = List.of();

  @Option(
      names = "--executor-product-argument",
      paramLabel = "file|serial-number",
      description = "What the executor gets for each product (default: file).")
  private String productArgument = ProductArgument.FILE.text();

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      description = "How long the test may take, in milliseconds (default: as it wants).")
  private Optional<Long> timeout = Optional.empty();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "An environment variable of the executor.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--secret-env",
      paramLabel = "NAME",
      description = "A variable of this environment for the executor, masked in the output.")
  private List<String> secrets = List.of();

  @Option(names = "--keep", description = "Keeps the workspace and tells where it is.")
  private boolean keeps;

  /**
   * The test.
   *
   * @throws SettingsException with a sentence when there is none, or not all it needs
   */
  LocalTest test() {
    var described = described();
    var reserved = products.stream().map(LocalProduct::of).toList();
    var execution = execution(described.execution());
    if (execution.application().isBlank() && execution.script().isEmpty()) {
      throw new SettingsException(
          "nothing to execute: give a description, --executor-script, --executor-application or"
              + " both");
    }
    var progress =
        described
            .progress()
            .reserving(reserved.stream().map(LocalProduct::description).toList())
            .within(timeout.map(Duration::ofMillis).orElse(described.progress().timeout()));
    Path source = source(described);
    var test =
        new LocalTest(
            described.with(execution).with(progress),
            reserved,
            source,
            resultsDirectory.orElse(source).toAbsolutePath(),
            argument(),
            keeps);
    test.artifacts().forEach(name -> mustBeThere(name, source));
    return test;
  }

  private TestDescription described() {
    var read = description.map(TestOptions::read);
    String name =
        id.or(() -> read.map(it -> it.id().text()).filter(it -> !it.isEmpty())).orElse("local");
    return read.map(it -> it.with(RuntimeId.of(name)))
        .orElseGet(() -> TestDescription.named(RuntimeId.of(name)));
  }

  private static TestDescription read(Path file) {
    try {
      return TestXml.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new SettingsException("the description " + file + " cannot be read", e);
    } catch (ProtocolException e) {
      throw new SettingsException("the description " + file + ": " + e.getMessage(), e);
    }
  }

  private TestExecution execution(TestExecution described) {
    var files = new LinkedHashSet<>(described.artifacts());
    files.addAll(artifacts);
    var parameters = new LinkedHashMap<>(described.parameters());
    parameters.putAll(environment);
    var secret = new LinkedHashSet<>(described.secretParameters());
    for (String name : secrets) {
      parameters.put(name, ofThisEnvironment(name));
      secret.add(name);
    }
    return new TestExecution(
        application.orElse(described.application()),
        script.orElse(described.script()),
        List.copyOf(files),
        parameters,
        described.packages(),
        wish().orElse(described.resultsFilename()),
        secret);
  }

  private Optional<String> wish() {
    return results.isEmpty() && output.isEmpty()
        ? Optional.empty()
        : Optional.of(ResultsWish.text(results, output));
  }

  private static String ofThisEnvironment(String name) {
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(
            () -> new SettingsException("--secret-env " + name + ": there is no such variable"));
  }

  private Path source(TestDescription described) {
    Path source =
        workspace
            .or(() -> existing(described.origin().workspacePath()))
            .or(() -> description.map(file -> file.toAbsolutePath().getParent()))
            .orElse(Path.of(""));
    return source.toAbsolutePath().normalize();
  }

  private static Optional<Path> existing(String directory) {
    try {
      return Optional.of(directory)
          .filter(it -> !it.isBlank())
          .map(Path::of)
          .filter(Files::isDirectory);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private ProductArgument argument() {
    return ProductArgument.of(productArgument)
        .orElseThrow(
            () ->
                new SettingsException(
                    "--executor-product-argument is "
                        + productArgument
                        + "; give file or serial-number"));
  }

  private static void mustBeThere(String name, Path source) {
    if (!Files.isReadable(source.resolve(name))) {
      throw new SettingsException("there is no file " + name + " to read in " + source);
    }
  }
}
