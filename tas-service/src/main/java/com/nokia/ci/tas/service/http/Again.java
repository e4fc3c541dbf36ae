package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.json.OpenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service can know of running a test once more. Files, the values of secret variables and
 * products that are kept are with the client alone; a test that needs none of them can be run
 * without it. For any other there is a command, which somebody types where the files are.
 */
final class Again {
  private static final String HARMLESS = "[A-Za-z0-9_@%+=:,./-]+";

  private Again() {}

  /** Why a service cannot run a test once more by itself, in a sentence. */
  static Optional<String> obstacle(TestDescription test) {
    var execution = test.execution();
    var files =
        Stream.concat(
                Stream.of(execution.script()).filter(it -> !it.isEmpty()),
                execution.artifacts().stream())
            .distinct()
            .toList();
    String why = "";
    if (!execution.packages().isEmpty()) {
      why = "its test packages have files";
    } else if (!files.isEmpty()) {
      why = "it needs " + some(files);
    } else if (!execution.secretParameters().isEmpty()) {
      why = "it needs the values of secret variables";
    } else if (test.demand().releasingMode() == ReleasingMode.MANUAL) {
      why = "its products are given back by hand";
    }
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The service cannot run this test again by itself: "
                + why
                + ", and only its client has that.");
  }

  /** What somebody does instead, who has the command. */
  static String instead(TestDescription test, boolean isFailedOnly) {
    return "Type the command where its files are"
        + (isFailedOnly ? "; it names the packages that did not finish." : ".")
        + (test.origin().plan().isPresent()
            ? " It belongs to a plan: 'tas plan run FILE --rerun-failed' runs what did not pass."
            : "");
  }

  private static String some(List<String> files) {
    return files.size() == 1 ? "the file " + files.get(0) : files.size() + " files";
  }

  /** The packages of sub-tests that did not finish. */
  static List<String> failedPackages(EndedTest ended) {
    return ended.parts().stream()
        .filter(part -> part.verdict() != EndedTest.Verdict.FINISHED)
        .flatMap(part -> part.packages().stream())
        .toList();
  }

  /**
   * What somebody types to have the same run again.
   *
   * @param packages those to run, by name; all when it is empty
   */
  static String command(TestDescription test, String id, Endpoint service, List<String> packages) {
    var words = new ArrayList<String>(List.of("./tas", "start"));
    var execution = test.execution();
    var demand = test.demand();
    add(words, "--service", service.toString());
    add(words, "--id", id);
    add(words, "--workspace", test.origin().workspacePath());
    test.origin().project().ifPresent(project -> add(words, "--project", project.value()));
    if (demand.priority() != 0) {
      words.add("--priority=" + demand.priority());
    }
    add(words, "--executor-application", execution.application());
    add(words, "--executor-script", execution.script());
    execution.artifacts().stream()
        .filter(name -> !name.equals(execution.script()))
        .forEach(name -> add(words, "--artifact", name));
    execution.packages().stream()
        .filter(it -> packages.isEmpty() || packages.contains(it.id()))
        .forEach(
            it ->
                add(
                    words,
                    "--package",
                    it.id()
                        + "="
                        + String.join(",", it.files())
                        + (it.expression().isBlank()
                            ? ""
                            : "@" + OpenText.ofExpression(it.expression()))));
    execution
        .parameters()
        .forEach(
            (name, value) -> {
              boolean isSecret = execution.secretParameters().contains(name);
              add(words, isSecret ? "--secret-env" : "--env", isSecret ? name : name + "=" + value);
            });
    add(words, "--distribution", demand.distribution());
    add(words, "--results", execution.resultsFilename());
    add(words, "--target", demand.target().text());
    add(words, "--require", OpenText.ofExpression(demand.expression()));
    add(words, "--timeout", String.valueOf(test.progress().timeout().toMillis()));
    return words.stream().map(Again::quoted).collect(Collectors.joining(" "));
  }

  private static void add(List<String> words, String option, String value) {
    if (!value.isEmpty()) {
      words.add(option);
      words.add(value);
    }
  }

  /** As a shell takes it for one word; what would disturb a terminal is left out. */
  private static String quoted(String word) {
    String plain = word.replaceAll("\\p{C}", "");
    return plain.matches(HARMLESS) ? plain : "'" + plain.replace("'", "'\\''") + "'";
  }
}
