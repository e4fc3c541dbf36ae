package com.nokia.ci.tas.client.internal.http;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens on a farm, as its service tells it by itself: one event stream after another, until
 * it is closed. Holds no thread while nothing happens.
 *
 * <p>A connection that breaks, and a service that is restarted, are waited for, ten minutes long; a
 * service that does not answer from the beginning is not. For any thread.
 */
public final class FarmEvents implements AutoCloseable {
  /** The service says something every 15 s. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private static final Duration LONGEST_AWAY = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ServiceHttp http;
  private final List<Endpoint> services;
  private final String path;
  private final Listener listener;
  private final AtomicInteger failures = new AtomicInteger();
  private int opened;
  private volatile boolean isFound;
  private volatile boolean isClosed;
  private volatile long lastHeard = System.nanoTime();
  private volatile Optional<OneStream> current = Optional.empty();

  FarmEvents(ServiceHttp http, List<Endpoint> services, String query, Listener listener) {
    this.http = http;
    this.services = List.copyOf(services);
    this.path = "/api/v1/events?" + query;
    this.listener = listener;
  }

  /** Who is told; calls of one stream come one after another, and none may wait. */
  public interface Listener {
    /**
     * Something happened.
     *
     * @param event {@code hello} and {@code gap} say that things may have happened before
     * @param data a JSON object
     */
    void on(Endpoint service, String event, String data);

    /**
     * Nothing more is told.
     *
     * @param status 0 when no service answers, or none has for ten minutes; else what the service
     *     answered instead of events
     * @param sentence for a person
     */
    void over(Endpoint service, int status, String sentence);
  }

  /**
   * Begins to listen.
   *
   * @param services where the service may be, at least one; asked in turn
   * @param key to show, over TLS; without one HTTP is spoken
   * @param query such as {@code topic=product}
   */
  public static FarmEvents open(
      List<Endpoint> services, Optional<FarmKey> key, String query, Listener listener) {
    var events = new FarmEvents(new ServiceHttp(key), services, query, listener);
    events.open();
    return events;
  }

  /** Never called by two at once: the next stream is opened when the last one is over. */
  void open() {
    if (isClosed) {
      return;
    }
    var service = services.get(opened++ % services.size());
    var stream = new OneStream(service);
    current = Optional.of(stream);
    var unused =
        stream.exchange.whenComplete(
            (response, failure) -> {
              stream.stream.lastHeard().ifPresent(at -> lastHeard = at);
              over(service, response, failure);
            });
    stream.guard(System.nanoTime());
    if (isClosed) {
      stream.cancel();
    }
  }

  /** Gives this stream up and opens the next. */
  void reopen() {
    current.ifPresent(OneStream::cancel);
  }

  @Override
  public void close() {
    isClosed = true;
    reopen();
  }

  private void over(Endpoint service, HttpResponse<Void> response, Throwable failure) {
    if (isClosed) {
      return;
    }
    if (response != null && response.statusCode() != 200 && response.statusCode() != 503) {
      isClosed = true;
      listener.over(service, response.statusCode(), unanswered(service, response.statusCode()));
      return;
    }
    boolean isTried = isFound || opened >= services.size();
    long away = System.nanoTime() - lastHeard;
    if (failure != null && isTried && (!isFound || away > LONGEST_AWAY.toNanos())) {
      isClosed = true;
      listener.over(
          service, 0, "the service " + service + " does not answer: " + NoAnswer.sentence(failure));
      return;
    }
    long pause =
        Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(failures.getAndIncrement(), 10));
    CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(this::open);
  }

  /** Why a service tells nothing, in words. */
  static String unanswered(Endpoint service, int status) {
    return switch (status) {
      case 401, 403 ->
          "the service "
              + service
              + " does not tell this client of its tests; show it a key that may read them";
      case 404 ->
          "the service "
              + service
              + " has no events to wait for; it is of an earlier version, or not a service";
      default -> "the service " + service + " answered with status " + status;
    };
  }

  /** One connection on which events come. */
  private final class OneStream {
    private final EventStream stream;
    private final CompletableFuture<HttpResponse<Void>> exchange;

    OneStream(Endpoint service) {
      this.stream = new EventStream((event, data) -> on(service, event, data));
      this.exchange =
          http.client()
              .sendAsync(
                  http.request(service, path).GET().build(),
                  answer ->
                      answer.statusCode() == 200
                          ? stream
                          : BodySubscribers.replacing(/* value= */ null));
    }

    private void on(Endpoint service, String event, String data) {
      isFound = true;
      failures.set(0);
      listener.on(service, event, data);
    }

    void cancel() {
      stream.cancel();
      exchange.cancel(/* mayInterruptIfRunning= */ true);
    }

    /** A connection on which nothing is heard any more, not even a heartbeat, is given up. */
    void guard(long begun) {
      CompletableFuture.delayedExecutor(LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                long silence = System.nanoTime() - stream.lastHeard().orElse(begun);
                if (silence >= LONGEST_SILENCE.toNanos()) {
                  cancel();
                } else if (!exchange.isDone()) {
                  guard(begun);
                }
              });
    }
  }
}
