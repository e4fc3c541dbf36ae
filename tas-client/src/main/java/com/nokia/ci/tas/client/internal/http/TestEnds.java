package com.nokia.ci.tas.client.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nokia.ci.tas.client.internal.Outcome;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears of the ends of tests, whoever has started them, from the event stream of their service.
 * Holds no thread while it waits; each test that is waited for takes one connection.
 *
 * <p>A connection that breaks, and a service that is restarted, are waited for, ten minutes long; a
 * service that does not answer from the beginning is not. For any thread.
 */
public final class TestEnds {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  /** The service says something every 15 s. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private static final Duration LONGEST_AWAY = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final List<Endpoint> services;
  private final Optional<FarmKey> key;
  private Optional<HttpClient> http = Optional.empty();

  private TestEnds(List<Endpoint> services, Optional<FarmKey> key) {
    this.services = List.copyOf(services);
    this.key = key;
  }

  /**
   * Asks nothing yet.
   *
   * @param services where the service may be, at least one; asked in turn
   * @param key to show, over TLS; without one HTTP is spoken
   */
  public static TestEnds of(List<Endpoint> services, Optional<FarmKey> key) {
    return new TestEnds(services, key);
  }

  /**
   * How a test ended.
   *
   * @param attempts how often it was run; 0 when it never was
   */
  public record End(Outcome outcome, int attempts) {
    public End {
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /**
   * Waits for the end of a test; of one that has ended it completes at once.
   *
   * @param id of the whole test
   * @return completes with {@link Outcome.Kind#REFUSED} when the service knows no such test or does
   *     not tell, with {@link Outcome.Kind#LOST} when it does not answer; never exceptionally.
   *     Completing or cancelling it gives the waiting up
   */
  public CompletableFuture<End> of(String id) {
    var watch = new Watch(id);
    watch.open();
    return watch.end;
  }

  /** Who waits for no test has no threads for it. */
  private synchronized HttpClient http() {
    if (http.isEmpty()) {
      var client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(LONGEST_ANSWER);
      key.ifPresent(it -> client.sslContext(it.towardsService().context()));
      http = Optional.of(client.build());
    }
    return http.get();
  }

  /** The waiting for one test: one stream after another, as long as there is no end. */
  private final class Watch {
    private final String id;
    private final String encoded;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private int opened;
    private volatile boolean isFound;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long lastHeard = System.nanoTime();

    Watch(String id) {
      this.id = id;
      this.encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
    }

    /** Never called by two at once: the next stream is opened when the last one is over. */
    void open() {
      if (end.isDone()) {
        return;
      }
      var service = services.get(opened++ % services.size());
      var stream = new OneStream(service);
      stream.exchange.whenComplete(
          (response, failure) -> {
            stream.stream.lastHeard().ifPresent(at -> lastHeard = at);
            over(service, response, failure);
          });
      var unused = end.whenComplete((how, failure) -> stream.cancel());
      stream.guard();
    }

    private HttpRequest.Builder request(Endpoint service, String path) {
      var address = URI.create((key.isPresent() ? "https://" : "http://") + service + path);
      var request = HttpRequest.newBuilder(address);
      key.flatMap(FarmKey::token)
          .ifPresent(token -> request.header("Authorization", "Bearer " + token));
      return request;
    }

    private void over(Endpoint service, HttpResponse<Void> response, Throwable failure) {
      if (response != null && response.statusCode() != 200 && response.statusCode() != 503) {
        end.complete(unanswered(service, response.statusCode()));
        return;
      }
      boolean isTried = isFound || opened >= services.size();
      long away = System.nanoTime() - lastHeard;
      if (failure != null && isTried && (!isFound || away > LONGEST_AWAY.toNanos())) {
        end.complete(lost("the service " + service + " does not answer: " + sentence(failure)));
        return;
      }
      long pause =
          Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(failures.getAndIncrement(), 10));
      CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(this::open);
    }

    private End unanswered(Endpoint service, int status) {
      String sentence =
          switch (status) {
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
      return new End(
          new Outcome(Outcome.Kind.REFUSED, sentence, Optional.empty()), /* attempts= */ 0);
    }

    private static End lost(String sentence) {
      return new End(Outcome.lost(sentence), /* attempts= */ 0);
    }

    private static String sentence(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }

    /** One connection on which events come, from a service that is asked when they begin. */
    private final class OneStream {
      private final Endpoint service;
      private final EventStream stream = new EventStream(this::on);
      private final CompletableFuture<HttpResponse<Void>> exchange;

      OneStream(Endpoint service) {
        this.service = service;
        var request = request(service, "/api/v1/events?topic=test&test=" + encoded).GET().build();
        this.exchange =
            http()
                .sendAsync(
                    request,
                    answer ->
                        answer.statusCode() == 200
                            ? stream
                            : BodySubscribers.replacing(/* value= */ null));
      }

      void cancel() {
        stream.cancel();
        exchange.cancel(/* mayInterruptIfRunning= */ true);
      }

      /** A connection on which nothing is heard any more, not even a heartbeat, is given up. */
      void guard() {
        long begun = System.nanoTime();
        guard(begun);
      }

      private void guard(long begun) {
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

      /** Whatever came before the stream, or got lost in a gap, is asked for. */
      private void on(String event, String data) {
        isFound = true;
        failures.set(0);
        switch (event) {
          case "hello", "gap" -> ask();
          case "test" -> read(data);
          default -> {
            // other events are for others
          }
        }
      }

      private void ask() {
        var request =
            request(service, "/api/v1/tests/" + encoded).timeout(LONGEST_ANSWER).GET().build();
        var unused =
            http()
                .sendAsync(request, BodyHandlers.ofString(UTF_8))
                .whenComplete(
                    (answer, failure) -> {
                      if (failure != null) {
                        cancel();
                      } else if (answer.statusCode() == 404) {
                        end.complete(unknown());
                      } else if (answer.statusCode() == 200) {
                        read(answer.body());
                      } else {
                        end.complete(unanswered(service, answer.statusCode()));
                      }
                    });
      }

      private End unknown() {
        String sentence = "test " + id + " is not known on the service " + service;
        return new End(
            new Outcome(Outcome.Kind.REFUSED, sentence, Optional.empty()), /* attempts= */ 0);
      }

      private void read(String json) {
        try {
          end(FlatJson.read(json)).ifPresent(end::complete);
        } catch (IOException e) {
          cancel();
        }
      }
    }

    private static Optional<End> end(Map<String, String> test) {
      return kind(test.getOrDefault("verdict", ""))
          .map(
              kind ->
                  new End(
                      new Outcome(
                          kind,
                          test.getOrDefault("reason.sentence", ""),
                          Fault.of(test.getOrDefault("reason.fault", "")),
                          test.getOrDefault("reason.code", "")),
                      number(test.getOrDefault("attempts", ""))));
    }

    private static int number(String text) {
      return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static Optional<Outcome.Kind> kind(String verdict) {
      return switch (verdict) {
        case "finished" -> Optional.of(Outcome.Kind.FINISHED);
        case "failed" -> Optional.of(Outcome.Kind.FAILED);
        case "stopped" -> Optional.of(Outcome.Kind.STOPPED);
        case "refused" -> Optional.of(Outcome.Kind.REFUSED);
        default -> Optional.empty();
      };
    }
  }
}
