package com.nokia.ci.tas.communicator.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SealedValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class OutputFeedTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<CompletableFuture<Void>> unanswered = new LinkedBlockingQueue<>();
  private OutputSpool spool;
  private Thread thread;

  @BeforeEach
  void spool() {
    spool = OutputSpool.create(directory.resolve("t.log"), SealedValues.NONE, 1L << 30);
  }

  @AfterEach
  void close() throws InterruptedException {
    spool.end();
    thread.interrupt();
    thread.join();
  }

  @Test
  void theFirstLineGoesAtOnceAndTheNextTogether() throws Exception {
    var feed = feed(this::take);

    add("one\n");
    assertEquals("one", texts.take());
    add("two\n\nthr");
    add("ee\nfour");
    assertEquals("two\n\nthree", texts.take());
    spool.end();

    assertEquals("four", texts.take());
    assertTrue(feed.awaitShown(LONG));
  }

  @Test
  void oneTextIsOnItsWayAtATime() throws Exception {
    var feed = feed(this::takeWithoutAnswer);

    add("one\n");
    assertEquals("one", texts.take());
    add("two\n");
    spool.end();
    assertFalse(feed.awaitShown(Duration.ZERO));
    assertNull(texts.poll());
    unanswered.take().complete(null);

    assertEquals("two", texts.take());
  }

  @Test
  void aReceiverThatIsTooFarBehindIsToldHowMuchItIsNotShown() throws Exception {
    var feed = feed(this::takeWithoutAnswer);
    String line = "0123456789abcde";

    add("first\n");
    assertEquals("first", texts.take());
    int written = 6;
    while (written <= 2 * OutputFeed.CHUNK + 6) {
      add(line + "\n");
      written += line.length() + 1;
    }
    add("the last words\n");
    spool.end();
    unanswered.take().complete(null);

    String[] shown = texts.take().split("\n", -1);
    unanswered.take().complete(null);
    assertTrue(feed.awaitShown(LONG));
    assertEquals("the last words", shown[shown.length - 1]);
    assertEquals(line, shown[1]);
    assertTrue(shown[0].endsWith(" bytes of output are not shown: they came too fast]"), shown[0]);
    long hidden = Long.parseLong(shown[0].substring(1, shown[0].indexOf(' ')));
    long told = hidden + 16L * (shown.length - 2) + 15;
    assertEquals(spool.length(), 6 + told);
  }

  @Test
  void aTextThatCouldNotBeDeliveredIsReportedInTheNext() throws Exception {
    feed(this::takeWithoutAnswer);

    add("one\n");
    texts.take();
    unanswered.take().completeExceptionally(new IllegalStateException("nobody there"));
    add("two\n");

    assertEquals("[1 texts of output could not be delivered]\ntwo", texts.take());
  }

  private OutputFeed feed(OutputFeed.Receiver receiver) {
    var feed = new OutputFeed(spool, receiver, OutputFeed.CHUNK);
    thread = new Thread(feed, "feed");
    thread.start();
    return feed;
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    spool.add(bytes, bytes.length);
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
