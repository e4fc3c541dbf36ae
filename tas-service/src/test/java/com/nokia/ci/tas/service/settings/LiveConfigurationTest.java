package com.nokia.ci.tas.service.settings;

import static com.nokia.ci.tas.service.settings.Setting.MAINTENANCE_MODE;
import static com.nokia.ci.tas.service.settings.Setting.RETRIES;
import static com.nokia.ci.tas.service.settings.Setting.TESTS_PER_NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LiveConfigurationTest {
  @TempDir Path directory;

  private final LinkedBlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();

  @Test
  void theGeneratedFileListsTheKeysOfTheGuideFirstWithTheDefaults() throws IOException {
    try (var live = open(Map.of())) {
      assertEquals(Configuration.DEFAULTS, live.current());
    }
    assertEquals(
        List.of(
            "test-default-timeout=21600000",
            "test-minimal-execution-time=300000",
            "maximal-number-of-tests-per-node=4",
            "maximal-number-of-retries-for-failed-test=3",
            "test-resources-expectation-timeout=900000",
            "statistics-threshold-period=604800000",
            "statistics-update-period=923456",
            "remote-client-checking-period=600000",
            "workload-history-period=7",
            "daily-workload-history-slice-duration=300000",
            "maintenance-mode=0"),
        Files.readAllLines(file()).stream().filter(line -> line.contains("=")).limit(11).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aCommentThatNamesADefaultNamesTheRealOne(Setting setting) {
    String comment = String.join(" ", setting.comment());
    assertTrue(
        (comment.contains("default") && comment.contains(setting.defaultValue()))
            || setting.kind() == Setting.Kind.SWITCH,
        comment);
  }

  @Test
  void anExistingFileIsNeverRewritten() throws IOException {
    String text = "# mine\r\nmaximal-number-of-tests-per-node = 7\r\nnonsense\r\n";
    Files.writeString(file(), text);

    try (var live = open(Map.of())) {
      assertEquals(7, live.current().number(TESTS_PER_NODE));
    }

    assertEquals(text, Files.readString(file()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maximal-number-of-tests-per-node=-1      | is negative",
        "maximal-number-of-tests-per-node=        | is not a whole number",
        "maximal-number-of-tests-per-node=ten     | is not a whole number",
        "maximal-number-of-tests-per-node=4 # few | is not a whole number",
        "maximal-number-of-tests-per-node=1.5     | is not a whole number",
        "maximal-number-of-tests-per-node=99999999999999999999 | is not a whole number",
        "maximal-number-of-tests-per-node=9999999 | is more than 1000000",
        "daily-workload-history-slice-duration=0  | is less than 1",
        "test-default-timeout=9223372036854775807 | is more than",
        "plain-peer-networks=everybody            | is not a network",
        "maximal-number-of-test-per-node=5        | did you mean maximal-number-of-tests-per-node?",
        "test-default-timeout-x=5                 | did you mean test-default-timeout?",
        "no equals sign                           | is not of the form key=value"
      })
  void aBadLineIsReportedWithItsNumberAndIgnored(String line, String complaint) throws IOException {
    Files.writeString(file(), "# first\n" + line + "\nmaximal-number-of-retries-for-failed-test=1");

    try (var live = open(Map.of())) {
      assertEquals(Configuration.DEFAULTS.with(RETRIES, "1"), live.current());
      assertEquals(1, live.complaints().size(), live.complaints().toString());
      String sentence = live.complaints().get(0);
      assertTrue(sentence.startsWith("configuration.dat line 2: "), sentence);
      assertTrue(sentence.contains(complaint), sentence);
    }
  }

  @Test
  void anEditIsTakenUpAndARemovedLineGivesTheDefaultBack() throws Exception {
    Files.writeString(file(), "maintenance-mode=1\nmaximal-number-of-tests-per-node=9\n");
    try (var live = open(Map.of())) {
      assertTrue(live.current().maintenanceMode());

      Files.writeString(file(), "maintenance-mode=0\n");

      Configuration changed = changes.poll(60, TimeUnit.SECONDS);
      assertEquals(Configuration.DEFAULTS, changed);
      assertEquals(changed, live.current());
    }
  }

  @Test
  void anArgumentBeatsTheFileForTheLifeOfTheProcess() throws Exception {
    Files.writeString(file(), "maintenance-mode=0\nmaximal-number-of-tests-per-node=9\n");
    try (var live = open(Map.of("maintenance-mode", "1"))) {
      assertTrue(live.current().maintenanceMode());

      Files.writeString(file(), "maintenance-mode=0\nmaximal-number-of-tests-per-node=11\n");

      Configuration changed = changes.poll(60, TimeUnit.SECONDS);
      assertEquals(11, changed.number(TESTS_PER_NODE));
      assertTrue(changed.maintenanceMode());
    }
  }

  @Test
  void aValueOfTheFileThatAnArgumentBeatsIsNamed() {
    var outcome =
        ConfigurationRules.of(Map.of("maintenance-mode", "1"))
            .apply(Map.of("maintenance-mode", "0"));

    assertEquals("1", outcome.configuration().text(MAINTENANCE_MODE));
    assertEquals(
        List.of("argument maintenance-mode=1 is in force, maintenance-mode=0 of the file is not"),
        outcome.overruled());
  }

  @Test
  void anArgumentThatCannotBeUsedEndsTheStart() {
    var refusal =
        assertThrows(SettingsException.class, () -> open(Map.of("maintenance-mode", "maybe")));
    assertEquals(
        "argument maintenance-mode=maybe is not a whole number; write 1 for on or 0 for off and"
            + " nothing else",
        refusal.getMessage());
  }

  @Test
  void everyKeyIsItsOwn() {
    var keys = Arrays.stream(Setting.values()).map(Setting::key).distinct().count();
    assertEquals(Setting.values().length, keys);
  }

  private LiveConfiguration open(Map<String, String> arguments) {
    return LiveConfiguration.open(file(), arguments, changes::add);
  }

  private Path file() {
    return directory.resolve("configuration.dat");
  }
}
