package com.nokia.ci.tas.service.http.neighbours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.service.http.neighbours.Sight.Thing;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at other farms when somebody wants to see them, and remembers for a moment what it saw. A
 * farm that does not answer in three seconds, or with more than sixteen megabytes, is not seen. For
 * any thread; none waits.
 */
public final class Lookout {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final Map<Neighbour, Seen> seen = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration limit;
  private Optional<HttpClient> http = Optional.empty();

  private record Seen(Instant at, CompletableFuture<Sight> sight) {}

  /** Looks at nothing yet. */
  public Lookout(InstantSource clock) {
    this(clock, LIMIT);
  }

  /**
   * The same with another patience.
   *
   * @param limit after which a farm is not seen
   */
  Lookout(InstantSource clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Made when somebody looks: it reads all authorities that Java trusts, which took a tenth of the
   * start of a service, and has a thread that wakes up every three seconds.
   */
  private synchronized HttpClient http() {
    if (http.isEmpty()) {
      http =
          Optional.of(
              HttpClient.newBuilder()
                  .connectTimeout(limit)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .version(HttpClient.Version.HTTP_1_1)
                  .build());
    }
    return http.get();
  }

  /** What is seen of some farms, in their order; complete in little more than three seconds. */
  public CompletableFuture<List<Sight>> look(List<Neighbour> farms) {
    seen.keySet().retainAll(farms);
    var sights = farms.stream().map(this::look).toList();
    return CompletableFuture.allOf(sights.toArray(CompletableFuture[]::new))
        .thenApply(all -> sights.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Sight> look(Neighbour farm) {
    Instant now = clock.instant();
    return seen.compute(
            farm,
            (key, former) ->
                former != null && Duration.between(former.at(), now).compareTo(FRESH) < 0
                    ? former
                    : new Seen(now, fresh(farm)))
        .sight();
  }

  private CompletableFuture<Sight> fresh(Neighbour farm) {
    var nodes = get(farm, "/api/v1/nodes");
    var products = get(farm, "/api/v1/products");
    var tests = get(farm, "/api/v1/tests?limit=1000");
    var queue = get(farm, "/api/v1/queue?limit=1");
    return CompletableFuture.allOf(nodes, products, tests, queue)
        .thenApply(all -> sight(farm, nodes.join(), products.join(), tests.join(), queue.join()))
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> Sight.none(farm, trouble(failure)));
  }

  private CompletableFuture<JsonNode> get(Neighbour farm, String path) {
    var request =
        HttpRequest.newBuilder(farm.base().resolve(path))
            .timeout(limit)
            .header("Accept", "application/json")
            .build();
    return http()
        .sendAsync(request, any -> new BoundedBody(MOST_BYTES))
        .thenApply(answer -> json(path, answer));
  }

  private static JsonNode json(String path, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new CompletionException(
          new IOException(path + " is answered with " + answer.statusCode()));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new CompletionException(new IOException(path + " is answered with no JSON", e));
    }
  }

  private String trouble(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof TimeoutException) {
      return "no answer within " + limit.toSeconds() + " s";
    }
    String said = cause.getMessage();
    return said == null || said.isBlank() ? "no connection" : said;
  }

  private static Sight sight(
      Neighbour farm, JsonNode nodes, JsonNode products, JsonNode tests, JsonNode queue) {
    var things = new ArrayList<Thing>();
    int connected = 0;
    for (JsonNode node : nodes.path("nodes")) {
      String state = node.path("condition").asText();
      connected += state.equals("connected") ? 1 : 0;
      String address = node.path("hostname").asText() + ":" + node.path("port").asText();
      things.add(thing("node", address, state, node.path("description").asText()));
    }
    int free = 0;
    int all = 0;
    for (JsonNode product : products.path("products")) {
      String status = product.path("status").asText();
      free += status.equals("free") ? 1 : 0;
      all++;
      String more =
          product.path("rmCode").asText()
              + " "
              + product.path("sn").asText()
              + " "
              + product.path("environment").asText();
      things.add(thing("product", product.path("imei").asText(), status, more));
    }
    for (JsonNode test : tests.path("tests")) {
      things.add(
          thing(
              "test",
              test.path("id").asText(),
              test.path("verdict").asText(test.path("state").asText()),
              test.path("owner").asText() + " " + test.path("project").asText()));
    }
    return new Sight(farm, "", connected, free, all, queue.path("waitingCount").asInt(), things);
  }

  private static Thing thing(String sort, String name, String state, String more) {
    return new Thing(sort, name, state, (name + " " + state + " " + more).toLowerCase(Locale.ROOT));
  }
}
