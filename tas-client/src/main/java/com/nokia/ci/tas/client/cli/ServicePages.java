package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service tells over HTTP. */
final class ServicePages {
  private static final Logger LOG = LoggerFactory.getLogger(ServicePages.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final List<Endpoint> services;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LONGEST_WAIT)
          .build();

  /**
   * Asks nothing yet.
   *
   * @param services where it may be; the first that answers is asked
   */
  ServicePages(List<Endpoint> services) {
    this.services = List.copyOf(services);
  }

  /** A test that ended. */
  record Ended(String verdict, Optional<Fault> fault) {}

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
              new Ended(test.path("verdict").asText(), Fault.of(reason.path("fault").asText())))
          : Optional.empty();
    } catch (ConnectionLostException e) {
      return Optional.empty(); // an earlier service has no such page
    }
  }

  /**
   * Why a test waits; a member {@code error} says it when it does not, or is not known.
   *
   * @throws ConnectionLostException with a sentence when the service tells nothing
   */
  JsonNode why(String id) {
    return get("/api/v1/tests/" + segment(id) + "/why", Set.of(200, 404, 409));
  }

  private static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The products of the farm, as the service lists them.
   *
   * @throws ConnectionLostException with a sentence when it does not
   */
  Iterable<JsonNode> products() {
    return get("/products").path("products");
  }

  private JsonNode get(String path) {
    return get(path, Set.of(200));
  }

  private JsonNode get(String path, Set<Integer> understood) {
    for (var service : services.subList(0, services.size() - 1)) {
      try {
        return get(service, path, understood);
      } catch (ConnectionLostException e) {
        LOG.atDebug().addKeyValue("service", service).setCause(e).log("the next one is asked");
      }
    }
    return get(services.get(services.size() - 1), path, understood);
  }

  private JsonNode get(Endpoint service, String path, Set<Integer> understood) {
    var address = URI.create("http://" + service + path);
    try {
      var request = HttpRequest.newBuilder(address).timeout(LONGEST_WAIT).GET().build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (!understood.contains(answer.statusCode())) {
        throw new ConnectionLostException(
            address + " was answered with status " + answer.statusCode());
      }
      return new ObjectMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new ConnectionLostException(
          address + " is not answered by this service; is it of an earlier version?", e);
    } catch (IOException e) {
      throw new ConnectionLostException(
          "the service " + service + " does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionLostException("interrupted while waiting for " + address, e);
    }
  }
}
