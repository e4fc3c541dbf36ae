package com.nokia.ci.tas.commons.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a daemon: messages on the console, and everything in one file a day, {@code
 * logs/yyyy-MM-dd.log}, switched at local midnight (guide, "Installing and launching").
 *
 * <p>With {@code TAS_LOG_JSON=true} in the environment each event is an object of JSON on a line of
 * its own instead, on the console and in {@code logs/yyyy-MM-dd.jsonl}: with {@code timestamp} in
 * milliseconds, {@code level}, {@code threadName}, {@code loggerName}, {@code formattedMessage},
 * {@code kvpList} and {@code throwable}.
 *
 * <p>To be started by a {@code main} before anything else, and closed last so that the file is
 * complete.
 */
public final class DaemonLog implements AutoCloseable {
  /** Of libraries a person wants to know what goes wrong, not what they do. */
  private static final List<String> OF_LIBRARIES =
      List.of("io.netty", "org.flywaydb", "com.zaxxer.hikari", "org.postgresql", "org.sqlite");

  /** The environment says by this whether programs read the log. */
  private static final String JSON = "TAS_LOG_JSON";

  private final LoggerContext context;

  /** Who reads the log. */
  enum Form {
    /** Persons. */
    TEXT(".log"),
    /** Programs. */
    JSON(".jsonl");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }

    /** As the environment of a process says. */
    static Form of(Map<String, String> environment) {
      return "true".equalsIgnoreCase(environment.getOrDefault(DaemonLog.JSON, "").strip())
          ? JSON
          : TEXT;
    }
  }

  private DaemonLog(LoggerContext context) {
    this.context = context;
  }

  /**
   * Sets up the log of this process, replacing whatever was set up before.
   *
   * @param directory for the files, created if it is missing
   * @param daysKept files of older days are deleted, at start and at midnight
   */
  public static DaemonLog start(Path directory, int daysKept) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return start(context, directory, daysKept, Form.of(System.getenv()));
  }

  static DaemonLog start(LoggerContext context, Path directory, int daysKept) {
    return start(context, directory, daysKept, Form.TEXT);
  }

  static DaemonLog start(LoggerContext context, Path directory, int daysKept, Form form) {
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    OF_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    root.addAppender(console(context, form, ConsoleTarget.SystemOut));
    root.addAppender(file(context, directory, daysKept, form));
    return new DaemonLog(context);
  }

  @Override
  public void close() {
    context.stop();
  }

  /** What goes to standard error, in the words of the console. */
  static Appender<ILoggingEvent> onStandardError(LoggerContext context) {
    return console(context, Form.TEXT, ConsoleTarget.SystemErr);
  }

  private static Appender<ILoggingEvent> console(
      LoggerContext context, Form form, ConsoleTarget target) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setName("console");
    console.setTarget(target.getName());
    ready(console, context, encoder(form, LogLine.Reader.CONSOLE));
    console.start();
    return console;
  }

  private static RollingFileAppender<ILoggingEvent> file(
      LoggerContext context, Path directory, int daysKept, Form form) {
    var file = new RollingFileAppender<ILoggingEvent>();
    file.setName("file");
    ready(file, context, encoder(form, LogLine.Reader.FILE));
    var daily = new TimeBasedRollingPolicy<ILoggingEvent>();
    daily.setContext(context);
    daily.setParent(file);
    daily.setFileNamePattern(directory.resolve("%d{yyyy-MM-dd}" + form.ending).toString());
    daily.setMaxHistory(daysKept);
    daily.setCleanHistoryOnStart(true);
    daily.start();
    file.setRollingPolicy(daily);
    file.start();
    return file;
  }

  private static Encoder<ILoggingEvent> encoder(Form form, LogLine.Reader reader) {
    return switch (form) {
      case TEXT -> text(reader);
      case JSON -> json();
    };
  }

  private static Encoder<ILoggingEvent> text(LogLine.Reader reader) {
    var line = new LogLine(reader);
    line.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(line);
    return encoder;
  }

  private static Encoder<ILoggingEvent> json() {
    var encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMarkers(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    return encoder;
  }

  private static void ready(
      OutputStreamAppender<ILoggingEvent> appender,
      LoggerContext context,
      Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
  }
}
