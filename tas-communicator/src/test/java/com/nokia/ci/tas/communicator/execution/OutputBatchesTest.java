package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OutputBatchesTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final List<CompletableFuture<Void>> unanswered = new ArrayList<>();

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void theFirstLineGoesAtOnceAndTheNextTogether() throws Exception {
    var batches = new OutputBatches(this::take, timer, LONG);

    batches.add("one");
    assertEquals("one", texts.take());
    batches.add("two");
    batches.add("");
    batches.add("three");

    assertEquals("two\n\nthree", texts.take());
    assertTrue(batches.drain(LONG));
  }

  @Test
  void oneTextIsOnItsWayAtATime() throws Exception {
    var batches = new OutputBatches(this::takeWithoutAnswer, timer, LONG);

    batches.add("one");
    assertEquals("one", texts.take());
    batches.add("two");
    assertFalse(batches.drain(Duration.ZERO));
    assertTrue(texts.isEmpty());
    unanswered.get(0).complete(null);

    assertEquals("two", texts.take());
  }

  @Test
  void linesThatComeFasterThanTheyAreTakenAreCounted() throws Exception {
    var batches = new OutputBatches(this::takeWithoutAnswer, timer, Duration.ofNanos(1));
    String line = "x".repeat(OutputBatches.CAPACITY / 4);

    batches.add("first");
    texts.take();
    for (int i = 0; i < 10; i++) {
      batches.add(line);
    }
    unanswered.get(0).complete(null);

    assertEquals(line + "\n" + line + "\n" + line, texts.take());
    unanswered.get(1).complete(null);
    assertFalse(batches.drain(Duration.ZERO));
    assertEquals(
        "[7 lines of output left out: they came faster than they were taken]", texts.take());
  }

  @Test
  void aTextThatCouldNotBeDeliveredIsReportedInTheNext() throws Exception {
    var batches = new OutputBatches(this::takeWithoutAnswer, timer, LONG);

    batches.add("one");
    texts.take();
    unanswered.get(0).completeExceptionally(new IllegalStateException("nobody there"));
    batches.add("two");

    assertEquals("[1 texts of output could not be delivered]\ntwo", texts.take());
  }

  private CompletableFuture<Void> take(String text) {
    texts.add(text);
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> takeWithoutAnswer(String text) {
    var answer = new CompletableFuture<Void>().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS);
    unanswered.add(answer);
    texts.add(text);
    return answer;
  }
}
