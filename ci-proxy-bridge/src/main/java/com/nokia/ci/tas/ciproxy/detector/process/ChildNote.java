package com.nokia.ci.tas.ciproxy.detector.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
  private static final String SUFFIX = ".pid";

  private final Path file;

  /**
   * @param file in a directory that no other bridge of this port uses
   */
  public ChildNote(Path file) {
    this.file = file;
  }

  /**
   * The note of a bridge that nothing but its process tells from others. What those have left that
   * do not run any more is ended now.
   *
   * @param directory of the notes
   * @param prefix of their names; no other file begins so
   */
  public static ChildNote ofThisProcess(Path directory, String prefix) {
    try (DirectoryStream<Path> notes = Files.newDirectoryStream(directory, prefix + "*" + SUFFIX)) {
      for (Path note : notes) {
        if (isOwnerGone(note.getFileName().toString(), prefix)) {
          new ChildNote(note).endLeft();
        }
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("directory", directory)
          .addKeyValue("error", e.toString())
          .log("it cannot be seen what a bridge that was killed has left");
    }
    return new ChildNote(directory.resolve(prefix + ProcessHandle.current().pid() + SUFFIX));
  }

  private static boolean isOwnerGone(String name, String prefix) {
    try {
      long owner = Long.parseLong(name.substring(prefix.length(), name.length() - SUFFIX.length()));
      return ProcessHandle.of(owner).isEmpty();
    } catch (NumberFormatException e) {
      return false; // It is no note.
    }
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
