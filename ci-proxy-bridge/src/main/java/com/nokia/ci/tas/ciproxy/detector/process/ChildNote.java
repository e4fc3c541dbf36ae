package com.nokia.ci.tas.ciproxy.detector.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says which program runs, so that the next life of the bridge can end it when this one
 * is killed. A number alone says nothing, for the system gives it again: with it stands when that
 * process started. For one thread.
 */
public final class ChildNote {
  private static final Logger LOG = LoggerFactory.getLogger(ChildNote.class);

  /** The system tells starts by its own clock, which may be set between two looks. */
  private static final Duration SAME = Duration.ofSeconds(2);

  private static final int LONGEST = 100;

  private final Path file;

  /**
   * @param file in a directory that no other bridge of this port uses
   */
  public ChildNote(Path file) {
    this.file = file;
  }

  /** This program runs. Where it cannot be written down, a killed bridge leaves it. */
  void runs(ProcessHandle child) {
    Optional<Instant> start = child.info().startInstant();
    if (start.isEmpty()) {
      return; // It has ended already.
    }
    Path next = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(next, child.pid() + " " + start.get().toEpochMilli() + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("it cannot be noted which program tells of devices");
    }
  }

  /** It does not run any more. */
  void over() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", file).setCause(e).log("note of a program not deleted");
    }
  }

  /** Ends the program that an earlier life left running, if it is that one. */
  public void endLeft() {
    left()
        .ifPresent(
            program -> {
              LOG.atWarn()
                  .addKeyValue("pid", program.pid())
                  .log("the program of a bridge that was killed is ended");
              Child.end(program);
            });
    over();
  }

  private Optional<ProcessHandle> left() {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (var stream = Files.newInputStream(file)) {
      String[] words =
          new String(stream.readNBytes(LONGEST), StandardCharsets.US_ASCII).strip().split(" ", -1);
      if (words.length != 2) {
        return Optional.empty();
      }
      long pid = Long.parseLong(words[0]);
      var start = Instant.ofEpochMilli(Long.parseLong(words[1]));
      return ProcessHandle.of(pid).filter(process -> isSame(process, start));
    } catch (IOException | NumberFormatException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("the note of a program is not understood, nothing is ended");
      return Optional.empty();
    }
  }

  private static boolean isSame(ProcessHandle process, Instant start) {
    return process
        .info()
        .startInstant()
        .filter(it -> Duration.between(it, start).abs().compareTo(SAME) <= 0)
        .isPresent();
  }
}
