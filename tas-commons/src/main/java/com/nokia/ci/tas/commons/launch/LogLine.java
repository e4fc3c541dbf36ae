package com.nokia.ci.tas.commons.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * One event as lines of text: the message, its keys and values, and for the file time, level,
 * thread and logger. Whatever came from outside cannot break a line or drive a terminal: control
 * characters are written as {@code \n} or {@code \u001b}.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {

  /** Who reads it. */
  enum Reader {
    /** A person at the console: the message and its keys; the level only when it is a bad one. */
    CONSOLE,
    /** The file: everything, stack traces included. */
    FILE
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final Reader reader;

  LogLine(Reader reader) {
    this.reader = reader;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(160);
    switch (reader) {
      case FILE -> {
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String level = event.getLevel().toString();
        line.append(' ')
            .append(level)
            .append(" ".repeat(Math.max(0, 5 - level.length())))
            .append(' ');
        messageAndKeys(event, line);
        line.append(" [").append(event.getThreadName()).append("] ");
        line.append(event.getLoggerName()).append('\n');
        stackTrace(event.getThrowableProxy(), line);
      }
      case CONSOLE -> {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
          line.append(event.getLevel()).append(": ");
        }
        messageAndKeys(event, line);
        cause(event.getThrowableProxy(), line);
        line.append('\n');
      }
    }
    return line.toString();
  }

  private static void messageAndKeys(ILoggingEvent event, StringBuilder line) {
    append(String.valueOf(event.getFormattedMessage()), line);
    var pairs = event.getKeyValuePairs();
    if (pairs == null) {
      return;
    }
    for (var pair : pairs) {
      String value = String.valueOf(pair.value);
      boolean quoted = value.isEmpty() || value.indexOf(' ') >= 0 || value.indexOf('"') >= 0;
      line.append(' ').append(pair.key).append('=');
      append(quoted ? '"' + value.replace("\"", "\\\"") + '"' : value, line);
    }
  }

  private static void cause(IThrowableProxy thrown, StringBuilder line) {
    if (thrown != null) {
      line.append(": ");
      append(thrown.getMessage() == null ? thrown.getClassName() : thrown.getMessage(), line);
    }
  }

  private static void stackTrace(IThrowableProxy thrown, StringBuilder line) {
    if (thrown != null) {
      ThrowableProxyUtil.asString(thrown)
          .lines()
          .forEach(
              it -> {
                line.append('\t');
                append(it.strip(), line);
                line.append('\n');
              });
    }
  }

  private static void append(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            line.append(escaped(c));
        default -> line.append(c);
      }
    }
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted((int) c);
    };
  }
}
