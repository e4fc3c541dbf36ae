package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What a log line looks like, and what cannot get into it. */
final class LogLineTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void theConsoleShowsMessageAndKeys() {
    assertEquals(
        "test accepted test=nightly_2 client=\"a b\"\n",
        console(event(Level.INFO, "test accepted", null, "test", "nightly_2", "client", "a b")));
  }

  @Test
  void theConsoleMarksWhatIsBadAndNamesItsCause() {
    assertEquals(
        "WARN: node lost node=n7:27182: no route\n",
        console(
            event(
                Level.WARN,
                "node lost",
                new IllegalStateException("no route"),
                "node",
                "n7:27182")));
  }

  @Test
  void theFileAddsTimeLevelThreadAndLogger() {
    String line = file(event(Level.INFO, "test accepted", null, "test", "nightly_2"));
    assertTrue(
        Pattern.matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  test accepted"
                + " test=nightly_2 \\[main] com\\.nokia\\.Some\n",
            line),
        line);
  }

  @Test
  void theFileHasTheStackTraceIndented() {
    String lines = file(event(Level.ERROR, "broken", new IllegalStateException("no\nroute")));
    assertTrue(lines.lines().count() > 2, lines);
    assertTrue(lines.lines().skip(1).allMatch(it -> it.startsWith("\t")), lines);
  }

  @Test
  void nothingFromOutsideBreaksALineOrDrivesATerminal() {
    assertEquals(
        "a\\nb\\r\\tc\\u001b[2J\\u2028d\\u202e key=x\\ny\n",
        console(event(Level.INFO, "a\nb\r\tc\u001b[2J\u2028d\u202e", null, "key", "x\ny")));
  }

  private String console(LoggingEvent event) {
    return new LogLine(LogLine.Reader.CONSOLE).doLayout(event);
  }

  private String file(LoggingEvent event) {
    return new LogLine(LogLine.Reader.FILE).doLayout(event);
  }

  private LoggingEvent event(Level level, String message, Throwable thrown, String... pairs) {
    var event =
        new LoggingEvent(
            "", context.getLogger("com.nokia.Some"), level, message, thrown, new Object[0]);
    event.setThreadName("main");
    for (int i = 0; i < pairs.length; i += 2) {
      event.addKeyValuePair(new KeyValuePair(pairs[i], pairs[i + 1]));
    }
    return event;
  }
}
