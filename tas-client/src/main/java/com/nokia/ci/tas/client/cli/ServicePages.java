package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.client.internal.http.NoAnswer;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service tells over HTTP, and what is ordered there. With a farm key it is asked over TLS,
 * and the token of the key is shown; else over HTTP.
 */
final class ServicePages {
  private static final Logger LOG = LoggerFactory.getLogger(ServicePages.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Endpoint> services;
  private final Optional<FarmKey> key;
  private final Function<Endpoint, Optional<String>> token;
  private final HttpClient http;

  private ServicePages(
      List<Endpoint> services, Optional<FarmKey> key, Function<Endpoint, Optional<String>> token) {
    this.services = List.copyOf(services);
    this.key = key;
    this.token = token;
    var client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LONGEST_WAIT);
    key.ifPresent(it -> client.sslContext(it.towardsService().context()));
    http = client.build();
  }

  /**
   * Asks nothing yet.
   *
   * @param services where the service may be; the first that answers is asked
   * @param key to show, if there is one
   */
  static ServicePages of(List<Endpoint> services, Optional<FarmKey> key) {
    return new ServicePages(services, key, any -> key.flatMap(FarmKey::token));
  }

  /** The same with other tokens. */
  ServicePages showing(Function<Endpoint, Optional<String>> other) {
    return new ServicePages(services, key, other);
  }

  /**
   * A test that ended.
   *
   * @param code the word for the reason; empty when there is none
   */
  record Ended(String verdict, Optional<Fault> fault, String code) {
    /** What a command that tells of it ends with. */
    ExitCode exitCode() {
      return switch (verdict) {
        case "finished" -> ExitCode.FINISHED;
        case "stopped" -> ExitCode.STOPPED;
        case "failed" -> ExitCode.of(Ending.Kind.FAILED, fault);
        default -> ExitCode.REFUSED;
      };
    }
  }

  /**
   * What came of an order.
   *
   * @param status of HTTP
   * @param body an object; its member {@code error} says why the service did not do it
   */
  record Ordered(int status, JsonNode body) {}

  /**
   * How a test ended; empty when it has not, or the service does not know or does not tell.
   *
   * @param id of the whole test
   */
  Optional<Ended> ended(String id) {
    try {
      JsonNode test = get("/api/v1/tests/" + segment(id));
      JsonNode reason = test.path("reason");
      return test.has("verdict")
          ? Optional.of(
              new Ended(
                  test.path("verdict").asText(),
                  Fault.of(reason.path("fault").asText()),
                  reason.path("code").asText()))
          : Optional.empty();
    } catch (ConnectionLostException e) {
      return Optional.empty(); // an earlier service has no such page
    }
  }

  /**
   * A test, and its runs.
   *
   * @throws ConnectionLostException with a sentence when the service tells nothing
   * @throws CommandRefusal when it knows no such test
   */
  JsonNode test(String id) {
    return told(id, "");
  }

  /** Its runs, likewise. */
  JsonNode attempts(String id) {
    return told(id, "/attempts");
  }

  private JsonNode told(String id, String what) {
    JsonNode test = get("/api/v1/tests/" + segment(id) + what, Set.of(200, 404));
    if (test.path("status").asInt() == 404) {
      throw new CommandRefusal(
          ExitCode.REFUSED,
          "test "
              + id
              + " is not known on the service "
              + services.get(0)
              + "; \"tas queue\" lists those that wait, its page all of them");
    }
    return test;
  }

  /**
   * A part of what its executor printed, with the levels of the lines.
   *
   * @param part the sub-test of a test that is split; empty: the test
   * @param from where to begin
   * @return with a member {@code lines}, or with {@code detail}, why there is none
   * @throws ConnectionLostException with a sentence when the service tells nothing
   */
  JsonNode log(String id, String part, long from) {
    return get(
        "/api/v1/tests/" + segment(id) + "/log?from=" + from + "&part=" + segment(part),
        Set.of(200, 400, 404, 409, 503));
  }

  /**
   * Why a test waits; a member {@code error} says it when it does not, or is not known.
   *
   * @throws ConnectionLostException with a sentence when the service tells nothing
   */
  JsonNode why(String id) {
    return get("/api/v1/tests/" + segment(id) + "/why", Set.of(200, 404, 409));
  }

  /**
   * The products of the farm, as the service lists them; an earlier service names their attributes
   * with a capital, and knows nothing of health.
   *
   * @throws ConnectionLostException with a sentence when it does not
   */
  JsonNode products() {
    try {
      return get("/api/v1/products");
    } catch (ConnectionLostException e) {
      return get("/products");
    }
  }

  /**
   * The nodes of the farm.
   *
   * @throws ConnectionLostException with a sentence when the service does not list them
   */
  JsonNode nodes() {
    return get("/api/v1/nodes");
  }

  /**
   * The tests that wait.
   *
   * @throws ConnectionLostException with a sentence when the service does not list them
   */
  JsonNode queue() {
    return get("/api/v1/queue");
  }

  /**
   * The settings in force.
   *
   * @throws ConnectionLostException with a sentence when the service does not tell them
   */
  JsonNode settings() {
    return get("/api/v1/settings");
  }

  /**
   * Has something done.
   *
   * @param segments of the path behind {@code /api/v1}
   * @throws ConnectionLostException with a sentence when it is not known whether it was done
   */
  Ordered order(ObjectNode body, String... segments) {
    var path = new StringBuilder("/api/v1");
    for (String segment : segments) {
      path.append('/').append(segment(segment));
    }
    return first(
        service -> {
          var request =
              request(service, path.toString())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                  .build();
          var answer = send(service, request);
          return new Ordered(answer.statusCode(), tree(request, answer));
        });
  }

  /**
   * Where a person finds a page of the service, if it was named by one address.
   *
   * @param path encoded
   */
  Optional<URI> address(String path) {
    return services.size() == 1
        ? Optional.of(URI.create(scheme() + services.get(0) + path))
        : Optional.empty();
  }

  private String scheme() {
    return key.isPresent() ? "https://" : "http://";
  }

  /** A word as a part of an address. */
  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode get(String path) {
    return get(path, Set.of(200));
  }

  private JsonNode get(String path, Set<Integer> understood) {
    return first(
        service -> {
          var request = request(service, path).GET().build();
          var answer = send(service, request);
          if (!understood.contains(answer.statusCode())) {
            throw new ConnectionLostException(
                request.uri() + " was answered with status " + answer.statusCode());
          }
          return tree(request, answer);
        });
  }

  private <T> T first(Function<Endpoint, T> asking) {
    for (var service : services.subList(0, services.size() - 1)) {
      try {
        return asking.apply(service);
      } catch (ConnectionLostException e) {
        LOG.atDebug().addKeyValue("service", service).setCause(e).log("the next one is asked");
      }
    }
    return asking.apply(services.get(services.size() - 1));
  }

  private HttpRequest.Builder request(Endpoint service, String path) {
    var address = URI.create(scheme() + service + path);
    var request = HttpRequest.newBuilder(address).timeout(LONGEST_WAIT);
    token.apply(service).ifPresent(it -> request.header("Authorization", "Bearer " + it));
    return request;
  }

  private HttpResponse<byte[]> send(Endpoint service, HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new ConnectionLostException(
          "the service " + service + " does not answer: " + NoAnswer.sentence(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionLostException("interrupted while waiting for " + request.uri(), e);
    }
  }

  private static JsonNode tree(HttpRequest request, HttpResponse<byte[]> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new ConnectionLostException(
          request.uri() + " is not answered by this service; is it of an earlier version?", e);
    }
  }
}
