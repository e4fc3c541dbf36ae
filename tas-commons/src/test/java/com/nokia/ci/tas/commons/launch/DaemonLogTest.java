package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.core.JsonFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a daemon's log; in a log context of its own, so that other tests keep theirs. */
final class DaemonLogTest {
  private final LoggerContext context = new LoggerContext();
  @TempDir Path directory;

  @BeforeEach
  void completeTheContext() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void eachDayHasItsFileAndOldOnesGo() throws Exception {
    Path logs = directory.resolve("logs");
    Files.createDirectories(logs);
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    Path recent = Files.createFile(logs.resolve(today.minusDays(20) + ".log"));
    Path old = Files.createFile(logs.resolve(today.minusDays(33) + ".log"));
    try (var log = DaemonLog.start(context, logs, 30)) {
      context.getLogger("com.nokia.Some").info("first line of {}", log.getClass().getSimpleName());
    }
    List<Path> files;
    try (var list = Files.list(logs)) {
      files = list.toList();
    }
    assertTrue(files.contains(recent), files.toString());
    assertFalse(files.contains(old), files.toString());
    assertEquals(2, files.size(), files.toString());
    Path written = files.get(files.get(0).equals(recent) ? 1 : 0);
    assertTrue(written.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\d\\.log"));
    assertTrue(Files.readString(written).contains("first line of DaemonLog"));
  }

  @Test
  void forProgramsEachLineIsAnObjectWhateverItSays() throws Exception {
    String nasty = "a \"quoted\" \\ line\nand\tanother\r\u001b[31m \u2028 ä";
    try (var log = DaemonLog.start(context, directory, 30, DaemonLog.Form.JSON)) {
      var logger = context.getLogger("com.nokia.Some");
      logger.atInfo().addKeyValue("test", nasty).addKeyValue("bytes", 7).log("{} said", nasty);
      logger.atWarn().setCause(new IllegalStateException(nasty)).log("it failed");
      assertTrue(log != null);
    }
    Path file = directory.resolve(LocalDate.now(ZoneId.systemDefault()) + ".jsonl");

    var lines = Files.readAllLines(file);

    assertEquals(2, lines.size(), lines.toString());
    var first = values(lines.get(0));
    assertEquals("INFO", first.get("level"));
    assertEquals(nasty + " said", first.get("formattedMessage"));
    assertEquals(nasty, first.get("test"));
    assertEquals("7", first.get("bytes"));
    assertEquals("com.nokia.Some", first.get("loggerName"));
    assertTrue(Long.parseLong(first.get("timestamp")) > 0, lines.get(0));
    assertEquals(nasty, values(lines.get(1)).get("message"));
  }

  /** Every value of a line by its name, the innermost; fails when it is no JSON. */
  private static Map<String, String> values(String line) throws Exception {
    var values = new HashMap<String, String>();
    try (var parser = new JsonFactory().createParser(line)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue() && parser.currentName() != null) {
          values.put(parser.currentName(), parser.getText());
        }
      }
    }
    return values;
  }

  @Test
  void theEnvironmentSaysWhoReadsTheLog() {
    assertEquals(DaemonLog.Form.TEXT, DaemonLog.Form.of(Map.of()));
    assertEquals(DaemonLog.Form.TEXT, DaemonLog.Form.of(Map.of("TAS_LOG_JSON", "false")));
    assertEquals(DaemonLog.Form.JSON, DaemonLog.Form.of(Map.of("TAS_LOG_JSON", " TRUE ")));
  }

  @Test
  void theNetworkLibraryIsQuiet() {
    try (var log = DaemonLog.start(context, directory, 30)) {
      assertEquals(Level.WARN, context.getLogger("io.netty.channel").getEffectiveLevel());
      assertEquals(Level.INFO, context.getLogger("com.nokia.ci.tas").getEffectiveLevel());
      assertTrue(log != null);
    }
  }
}
