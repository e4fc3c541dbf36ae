package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of settings that a person edits. */
final class SettingsFileTest {
  private static final SettingsFile.Check NUMBERS =
      (key, value) ->
          value.chars().allMatch(Character::isDigit) && !value.isEmpty()
              ? Optional.empty()
              : Optional.of("is not a whole number");

  @TempDir Path directory;
  private Path path;
  private SettingsFile file;

  @BeforeEach
  void place() {
    path = directory.resolve("configuration.dat");
    file = SettingsFile.at(path);
  }

  @Test
  void goodLinesCountAndEachBadOneIsReportedWithItsNumber() throws IOException {
    Files.writeString(
        path,
        "\uFEFF# settings\r\n\r\n  a = 1 \r\nb=two\r\nnonsense\r\n=3\r\nc=3 # three\r\nd=4\r\na=5\r\n");
    var content = file.read(NUMBERS).orElseThrow();
    assertEquals(Map.of("a", "5", "d", "4"), content.values());
    assertEquals(
        List.of(
            "configuration.dat line 4: b=two is not a whole number; the line is ignored",
            "configuration.dat line 5: \"nonsense\" is not of the form key=value; the line is ignored",
            "configuration.dat line 6: \"=3\" is not of the form key=value; the line is ignored",
            "configuration.dat line 7: c=3 # three is not a whole number; the line is ignored",
            "configuration.dat line 3: a is set again in line 9; the line is ignored"),
        content.badLines().stream().map(SettingsFile.BadLine::toString).toList());
    assertEquals(
        new SettingsFile.BadLine(4, "b", "two", content.badLines().get(0).sentence()),
        content.badLines().get(0));
  }

  @Test
  void aMissingFileSaysNothing() {
    assertEquals(Optional.empty(), file.read(NUMBERS));
  }

  @Test
  void whatCannotBeReadIsAnErrorThatNamesTheFile() throws IOException {
    Files.createDirectory(path);
    var refusal = assertThrows(SettingsException.class, () -> file.read(NUMBERS));
    assertTrue(refusal.getMessage().contains("configuration.dat"), refusal.getMessage());
  }

  @Test
  void aFileTooLargeToBeOneIsNotRead() throws IOException {
    Files.write(path, new byte[(1 << 20) + 1]);
    assertThrows(SettingsException.class, () -> file.read(NUMBERS));
  }

  @Test
  void theGeneratedFileExplainsEachSettingAndReadsBack() throws IOException {
    var text =
        new SettingsText()
            .heading("All settings")
            .setting("test-default-timeout", "21600000", "Test default timeout\nin milliseconds")
            .setting("maintenance-mode", "0", "Maintenance");
    assertTrue(file.createIfMissing(text));
    assertEquals(
        """
        # All settings

        # Test default timeout
        # in milliseconds
        test-default-timeout=21600000

        # Maintenance
        maintenance-mode=0
        """,
        Files.readString(path));
    assertEquals(
        Map.of("test-default-timeout", "21600000", "maintenance-mode", "0"),
        file.read(NUMBERS).orElseThrow().values());
    try (var files = Files.list(directory)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void anExistingFileIsNeverTouched() throws IOException {
    Files.writeString(path, "# mine\n");
    assertFalse(file.createIfMissing(new SettingsText().setting("a", "1", "A")));
    assertEquals("# mine\n", Files.readString(path));
  }
}
