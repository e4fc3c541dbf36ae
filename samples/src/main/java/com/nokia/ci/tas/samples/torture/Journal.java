package com.nokia.ci.tas.samples.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a client writes about its tests, in a file that outlives it: each entry is in the file
 * before anything else happens. Any thread.
 */
final class Journal {
  private final Path file;

  Journal(Path file) {
    this.file = file;
  }

  /** What happens to a test at its client. */
  enum Word {
    /** Is about to be handed to the client library; the detail is its kind. */
    SUBMITTED,
    STARTED,
    /** The detail is the content of its results, those of sub-tests with a vertical bar between. */
    FINISHED,
    /** The detail is the reason. */
    FAILED,
    /** Its client is about to stop it. */
    STOPPING,
    /** Its products were given back. */
    RELEASED,
    /** A line of output that had come before. */
    REPEATED,
    /** Lines of output are missing. */
    GAP,
    /** No test of this client is left. */
    DRAINED;

    boolean isEnd() {
      return this == FINISHED || this == FAILED;
    }
  }

  /**
   * An entry.
   *
   * @param at milliseconds since the epoch
   * @param test id
   * @param detail depends on the word
   */
  record Entry(long at, Word word, String test, String detail) {}

  void write(Word word, String test, String detail) {
    String line =
        System.currentTimeMillis()
            + " "
            + word.name().toLowerCase(Locale.ROOT)
            + " "
            + test
            + " "
            + detail.strip().replaceAll("\\s+", " ")
            + "\n";
    try {
      Files.write(
          file,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All entries so far; a last line that its writer was killed in does not count. */
  static List<Entry> read(Path file) throws IOException {
    var entries = new ArrayList<Entry>();
    String text = Files.exists(file) ? Files.readString(file) : "";
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      String[] words = line.split(" ", 4);
      entries.add(
          new Entry(
              Long.parseLong(words[0]),
              Word.valueOf(words[1].toUpperCase(Locale.ROOT)),
              words[2],
              words[3]));
    }
    return entries;
  }
}
