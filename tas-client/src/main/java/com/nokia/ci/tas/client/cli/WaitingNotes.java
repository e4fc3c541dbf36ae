package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells how long tests that wait will go on waiting, where the service says so: soon after they are
 * accepted, and then when its estimate has changed, no more often than it is asked.
 */
final class WaitingNotes implements AutoCloseable {
  private static final long PERIOD_IN_SECONDS = 15;

  /** A test whose products are free is started before. */
  private static final long FIRST_IN_SECONDS = 2;

  private final ServicePages pages;
  private final Voice voice;
  private final Map<String, RunWatch> watches = new ConcurrentHashMap<>();
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "tas-waiting-notes");
            thread.setDaemon(true);
            return thread;
          });

  WaitingNotes(ServicePages pages, Voice voice) {
    this.pages = pages;
    this.voice = voice;
    var unused =
        timer.scheduleWithFixedDelay(
            this::tell, PERIOD_IN_SECONDS, PERIOD_IN_SECONDS, TimeUnit.SECONDS);
  }

  void add(String id, RunWatch watch) {
    watches.put(id, watch);
    var unused = watch.accepted().thenRun(() -> later(() -> tell(id, watch)));
  }

  private void later(Runnable look) {
    if (!timer.isShutdown()) {
      var unused = timer.schedule(look, FIRST_IN_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void tell() {
    watches.forEach(this::tell);
  }

  private void tell(String id, RunWatch watch) {
    if (watch.isWaiting()) {
      tell(id);
    }
  }

  private void tell(String id) {
    try {
      String sentence = sentence(pages.why(id), Instant.now());
      if (!sentence.isEmpty() && !sentence.equals(told.put(id, sentence))) {
        voice.waiting(id, "test " + id + " waits: " + sentence);
      }
    } catch (ConnectionLostException e) {
      told.remove(id); // an earlier service, or one that is away: the test itself says so
    }
  }

  /** Place and estimate; empty when the test does not wait any more. */
  static String sentence(JsonNode why, Instant now) {
    if (!why.has("place")) {
      return "";
    }
    String place = "place " + why.path("place").asInt() + " of " + why.path("waitingCount").asInt();
    if (!why.has("expectedStart")) {
      return place;
    }
    var left = Duration.between(now, Instant.ofEpochMilli(why.path("expectedStart").asLong()));
    return place
        + ", expected to start "
        + (left.toMinutes() < 1 ? "within a minute" : "in about " + left.toMinutes() + " min");
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
