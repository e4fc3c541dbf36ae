package com.nokia.ci.tas.client;

import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to one test, from all its parts, in a file: a line for each thing, with its time in
 * UTC, how much it matters and which part says it. For one thread after another. A file that cannot
 * be written is logged once and then left alone: it never costs the test.
 */
final class RunLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path file;
  private Optional<Writer> writer = Optional.empty();
  private boolean isBroken;

  /** A log that begins with its first line, in place of an older one. */
  RunLog(Path file) {
    this.file = file;
  }

  /** What was asked for; of secrets their names alone. */
  static String asked(Test test) {
    var asked = new ArrayList<String>();
    asked.add("asked for test " + test.getId());
    add(asked, "on", test.getRequiredEnvironment());
    add(asked, "executor", test.getExecutorApplication() + " " + test.getExecutorScript());
    add(asked, "artifacts", String.join(" ", test.getArtifacts()));
    add(asked, "variables", String.join(" ", test.getExecutorEnvparams().keySet()));
    add(asked, "results", test.getResultsFilename());
    asked.add("timeout " + test.getTimeout() + " ms");
    add(asked, "waiting timeout", test.getWaitingTimeout());
    add(asked, "preparation timeout", test.getPreparationTimeout());
    add(asked, "execution timeout", test.getExecutionTimeout());
    return String.join(", ", asked);
  }

  private static void add(List<String> asked, String what, String value) {
    if (!value.isBlank()) {
      asked.add(what + " " + value.strip());
    }
  }

  private static void add(List<String> asked, String limit, long millis) {
    if (millis > 0) {
      asked.add(limit + " " + millis + " ms");
    }
  }

  /** Writes what happened; a text of several lines as so many. */
  void add(TestEvent event) {
    if (event instanceof TestEvent.Queued queued) {
      write(queued.at(), TestEvent.Level.INFO, TestEvent.Part.SERVICE, "the test is accepted");
    } else if (event instanceof TestEvent.Started started) {
      write(started.at(), TestEvent.Level.INFO, TestEvent.Part.NODE, started(started));
    } else if (event instanceof TestEvent.Output output) {
      write(output.at(), TestEvent.Level.INFO, TestEvent.Part.EXECUTOR, output.text());
    } else if (event instanceof TestEvent.Note note) {
      write(note.at(), note.level(), note.part(), note.sentence());
    } else if (event instanceof TestEvent.Results results) {
      write(
          results.at(),
          TestEvent.Level.INFO,
          TestEvent.Part.NODE,
          "results file " + results.file().getFileName() + " has arrived");
    } else if (event instanceof TestEvent.Ended ended) {
      end(ended);
    }
  }

  private static String started(TestEvent.Started started) {
    String products =
        started.products().stream().map(Product::toString).collect(Collectors.joining(", "));
    return "test "
        + started.test()
        + " is started"
        + (started.attempt() > 1 ? ", attempt " + started.attempt() : "")
        + (products.isEmpty() ? "" : ", on " + products);
  }

  private void end(TestEvent.Ended ended) {
    var result = ended.result();
    String how = "the test has ended: " + result.status().name().toLowerCase(Locale.ROOT);
    write(
        ended.at(),
        result.isFinished() ? TestEvent.Level.INFO : TestEvent.Level.ERROR,
        TestEvent.Part.SERVICE,
        result.details().isEmpty() ? how : how + ": " + result.details());
  }

  /** Writes lines and sees to it that they are in the file. */
  void write(Instant at, TestEvent.Level level, TestEvent.Part part, String text) {
    if (isBroken) {
      return;
    }
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(Files.newBufferedWriter(file));
      }
      for (String line : text.lines().toList()) {
        writer
            .get()
            .write(
                "%s %-7s %-8s %s%n"
                    .formatted(
                        TIME.format(at),
                        level,
                        part.name().toLowerCase(Locale.ROOT),
                        printable(line)));
      }
      writer.get().flush();
    } catch (IOException e) {
      isBroken = true;
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("the log of a test is not written");
    }
  }

  private static String printable(String line) {
    return line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
  }

  @Override
  public void close() {
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("the log of a test is not closed");
    }
    isBroken = true;
  }
}
