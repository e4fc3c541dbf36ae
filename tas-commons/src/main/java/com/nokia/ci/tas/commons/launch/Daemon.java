package com.nokia.ci.tas.commons.launch;

import com.nokia.ci.tas.commons.model.TasException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every daemon's {@code main} does: reads the arguments, prints help or version, sets up the
 * log, starts the program, and closes it when it is told to end (SIGTERM, Ctrl-C).
 *
 * <p>A program that cannot start says why in one sentence, with exit code 2 for wrong arguments (on
 * standard error, no file written) and 1 for anything else (on the console and in the log). One
 * that has to end by itself asks for its end, and throws the sentence when it is closed.
 */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final int LOG_DAYS = 30;
  private static final String EVENTS_OF_BUFFERS = "io.netty.jfr.enabled";

  private final Arguments arguments;
  private final Start start;

  Daemon(Arguments arguments, Start start) {
    this.arguments = arguments;
    this.start = start;
  }

  /** Starts the program behind a {@code main}. */
  @FunctionalInterface
  public interface Start {
    /**
     * Starts and returns what is to be closed in the end. It has said by then, in one log line,
     * under which address it is ready.
     *
     * @param end ends the program from inside; any thread may run it
     * @throws TasException with a sentence for the user when it cannot start
     * @throws IOException likewise
     */
    AutoCloseable start(ParsedArguments arguments, Runnable end) throws IOException;
  }

  /**
   * Runs a daemon until it is told to end.
   *
   * @param main the class with the {@code main}, whose jar names the version
   * @return the exit code for {@link System#exit}
   */
  public static int run(Class<?> main, Arguments arguments, Start start, String... args) {
    return new Daemon(arguments, start).run(main, System.out, System.err, args);
  }

  int run(Class<?> main, PrintStream out, PrintStream err, String... args) {
    ParsedArguments parsed;
    try {
      parsed = arguments.parse(args);
    } catch (TasException e) {
      err.println(arguments.program() + ": " + e.getMessage());
      return 2;
    }
    switch (parsed.wish()) {
      case HELP -> out.print(arguments.help());
      case VERSION -> out.println(arguments.program() + " " + version(main));
      case RUN -> {
        return serve(parsed);
      }
    }
    return 0;
  }

  private int serve(ParsedArguments parsed) {
    withoutEventsOfBuffers();
    var log = DaemonLog.start(Path.of("logs"), LOG_DAYS);
    var end = new CountDownLatch(1);
    AutoCloseable program;
    try {
      program = start.start(parsed, end::countDown);
    } catch (TasException | IOException e) {
      LOG.atError().log("{} cannot start: {}", arguments.program(), sentence(e));
      log.close();
      return 1;
    } catch (RuntimeException | Error e) { // such as a class that is missing from the jar
      LOG.atError().setCause(e).log("{} cannot start because of a defect", arguments.program());
      log.close();
      return 1;
    }
    var ended = new CountDownLatch(1);
    var hook = new Thread(() -> endAndAwait(end, ended), "tas-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      end.await();
      program.close();
      return 0;
    } catch (TasException e) { // why it has ended by itself
      LOG.atError().log("{} has ended: {}", arguments.program(), e.getMessage());
      return 1;
    } catch (Exception e) {
      LOG.atError().setCause(e).log("{} did not end cleanly", arguments.program());
      return 1;
    } finally {
      log.close();
      ended.countDown();
    }
  }

  /**
   * The network library tells Java's flight recorder of each buffer that it takes, whether anybody
   * records or not: to make ready for that took the first connection of a program 0.1 s.
   */
  private static void withoutEventsOfBuffers() {
    if (System.getProperty(EVENTS_OF_BUFFERS) == null) {
      System.setProperty(EVENTS_OF_BUFFERS, "false");
    }
  }

  private static void endAndAwait(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String sentence(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.toString());
  }

  private static String version(Class<?> main) {
    return Optional.ofNullable(main.getPackage().getImplementationVersion())
        .orElse("(development)");
  }
}
