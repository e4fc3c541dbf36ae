package com.nokia.ci.tas.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several places gives an option its value. */
final class GivenElsewhereTest {
  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void useThisHome() throws IOException {
    environment.put("XDG_CONFIG_HOME", home.toString());
    Files.createDirectories(home.resolve("tas"));
    Files.createDirectories(home.resolve("project/.tas"));
  }

  @Test
  void flagsCountMoreThanEnvironmentThatMoreThanDescriptionProfileAndSettings() throws Exception {
    file(
        "tas/settings",
        "# mine\nservice=settings:1\npriority=1\ntimeout=1\nretries=1\nproject=s\n");
    file("project/.tas/profiles.yaml", "smoke:\n  priority: 2\n  timeout: 2\n  retries: 2\n");
    Path test = file("project/test.yaml", "id: smoke_1\npriority: 3\ntimeout: 3\n");
    environment.put("TAS_PRIORITY", "4");

    var options = options("start", "--profile", "smoke", "--test", test.toString());

    assertEquals("[4]", options.get("--priority"));
    assertEquals("[3]", options.get("--timeout"));
    assertEquals("[2]", options.get("--retries"));
    assertEquals("[s]", options.get("--project"));
    assertEquals("[settings:1]", options.get("--service"));
    assertEquals("[smoke_1]", options.get("--id"));
    assertEquals(
        "[5]",
        options("start", "--priority", "5", "--profile=smoke", "--test=" + test).get("--priority"));
  }

  @Test
  void settingsAreForEveryCommandThatHasTheOption() throws Exception {
    file("tas/settings", "service=farm.example.org:31415\nretries=3\n");

    assertEquals(Map.of("--service", "[farm.example.org:31415]"), options("products"));
    assertEquals(Map.of("--service", "[x:1]"), options("products", "--service", "x:1"));
  }

  @Test
  void aUserNamesOnlyTheProfileAndTheProjectsCountMore() throws Exception {
    file(
        "tas/profiles.yaml",
        "n900:\n  require: 'rm-code:RM-1;'\nmine:\n  executor-application: sh\n");
    file(
        "project/.tas/profiles.yaml",
        """
        n900:
          require: "(rm-code:RM-763;)"
          distribution: perpackage
          executor-application: sh
          executor-script: run.sh
          timeout: 60000
          artifact: ["*.img", data.txt]
          env: {LANG: C, DEPTH: 007}
          publish: [html=report.html]
          judge: true
        """);

    var options = options("start", "--id", "a", "--profile", "n900");

    assertEquals("[(rm-code:RM-763;)]", options.get("--require"));
    assertEquals("[*.img, data.txt]", options.get("--artifact"));
    assertEquals("[LANG=C, DEPTH=007]", options.get("--env"));
    assertEquals("[html=report.html]", options.get("--publish"));
    assertTrue(options.containsKey("--judge"), options.toString());
    assertEquals("[sh]", options("start", "--profile", "mine").get("--executor-application"));
  }

  @Test
  void theGuidesXmlDescribesATest() throws Exception {
    Path xml =
        file(
            "test.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <test>
              <id>nightly</id>
              <target>flash</target>
              <timeout>60000</timeout>
              <executor-application>sh</executor-application>
              <executor-script>run.sh</executor-script>
              <artifacts><artifact>run.sh</artifact><artifact>a.img</artifact></artifacts>
              <results-filename>results.zip|logs/**|&gt;output.txt</results-filename>
              <required-products-expression>(rm-code:RM-763;)</required-products-expression>
            </test>
            """);

    var options = options("start", "--test", xml.toString());

    assertEquals("[nightly]", options.get("--id"));
    assertEquals("[run.sh, a.img]", options.get("--artifact"));
    assertEquals("[results.zip, logs/**]", options.get("--results"));
    assertEquals("[output.txt]", options.get("--output"));
    assertEquals("[60000]", options.get("--timeout"));
    assertEquals("[(rm-code:RM-763;)]", options.get("--require"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start --profile smoek|there is no profile \"smoek\"; did you mean smoke? (there are smoke)",
        "start --test bad.yaml|bad.yaml has \"timeuot\", which tas start does not know; did you mean"
            + " timeout?",
        "start --test none.yaml|none.yaml cannot be read",
        "start --test list.yaml|list.yaml has to be a map of names and values",
        "start --test deep.yaml|deep.yaml, env, a, has to be a text"
      })
  void whatIsNotKnownIsRefusedWithTheNearestName(String line, String sentence) throws Exception {
    file("project/.tas/profiles.yaml", "smoke:\n  timeout: 1\n");
    file("project/bad.yaml", "id: a\ntimeuot: 3\n");
    file("project/list.yaml", "- a\n- b\n");
    file("project/deep.yaml", "env: {a: [1]}\n");

    var refusal =
        assertThrows(
            SettingsException.class,
            () -> options(line.replace("--test ", "--test " + home + "/project/").split(" ")));

    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a [1]\nb: [*a, *a]\n",
        "a: &a [*a]\n",
        "a: 1\na: 2\n",
        "a: [\n",
        "a: !!java.net.URL [x]\n"
      })
  void hostileYamlIsRefused(String text) throws Exception {
    Path file = file("project/evil.yaml", text);

    var refusal =
        assertThrows(SettingsException.class, () -> options("start", "--test", file.toString()));

    assertTrue(refusal.getMessage().contains("evil.yaml"), refusal.getMessage());
  }

  @Test
  void aWrongLineOfTheSettingsIsRefused() throws Exception {
    file("tas/settings", "servise=x:1\n");

    var refusal = assertThrows(SettingsException.class, () -> options("products"));

    assertTrue(
        refusal.getMessage().contains("servise=x:1 is no setting; did you mean service?"),
        refusal.getMessage());
  }

  /** The options of the last command, given or found elsewhere. */
  private Map<String, String> options(String... arguments) {
    var elsewhere = new GivenElsewhere(environment, home.resolve("project"));
    String[] all = elsewhere.complete(TasCommandLine.newLine(), arguments);
    var options = new TreeMap<String, String>();
    var line = TasCommandLine.newLine();
    line.getSubcommands().get(arguments[0]).getCommandSpec().parser().collectErrors(true);
    var parsed = line.parseArgs(all).subcommand();
    parsed
        .matchedOptionsSet()
        .forEach(it -> options.put(it.longestName(), it.originalStringValues().toString()));
    assertEquals(List.of(), parsed.unmatched(), Arrays.toString(all));
    return options;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }
}
