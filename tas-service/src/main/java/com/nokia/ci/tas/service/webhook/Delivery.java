package com.nokia.ci.tas.service.webhook;

import com.nokia.ci.tas.service.news.News;
import com.nokia.ci.tas.service.news.Newsflash;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one hook: each event in its order, the next when the one before was taken. What is not
 * taken (any answer but 2xx, or none in time) is tried again, after longer and longer pauses. What
 * is too old or too much is dropped, and the receiver is told how many were. All of it happens on
 * the one thread of the webhooks.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final int AT_ONCE = 1_000;
  private static final int TAKEN = 200;
  private static final int TAKEN_NO_MORE = 300;

  private final Hook hook;
  private final Spool spool;
  private final News news;
  private final Around around;
  private long seen;
  private boolean isBusy;
  private boolean isEnded;
  private int tries;
  private String trouble = "";
  private volatile long waiting;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** What all hooks share. */
  record Around(
      HttpClient client, ScheduledExecutorService thread, InstantSource clock, Limits limits) {}

  Delivery(Hook hook, Spool spool, News news, Around around) {
    this.hook = hook;
    this.spool = spool;
    this.news = news;
    this.around = around;
  }

  Hook hook() {
    return hook;
  }

  /** What became of it so far; for any thread. */
  WebhookCounts counts() {
    return new WebhookCounts(1, delivered.sum(), failed.sum(), waiting);
  }

  /** What was not told in the life before, or happened while none lived, is not known. */
  void begin() {
    try {
      gap(0);
    } catch (IOException e) {
      isNotKept(e);
    }
    goOn();
  }

  /** Keeps what is new, and sends what waits. */
  void goOn() {
    if (isEnded) {
      return;
    }
    try {
      keep();
      send();
    } catch (IOException e) {
      isNotKept(e);
    }
  }

  /** Keeps what is new, and sends no more. */
  void end() {
    isEnded = true;
    try (spool) {
      keep();
    } catch (IOException e) {
      isNotKept(e);
    }
  }

  private void keep() throws IOException {
    if (!news.reachesBackTo(seen)) {
      long last = news.last();
      gap(last);
      seen = last;
    }
    for (var some = news.after(seen, AT_ONCE); !some.isEmpty(); some = news.after(seen, AT_ONCE)) {
      keep(some);
    }
  }

  private void keep(List<Newsflash> some) throws IOException {
    for (var one : some) {
      if (isMeant(one)) {
        put(one.number(), "test", one.json());
      }
      seen = one.number();
    }
  }

  private boolean isMeant(Newsflash one) {
    return one.topic() == Newsflash.Topic.TEST
        && one.test()
            .filter(
                test ->
                    hook.project().isEmpty()
                        || test.origin().project().map(it -> it.value()).equals(hook.project()))
            .isPresent();
  }

  private void gap(long number) throws IOException {
    put(number, "gap", "{}");
  }

  private void put(long number, String event, String data) throws IOException {
    long before = spool.dropped();
    spool.put(
        around.clock().instant(),
        "\"id\":\"%s-%d\",\"event\":\"%s\",\"data\":%s}"
            .formatted(news.life(), number, event, data));
    saySoIfDropped(before, "too many wait");
  }

  private void send() throws IOException {
    waiting = spool.waiting();
    if (isBusy) {
      return;
    }
    var next = firstInTime();
    waiting = spool.waiting();
    if (next.isEmpty()) {
      return;
    }
    isBusy = true;
    long dropped = spool.dropped();
    var sent =
        around
            .client()
            .sendAsync(
                request("{\"dropped\":" + dropped + "," + next.get().text()),
                HttpResponse.BodyHandlers.discarding());
    var unused =
        sent.copy()
            .orTimeout(around.limits().deadline().toMillis(), TimeUnit.MILLISECONDS)
            .handleAsync(
                (answer, failure) -> {
                  sent.cancel(true);
                  ended(
                      next.get(),
                      dropped,
                      Optional.ofNullable(answer),
                      Optional.ofNullable(failure));
                  return null;
                },
                around.thread());
  }

  private Optional<Spool.Entry> firstInTime() throws IOException {
    Instant oldest = around.clock().instant().minus(around.limits().age());
    long before = spool.dropped();
    var first = spool.first();
    while (first.filter(it -> it.at().isBefore(oldest)).isPresent()) {
      spool.drop();
      first = spool.first();
    }
    saySoIfDropped(before, "they are too old");
    return first;
  }

  private HttpRequest request(String body) {
    long time = around.clock().instant().getEpochSecond();
    return HttpRequest.newBuilder(hook.address())
        .timeout(around.limits().deadline())
        .header("content-type", "application/json; charset=utf-8")
        .header("x-tas-timestamp", String.valueOf(time))
        .header("x-tas-signature", Signature.of(hook.secret(), time, body))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private void ended(
      Spool.Entry entry,
      long dropped,
      Optional<HttpResponse<Void>> answer,
      Optional<Throwable> failure) {
    if (isEnded) {
      return;
    }
    boolean isTaken =
        answer
            .map(HttpResponse::statusCode)
            .filter(it -> it >= TAKEN && it < TAKEN_NO_MORE)
            .isPresent();
    if (!isTaken) {
      failed.increment();
      again(answer.map(it -> "it answered " + it.statusCode()).orElseGet(() -> name(failure)));
      return;
    }
    delivered.increment();
    try {
      spool.take(entry);
      if (dropped > 0) {
        spool.toldOfDropped(dropped);
      }
    } catch (IOException e) {
      again("its spool cannot be written: " + e.getClass().getSimpleName());
      return;
    }
    if (!trouble.isEmpty()) {
      LOG.atInfo().addKeyValue("hook", hook).log("webhook takes events again");
    }
    trouble = "";
    tries = 0;
    isBusy = false;
    goOn();
  }

  /** By its kind alone: messages may hold parts of the address. */
  private static String name(Optional<Throwable> failure) {
    var cause =
        failure.map(
            it -> it instanceof CompletionException && it.getCause() != null ? it.getCause() : it);
    return cause.map(it -> it.getClass().getSimpleName()).orElse("no answer");
  }

  private void isNotKept(IOException failure) {
    String why = "its spool cannot be written: " + failure.getClass().getSimpleName();
    if (isBusy || isEnded) {
      say(why);
    } else {
      again(why);
    }
  }

  private void say(String why) {
    if (trouble.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("hook", hook)
          .addKeyValue("error", why)
          .log("webhook does not take events; it is tried again until it does");
    }
    trouble = why;
  }

  private void again(String why) {
    say(why);
    tries++;
    isBusy = true;
    var unused =
        around
            .thread()
            .schedule(
                () -> {
                  isBusy = false;
                  goOn();
                },
                around.limits().pauseAfter(tries).toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void saySoIfDropped(long before, String why) {
    if (spool.dropped() > before && before == 0) {
      LOG.atWarn()
          .addKeyValue("hook", hook)
          .addKeyValue("error", why)
          .log("webhook events are dropped, the oldest first; the receiver is told how many");
    }
  }
}
