package com.nokia.ci.tas.communicator.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A line of output is shown within 200 ms of its end, while its executor still runs: by a clock
 * that passes when the feed waits and at no other time, so that no machine is too slow for it.
 */
final class OutputInTimeTest {
  private static final Duration PROMISE = Duration.ofMillis(200);

  @TempDir Path directory;

  /** What an executor says. */
  private record Word(long at, String text) {}

  @Test
  void linesOfEveryPaceAreShownInTime() throws Exception {
    for (int pace : List.of(1, 7, 30, 99, 100, 101, 150, 1_000)) {
      var words = new ArrayList<Word>();
      for (int i = 0; i < 300; i++) {
        words.add(new Word(milliseconds((long) i * pace), "line " + i + "\n"));
      }
      assertInTime("every " + pace + " ms", words);
    }
  }

  @Test
  void linesInPiecesAtAnyTimeAreShownInTime() throws Exception {
    var random = new Random(11);
    var words = new ArrayList<Word>();
    long at = 0;
    int line = 0;
    for (int i = 0; i < 2_000; i++) {
      at += milliseconds(random.nextInt(random.nextInt(4) == 0 ? 400 : 20));
      boolean isEnd = random.nextBoolean();
      words.add(new Word(at, isEnd ? "end of line " + line + "\n" : "part "));
      line += isEnd ? 1 : 0;
    }
    words.add(new Word(at, "the last words\n"));
    assertInTime("in pieces", words);
  }

  /** The executor ends an hour after its last word: nothing waits for that. */
  private void assertInTime(String what, List<Word> words) throws Exception {
    var executor = new Scripted(Files.createTempFile(directory, "output", ".log"), words);
    var shown = new HashMap<String, Long>();
    var feed =
        new OutputFeed(
            executor,
            text -> {
              text.lines().forEach(line -> shown.put(line, executor.now));
              return CompletableFuture.completedFuture(null);
            },
            Long.MAX_VALUE,
            () -> executor.now);

    feed.run();

    assertEquals(executor.ended.keySet(), shown.keySet(), what);
    executor.ended.forEach(
        (line, at) ->
            assertTrue(
                shown.get(line) - at <= PROMISE.toNanos(),
                what + ": " + line + " took " + (shown.get(line) - at) + " ns"));
  }

  private static long milliseconds(long count) {
    return Duration.ofMillis(count).toNanos();
  }

  /** An executor that says its words by the clock of the test. */
  private static final class Scripted implements OutputSource {
    private final Path file;
    private final Deque<Word> words;
    private final long end;
    private final StringBuilder line = new StringBuilder();

    /** When each line was complete. */
    private final Map<String, Long> ended = new HashMap<>();

    private long length;
    private long now;

    Scripted(Path file, List<Word> words) {
      this.file = file;
      this.words = new ArrayDeque<>(words);
      this.end = words.get(words.size() - 1).at() + Duration.ofHours(1).toNanos();
    }

    @Override
    public void awaitBeyond(long position, long nanos) {
      long until = nanos > end - now ? end : now + nanos;
      while (length <= position && !words.isEmpty() && words.peek().at() <= until) {
        say(words.remove());
      }
      if (length <= position) {
        now = Math.max(now, until);
      }
    }

    private void say(Word word) {
      now = Math.max(now, word.at());
      byte[] bytes = word.text().getBytes(UTF_8);
      try {
        Files.write(file, bytes, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      length += bytes.length;
      line.append(word.text());
      if (word.text().endsWith("\n")) {
        ended.put(line.toString().strip(), now);
        line.setLength(0);
      }
    }

    @Override
    public Path file() {
      return file;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public boolean isEnded() {
      return now >= end;
    }

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }
  }
}
