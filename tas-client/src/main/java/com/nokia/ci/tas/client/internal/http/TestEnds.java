package com.nokia.ci.tas.client.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Hears of the ends of tests, whoever has started them, from the event stream of their service.
 * Holds no thread while it waits; each test that is waited for takes one connection.
 *
 * <p>A connection that breaks, and a service that is restarted, are waited for, ten minutes long; a
 * service that does not answer from the beginning is not. For any thread.
 */
public final class TestEnds {
  private final List<Endpoint> services;
  private final ServiceHttp http;

  private TestEnds(List<Endpoint> services, Optional<FarmKey> key) {
    this.services = List.copyOf(services);
    this.http = new ServiceHttp(key);
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
  public record End(Ending outcome, int attempts) {
    public End {
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /**
   * Waits for the end of a test; of one that has ended it completes at once.
   *
   * @param id of the whole test
   * @return completes with {@link Ending.Kind#REFUSED} when the service knows no such test or does
   *     not tell, with {@link Ending.Kind#LOST} when it does not answer; never exceptionally.
   *     Completing or cancelling it gives the waiting up
   */
  public CompletableFuture<End> of(String id) {
    return new Watch(id).begun();
  }

  /** The waiting for one test, as long as there is no end. */
  private final class Watch implements FarmEvents.Listener {
    private final String id;
    private final String encoded;
    private final FarmEvents events;
    private final CompletableFuture<End> end = new CompletableFuture<>();

    Watch(String id) {
      this.id = id;
      this.encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
      this.events = new FarmEvents(http, services, "topic=test&test=" + encoded, this);
    }

    CompletableFuture<End> begun() {
      var unused = end.whenComplete((how, failure) -> events.close());
      events.open();
      return end;
    }

    /** Whatever came before the stream, or got lost in a gap, is asked for. */
    @Override
    public void on(Endpoint service, String event, String data) {
      switch (event) {
        case "hello", "gap" -> ask(service);
        case "test" -> read(data);
        default -> {
          // other events are for others
        }
      }
    }

    @Override
    public void over(Endpoint service, int status, String sentence) {
      end.complete(status == 0 ? without(Ending.lost(sentence)) : refused(sentence));
    }

    private static End refused(String sentence) {
      return without(Ending.refused(sentence));
    }

    private static End without(Ending outcome) {
      return new End(outcome, /* attempts= */ 0);
    }

    private void ask(Endpoint service) {
      var request =
          http.request(service, "/api/v1/tests/" + encoded)
              .timeout(ServiceHttp.LONGEST_ANSWER)
              .GET()
              .build();
      var unused =
          http.client()
              .sendAsync(request, BodyHandlers.ofString(UTF_8))
              .whenComplete(
                  (answer, failure) -> {
                    if (failure != null) {
                      events.reopen();
                    } else if (answer.statusCode() == 404) {
                      end.complete(
                          refused("test " + id + " is not known on the service " + service));
                    } else if (answer.statusCode() == 200) {
                      read(answer.body());
                    } else {
                      end.complete(refused(FarmEvents.unanswered(service, answer.statusCode())));
                    }
                  });
    }

    private void read(String json) {
      try {
        end(FlatJson.read(json)).ifPresent(end::complete);
      } catch (IOException e) {
        events.reopen();
      }
    }

    private static Optional<End> end(Map<String, String> test) {
      return kind(test.getOrDefault("verdict", ""))
          .map(
              kind ->
                  new End(
                      new Ending(
                          kind,
                          test.getOrDefault("reason.sentence", ""),
                          Fault.of(test.getOrDefault("reason.fault", "")),
                          test.getOrDefault("reason.code", "")),
                      number(test.getOrDefault("attempts", ""))));
    }

    private static int number(String text) {
      return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static Optional<Ending.Kind> kind(String verdict) {
      return switch (verdict) {
        case "finished" -> Optional.of(Ending.Kind.FINISHED);
        case "failed" -> Optional.of(Ending.Kind.FAILED);
        case "stopped" -> Optional.of(Ending.Kind.STOPPED);
        case "refused" -> Optional.of(Ending.Kind.REFUSED);
        default -> Optional.empty();
      };
    }
  }
}
