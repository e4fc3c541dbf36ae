package com.nokia.ci.tas.commons.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The log of a program until its {@link DaemonLog} begins, and of its commands, which say what they
 * do themselves: what goes wrong, on standard error. Found by the logging library because the
 * program's jar names it in {@code META-INF/services}; a file that says the same took a tenth of a
 * start, for the library reads it with all that Java has for XML.
 *
 * <p>A {@code logback-test.xml}, or a file named with {@code -Dlogback.configurationFile=}, is read
 * instead.
 */
public final class FirstLog extends ContextAwareBase implements Configurator {
  /** For the logging library. */
  public FirstLog() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null
        || FirstLog.class.getClassLoader().getResource("logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(DaemonLog.onStandardError(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
