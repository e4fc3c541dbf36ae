package com.nokia.ci.tas.client.log;

import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.commons.Test;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to one test, from all its parts, in a file: a line for each thing, with its time in
 * UTC, how much it matters and which part says it. For any thread. A file that cannot be written is
 * logged once and then left alone: it never costs the test.
 */
public final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private final Path file;
  private Optional<Writer> writer = Optional.empty();
  private boolean isBegun;
  private boolean isBroken;

  /** A log that begins with its first line, in place of an older one. */
  public RunLog(Path file) {
    this.file = file;
  }

  /**
   * Writes down what was asked for, and then all that an observer of the test is told, until its
   * end. A test that is tried again comes behind the one before.
   */
  public TestObserver of(Test test, TestObserver observer) {
    return new LoggedTest(this, test, observer);
  }

  /** Writes a line, of a text of several as many, and sees to it that they are in the file. */
  synchronized void write(Level level, Part part, String text) {
    if (isBroken) {
      return;
    }
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(opened());
      }
      for (String line : text.lines().toList()) {
        writer.get().write(LogLine.now(level, part, line) + System.lineSeparator());
      }
      writer.get().flush();
    } catch (IOException e) {
      isBroken = true;
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("the log of a test is not written");
    }
  }

  private Writer opened() throws IOException {
    var opened =
        isBegun
            ? Files.newBufferedWriter(file, StandardOpenOption.APPEND)
            : Files.newBufferedWriter(file);
    isBegun = true;
    return opened;
  }

  /** The test is over: nothing is held any more. */
  synchronized void end() {
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("the log of a test is not closed");
    }
    writer = Optional.empty();
  }
}
