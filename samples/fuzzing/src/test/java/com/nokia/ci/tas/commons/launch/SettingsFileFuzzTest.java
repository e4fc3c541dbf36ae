package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A settings file is what a person typed: each line counts or is told. */
class SettingsFileFuzzTest {
  private static final SettingsFile FILE = SettingsFile.at(Path.of("configuration.dat"));

  static Stream<byte[]> seeds() {
    return Seeds.of(
        "# a comment\nmaintenance-mode=1\r\nlimit = 5 \n\nno value\n=5\nlimit=6\n",
        "\uFEFFa=b\rc=d\u0085e=f");
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyLineCountsOrIsTold(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    var content =
        FILE.parse(
            text, (key, value) -> value.isEmpty() ? Optional.of("is empty") : Optional.empty());
    long lines = text.lines().count();
    assertTrue(content.values().size() + content.badLines().size() <= lines);
    content.values().keySet().forEach(key -> assertFalse(key.isBlank()));
    for (var bad : content.badLines()) {
      assertTrue(bad.number() >= 1 && bad.number() <= lines, bad.sentence());
      assertTrue(bad.sentence().lines().count() == 1, bad.sentence());
    }
  }
}
