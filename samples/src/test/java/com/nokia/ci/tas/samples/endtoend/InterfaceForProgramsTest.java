package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program gets of a farm that runs: the examples of docs/api.md as they stand there, events
 * that go on where they were broken off, and webhooks over a kill of the service.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterfaceForProgramsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLE_FARM = "http://localhost:31415";
  private static final Pattern ADDRESS = Pattern.compile("'http://[^/']*(/[^'?]*)\\??([^']*)'");
  private static final String SECRET = "the-secret-of-the-hook";
  private static final List<String> LIFE = List.of("waiting", "preparing", "running", "ended");

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static HttpServer receiver;
  private static volatile int answer = 503;
  private static final List<JsonNode> TAKEN = new CopyOnWriteArrayList<>();
  private static final List<String> FORGED = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startFarm() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", InterfaceForProgramsTest::receive);
    receiver.start();
    Path home = Files.createDirectories(scratch.resolve("tas"));
    Files.writeString(
        home.resolve("webhooks.conf"),
        "ci - %s http://127.0.0.1:%d/hook\n".formatted(SECRET, receiver.getAddress().getPort()));
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    farm.addNode("node", 1);
    var test = ShellTest.in(scratch, "early", "echo done\n");
    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      assertEquals(0, client.exitCode(), client.text());
    }
  }

  @AfterAll
  static void endFarm() {
    Closing.all(farm, () -> receiver.stop(0));
  }

  @Test
  @Order(1)
  void everyExampleOfThePageAnswersAsItIsDescribed() throws Exception {
    var document = JSON.readTree(farm.get("/api/v1/openapi.json").body());
    var examples =
        Files.readAllLines(Program.ROOT.resolve("docs/api.md")).stream()
            .filter(it -> it.startsWith("curl "))
            .toList();
    assertTrue(examples.size() >= 5, examples.toString());

    for (String example : examples) {
      var address = ADDRESS.matcher(example);
      assertTrue(example.contains(EXAMPLE_FARM) && address.find(), example);
      var operation = document.path("paths").path(address.group(1)).path("get");
      assertTrue(operation.isObject(), example + " asks for what is not described");
      for (String filter : address.group(2).split("&", -1)) {
        assertTrue(
            filter.isEmpty()
                || names(operation.path("parameters")).contains(filter.split("=", 2)[0]),
            example + " filters by " + filter);
      }
      var content = operation.path("responses").path("200").path("content");
      String said = asked(example);
      if (content.has("application/json")) {
        conforms(
            document, content.path("application/json").path("schema"), JSON.readTree(said), "$");
      } else if (content.has("text/event-stream")) {
        assertTrue(said.contains("event: hello"), said);
      } else if (content.has("text/csv")) {
        assertTrue(said.lines().count() >= 1, said);
      } else {
        for (String line : said.lines().toList()) {
          assertTrue(JSON.readTree(line).isObject(), line);
        }
      }
    }
  }

  @Test
  @Order(2)
  void eventsOfATestGoOnWhereTheyWereBrokenOff() throws Exception {
    Path end = scratch.resolve("may-end");
    var seen = new ArrayList<Event>();
    try (var stream = new EventStream("followed", "")) {
      stream.until("hello");
      var test =
          ShellTest.in(scratch, "followed", "while [ ! -e '" + end + "' ]; do sleep 0.1; done\n");
      try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
        seen.addAll(stream.until("running"));
        Files.writeString(end, "");
        assertEquals(0, client.exitCode(), client.text());
      }
    }
    assertEquals(LIFE.subList(0, 3), seen.stream().map(Event::state).toList());

    for (int from = 0; from < seen.size(); from++) {
      try (var again = new EventStream("followed", seen.get(from).id())) {
        var rest = again.until("ended");
        assertEquals(LIFE.subList(from + 1, LIFE.size()), rest.stream().map(Event::state).toList());
      }
    }
  }

  @Test
  @Order(3)
  void aHookHearsOfEverythingThoughTheServiceWasKilled() throws Exception {
    Path spool = farm.serviceHome().resolve("store/" + farm.port() + "/webhooks/ci.spool");
    Patience.untilTrue(
        "the end of the test is kept for the hook",
        () -> {
          String kept = Files.readString(spool, StandardCharsets.ISO_8859_1);
          return kept.contains("{\"id\":\"early\"")
              && kept.indexOf("\"verdict\"", kept.lastIndexOf("{\"id\":\"early\"")) > 0;
        });
    assertEquals(List.of(), TAKEN);

    farm.restartService();
    answer = 204;

    Patience.untilTrue("the hook heard of the end", () -> states("early").contains("ended"));
    assertEquals(LIFE, states("early"));
    assertEquals("gap", TAKEN.get(0).path("event").asText(), "read the lists");
    assertEquals(List.of(), FORGED);
    assertFalse(farm.service().text().contains(SECRET));
  }

  /** A client of its own keeps no results here: what is shown comes from the node. */
  @Test
  @Order(4)
  void outputAttemptsAndResultsOfATestComeFromItsNodeWhileItRunsAndAfterwards() throws Exception {
    Path end = scratch.resolve("may-end-too");
    String script =
        "echo begins; echo 'ERROR: no network'; printf 'of the results' > r.txt\n"
            + "while [ ! -e '"
            + end
            + "' ]; do sleep 0.1; done\necho over\n";
    var test = ShellTest.in(scratch, "shown", script);
    var arguments = new String[] {"--require", "rm-code:RM-763;", "--results", "r.txt"};
    try (var client = test.start(farm, arguments)) {
      Patience.untilTrue(
          "the running test's lines are there", () -> log("shown", 0).path("lines").size() == 2);
      var live = log("shown", 0);
      assertEquals("begins", live.path("lines").path(0).path("text").asText());
      assertEquals("error", live.path("lines").path(1).path("level").asText());
      assertFalse(live.path("ended").asBoolean(), live.toString());
      assertEquals(409, order("GET", "/api/v1/tests/shown/results", "").statusCode());
      Files.writeString(end, "");
      assertEquals(0, client.exitCode(), client.text());

      var rest = log("shown", live.path("next").asLong());
      assertEquals("over", rest.path("lines").path(0).path("text").asText(), rest.toString());
      assertTrue(rest.path("ended").asBoolean(), rest.toString());
    }
    var attempts = JSON.readTree(farm.get("/api/v1/tests/shown/attempts").body());
    assertEquals(1, attempts.path("attempts").size(), attempts.toString());
    assertEquals("finished", attempts.path("attempts").path(0).path("end").asText());

    var results = order("GET", "/api/v1/tests/shown/results", "");
    assertEquals("of the results", results.body());
    int stranger = farm.get("/api/v1/tests/shown/results").statusCode();
    assertTrue(stranger == 401 || stranger == 403, "a stranger gets " + stranger);
    for (String name : List.of("other.txt", "..%2Frun.json", "run.json")) {
      assertEquals(
          404, order("GET", "/api/v1/tests/shown/results?file=" + name, "").statusCode(), name);
    }
    var refused = order("POST", "/api/v1/tests/shown/run-again", "{\"only\":\"all\"}");
    assertEquals(409, refused.statusCode());
    String command = JSON.readTree(refused.body()).path("command").asText();
    assertTrue(command.contains("--executor-script execute.sh"), refused.body());
  }

  /** Tools and bookmarks of earlier services; {@code /products} is asked in SealedSecretsTest. */
  @Test
  @Order(6)
  void anAddressOfAnEarlierServiceLeadsToItsSuccessor() throws Exception {
    var product = farm.products().get(0);
    String imei = product.path("imei").asText();
    String node = product.path("node").asText();
    int colon = node.lastIndexOf(':');
    String earlier =
        "/test-node-hostname:%s;test-node-port:%s;"
            .formatted(node.substring(0, colon), node.substring(colon + 1));

    assertTrue(led(earlier).contains(node), node);
    assertTrue(led(earlier + "product-imei:" + imei + ";").contains(imei), imei);
    assertTrue(led("/statistics-date:24.12.2026;").contains("2026-12-24"));
    assertEquals(400, farm.get("/statistics-date:2026-12-24;").statusCode());
    assertEquals(403, farm.get("/action:disable;" + earlier.substring(1)).statusCode());
  }

  /** What stands where an address leads. */
  private static String led(String address) throws Exception {
    var there = farm.get(address);
    assertEquals(302, there.statusCode(), there.body());
    var page = farm.get(there.headers().firstValue("location").orElseThrow());
    assertEquals(200, page.statusCode(), page.body());
    return page.body();
  }

  /** What needs no file is run again by the service, for nobody, and leaves its results there. */
  @Test
  @Order(5)
  void aTestWithoutFilesIsRunAgainAndItsResultsAreFetched() throws Exception {
    Path workspace = Files.createTempDirectory(scratch, "alone");
    String application = "sh -c \"echo selftest; printf passed > r.txt\"";
    try (var client =
        farm.client(
            "start",
            "--id",
            "alone",
            "--workspace",
            workspace.toString(),
            "--executor-application",
            application,
            "--results",
            "r.txt",
            "--require",
            "rm-code:RM-763;")) {
      assertEquals(0, client.exitCode(), client.text());
    }

    var again = order("POST", "/api/v1/tests/alone/run-again", "{\"priority\":3}");

    assertEquals(202, again.statusCode(), again.body());
    assertEquals("alone-again", JSON.readTree(again.body()).path("id").asText());
    Patience.untilTrue(
        "it has ended",
        () ->
            JSON.readTree(farm.get("/api/v1/tests/alone-again").body())
                .path("state")
                .asText()
                .equals("ended"));
    var ended = JSON.readTree(farm.get("/api/v1/tests/alone-again").body());
    assertEquals("finished", ended.path("verdict").asText(), ended.toString());
    assertEquals("selftest", log("alone-again", 0).path("lines").path(0).path("text").asText());
    assertEquals("passed", order("GET", "/api/v1/tests/alone-again/results", "").body());
  }

  private static JsonNode log(String test, long from) throws Exception {
    return JSON.readTree(farm.get("/api/v1/tests/" + test + "/log?from=" + from).body());
  }

  /** As somebody does who can read the files of the service. */
  private static HttpResponse<String> order(String method, String path, String body)
      throws Exception {
    Path token = farm.serviceHome().resolve("store/" + farm.port() + "/operator");
    var request =
        HttpRequest.newBuilder(URI.create("http://" + farm.address() + path))
            .timeout(Duration.ofSeconds(60))
            .header("authorization", "Bearer " + Files.readString(token).strip())
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What was told of a test, in its order; an event may come twice. */
  private static List<String> states(String test) {
    return TAKEN.stream()
        .filter(it -> it.path("event").asText().equals("test"))
        .map(it -> it.path("data"))
        .filter(it -> it.path("id").asText().equals(test))
        .map(it -> it.path("state").asText())
        .filter(LIFE::contains)
        .distinct()
        .toList();
  }

  private static void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      if (!signature(headers.getFirst("x-tas-timestamp") + "." + body)
          .equals(headers.getFirst("x-tas-signature"))) {
        FORGED.add(body);
      }
      int status = answer;
      if (status == 204) {
        TAKEN.add(JSON.readTree(body));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static String signature(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return "sha256="
          + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an example prints, or writes into its file; of an endless one the beginning. */
  private static String asked(String example) throws Exception {
    String line =
        example.replace(EXAMPLE_FARM, "http://" + farm.address()).replace("curl ", "curl -sS ");
    boolean isEndless = example.contains(" -N ");
    if (!Program.isOnPath("curl") || !Program.isOnPath("bash")) {
      var address = ADDRESS.matcher(example);
      assertTrue(address.find(), example);
      return isEndless
          ? "event: hello, as the next test sees"
          : farm.get(address.group(1) + "?" + address.group(2)).body();
    }
    Path here = Files.createTempDirectory(scratch, "example");
    try (var curl = Program.start(here, List.of("bash", "-c", line))) {
      if (isEndless) {
        curl.untilPrinted("event: hello");
        return curl.text();
      }
      assertEquals(0, curl.exitCode(), example + ": " + curl.text());
      try (Stream<Path> files = Files.list(here)) {
        var written =
            files.filter(it -> it.getFileName().toString().matches(".*[.](csv|jsonl)")).findFirst();
        assertEquals(example.contains(" -o "), written.isPresent(), example);
        return written.isPresent() ? Files.readString(written.get()) : curl.text();
      }
    }
  }

  private static List<String> names(JsonNode parameters) {
    var names = new ArrayList<String>();
    parameters.forEach(it -> names.add(it.path("name").asText()));
    return names;
  }

  /** Whether a value has what its schema asks for, all the way down. */
  private static void conforms(JsonNode document, JsonNode schema, JsonNode value, String where) {
    if (schema.has("$ref")) {
      var named = document.at(schema.path("$ref").asText().substring(1));
      assertTrue(named.isObject(), schema + " is not there");
      conforms(document, named, value, where);
      return;
    }
    boolean isOfType =
        switch (schema.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> true;
        };
    assertTrue(isOfType, where + " is no " + schema.path("type") + ": " + value);
    schema
        .path("required")
        .forEach(it -> assertTrue(value.has(it.asText()), where + " has no " + it + ": " + value));
    schema
        .path("properties")
        .properties()
        .forEach(
            it -> {
              if (value.has(it.getKey())) {
                conforms(
                    document, it.getValue(), value.get(it.getKey()), where + "." + it.getKey());
              }
            });
    if (schema.has("items")) {
      value.forEach(it -> conforms(document, schema.get("items"), it, where + "[]"));
    }
  }

  /** One event about a test. */
  private record Event(String id, String state) {}

  /** A connection that follows one test. */
  private static final class EventStream implements AutoCloseable {
    private final BufferedReader lines;

    EventStream(String test, String lastId) throws Exception {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://" + farm.address() + "/api/v1/events?topic=test&test=" + test))
              .timeout(Duration.ofSeconds(60));
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      var response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The events about the test up to a state, or none up to an event. */
    List<Event> until(String end) throws IOException {
      var events = new ArrayList<Event>();
      String event = "";
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
          assertNotEquals("gap", event);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ") && event.equals("test")) {
          var state = JSON.readTree(line.substring(6)).path("state").asText();
          if (LIFE.contains(state)) {
            events.add(new Event(id, state));
          }
        }
        boolean isThere = !events.isEmpty() && events.get(events.size() - 1).state().equals(end);
        if (line.isEmpty() && (isThere || event.equals(end))) {
          return events;
        }
      }
      throw new AssertionError("the stream ended before " + end + ": " + events);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
