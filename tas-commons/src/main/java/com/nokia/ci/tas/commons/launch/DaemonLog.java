package com.nokia.ci.tas.commons.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a daemon: messages on the console, and everything in one file a day, {@code
 * logs/yyyy-MM-dd.log}, switched at local midnight (guide, "Installing and launching").
 *
 * <p>To be started by a {@code main} before anything else, and closed last so that the file is
 * complete.
 */
public final class DaemonLog implements AutoCloseable {
  /** Of libraries a person wants to know what goes wrong, not what they do. */
  private static final List<String> OF_LIBRARIES =
      List.of("io.netty", "org.flywaydb", "com.zaxxer.hikari", "org.postgresql", "org.sqlite");

  private final LoggerContext context;

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
    return start((LoggerContext) LoggerFactory.getILoggerFactory(), directory, daysKept);
  }

  static DaemonLog start(LoggerContext context, Path directory, int daysKept) {
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    OF_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    root.addAppender(console(context));
    root.addAppender(file(context, directory, daysKept));
    return new DaemonLog(context);
  }

  @Override
  public void close() {
    context.stop();
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setName("console");
    ready(console, context, LogLine.Reader.CONSOLE);
    console.start();
    return console;
  }

  private static RollingFileAppender<ILoggingEvent> file(
      LoggerContext context, Path directory, int daysKept) {
    var file = new RollingFileAppender<ILoggingEvent>();
    file.setName("file");
    ready(file, context, LogLine.Reader.FILE);
    var daily = new TimeBasedRollingPolicy<ILoggingEvent>();
    daily.setContext(context);
    daily.setParent(file);
    daily.setFileNamePattern(directory.resolve("%d{yyyy-MM-dd}.log").toString());
    daily.setMaxHistory(daysKept);
    daily.setCleanHistoryOnStart(true);
    daily.start();
    file.setRollingPolicy(daily);
    file.start();
    return file;
  }

  private static void ready(
      OutputStreamAppender<ILoggingEvent> appender, LoggerContext context, LogLine.Reader reader) {
    var line = new LogLine(reader);
    line.setContext(context);
    line.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(line);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
  }
}
