package com.nokia.ci.tas.client;

import com.nokia.ci.tas.client.log.Level;
import com.nokia.ci.tas.client.log.Part;
import com.nokia.ci.tas.commons.Product;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that happened to a test, told to the listener that was given with it ({@link
 * TasClient#start(TestRequest, Consumer)}). Those of one test come one after another, as they were
 * heard of; {@link Ended} is the last. The first {@link Output}, and {@link Results} of a short
 * test, may be heard of before {@link Started}: they come from the node, without the way over the
 * service.
 *
 * <p>Times are those of this machine, when it heard of it.
 */
public sealed interface TestEvent {

  /** Id of the test; of a part of one with the number of the part: {@code nightly_2}. */
  String test();

  /** When this machine heard of it. */
  Instant at();

  /** The service has taken the test, which waits for its products now. */
  record Queued(String test, Instant at) implements TestEvent {
    public Queued {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * A node has all files of the test, or of a part of it, and its executor runs.
   *
   * @param attempt 1 for the first, more when it failed before and is tried again; 0 from services
   *     that do not count
   * @param products on which it runs; copies, one for each of the required products
   */
  record Started(String test, Instant at, int attempt, List<Product> products)
      implements TestEvent {
    public Started {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
      products = List.copyOf(products);
    }
  }

  /**
   * The executor, or the service, says something.
   *
   * @param text one or more lines, without a final line feed
   */
  record Output(String test, Instant at, String text) implements TestEvent {
    public Output {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * Something is happening, or went wrong, that a person who waits for the test wants to know; the
   * test goes on.
   *
   * @param level how much it matters
   * @param part who says it
   * @param sentence such as {@code the service is away, waiting}
   */
  record Note(String test, Instant at, Level level, Part part, String sentence)
      implements TestEvent {
    public Note {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(level, "level");
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(sentence, "sentence");
    }
  }

  /**
   * A file of more than a megabyte has got on; about each megabyte, or less often when the listener
   * is slow. Files that a node has already are not sent, and nothing is told of them.
   *
   * @param name of the file
   * @param direction whether it goes or comes
   * @param bytes that are over
   * @param total bytes of the file; -1 when nobody knows
   */
  record Transferred(
      String test, Instant at, String name, Direction direction, long bytes, long total)
      implements TestEvent {
    public Transferred {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(direction, "direction");
    }
  }

  /** Where a file goes. */
  enum Direction {
    /** An artifact, to a node. */
    OUT,
    /** Results, from a node. */
    IN
  }

  /**
   * A results file is there, complete.
   *
   * @param file where it is, in the workspace of the request
   */
  record Results(String test, Instant at, Path file) implements TestEvent {
    public Results {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(file, "file");
    }
  }

  /** The test is over; nothing comes after this. */
  record Ended(String test, Instant at, TestResult result) implements TestEvent {
    public Ended {
      Objects.requireNonNull(test, "test");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(result, "result");
    }
  }

  /** The text of an {@link Output}; empty for every other event. */
  default Optional<String> output() {
    return this instanceof Output said ? Optional.of(said.text()) : Optional.empty();
  }
}
