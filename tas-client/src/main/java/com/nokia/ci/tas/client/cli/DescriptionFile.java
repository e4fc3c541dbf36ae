package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.file.TextFile;
import com.nokia.ci.tas.client.internal.file.YamlFile;
import com.nokia.ci.tas.commons.expression.ExpressionException;
import com.nokia.ci.tas.commons.expression.Requirements;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.xml.TestXml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A test as a file describes it, by names of options: the guide's XML, or YAML. */
final class DescriptionFile {
  private DescriptionFile() {}

  /**
   * Reads a file.
   *
   * @throws SettingsException when it cannot be read or describes no test
   */
  static Map<String, List<String>> read(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".xml")
        ? xml(file)
        : YamlFile.options(file.toString(), YamlFile.read(file));
  }

  private static Map<String, List<String>> xml(Path file) {
    try {
      return options(file, TestXml.read(TextFile.bytes(file)));
    } catch (ProtocolException | ExpressionException e) {
      throw new SettingsException(file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, List<String>> options(Path file, TestDescription test) {
    var options = new LinkedHashMap<String, List<String>>();
    put(options, "id", test.id().test().value());
    put(options, "project", test.origin().project().map(it -> it.value()).orElse(""));
    put(options, "url", test.origin().url());
    demand(file, options, test);
    var execution = test.execution();
    put(options, "executor-application", execution.application());
    put(options, "executor-script", execution.script());
    options.put("artifact", execution.artifacts());
    var wish = ResultsWish.of(execution.resultsFilename());
    var results = new ArrayList<>(wish.files());
    results.addAll(wish.patterns());
    options.put("results", results);
    put(options, "output", wish.output().orElse(""));
    environment(options, test);
    options.put(
        "package",
        execution.packages().stream()
            .map(
                it ->
                    it.id()
                        + "="
                        + String.join(",", it.files())
                        + (it.expression().isBlank() ? "" : "@" + it.expression()))
            .toList());
    String workspace = test.origin().workspacePath();
    Path directory = workspace.isBlank() ? null : Path.of(workspace);
    if (directory != null && Files.isDirectory(directory)) {
      put(options, "workspace", workspace);
    }
    options.values().removeIf(List::isEmpty);
    return options;
  }

  private static void demand(Path file, Map<String, List<String>> options, TestDescription test) {
    var demand = test.demand();
    if (demand.releasingMode() == ReleasingMode.MANUAL) {
      throw new SettingsException(
          file
              + ": product-releasing-mode manual keeps products after the test, which this command"
              + " cannot; leave it out, or use the library");
    }
    put(options, "target", demand.target().name().toLowerCase(Locale.ROOT));
    put(options, "distribution", demand.distribution());
    if (demand.priority() != 0) {
      put(options, "priority", Integer.toString(demand.priority()));
    }
    if (!test.progress().timeout().isZero()) {
      put(options, "timeout", Long.toString(test.progress().timeout().toMillis()));
    }
    limit(options, "waiting-timeout", demand.limits().waiting());
    limit(options, "preparation-timeout", demand.limits().preparation());
    limit(options, "execution-timeout", demand.limits().execution());
    put(
        options,
        "require",
        demand.expression().isBlank() && !demand.requiredProducts().isEmpty()
            ? Requirements.of(demand.requiredProducts()).toString()
            : demand.expression());
  }

  private static void limit(Map<String, List<String>> options, String name, Duration limit) {
    if (!limit.isZero()) {
      put(options, name, Long.toString(limit.toMillis()));
    }
  }

  private static void environment(Map<String, List<String>> options, TestDescription test) {
    var open = new ArrayList<String>();
    var secret = new ArrayList<String>();
    test.execution()
        .parameters()
        .forEach(
            (name, value) ->
                (test.execution().secretParameters().contains(name) ? secret : open)
                    .add(name + "=" + value));
    options.put("env", open);
    options.put("secret-env", secret);
  }

  private static void put(Map<String, List<String>> options, String name, String value) {
    if (!value.isBlank()) {
      options.put(name, List.of(value));
    }
  }
}
