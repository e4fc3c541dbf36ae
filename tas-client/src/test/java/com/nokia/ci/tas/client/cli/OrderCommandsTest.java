package com.nokia.ci.tas.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that take products and nodes out of use and give them back, and the lists. */
final class OrderCommandsTest {
  private static final String IMEI = "004402136230483";
  private static final String PRODUCTS =
      """
      {"products": [
        {"imei": "004402136230483", "rmCode": "RM-763", "role": "main", "status": "disabled",
         "statusDetails": "disabled by anna since today: glass broken", "hostname": "rack4",
         "health": {"state": "disabled", "failures": [],
           "note": {"text": "cable 7", "who": "bert", "since": 1}}},
        {"imei": "004402136230491", "rmCode": "RM-1", "role": "main", "status": "free",
         "environment": "lab", "hostname": "rack4", "health": {"state": "good", "failures": []}}]}
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer service;
  private int status = 202;
  private String answer = "{\"ordered\": \"disable\"}";
  private String asked = "";
  private String body = "";
  private Optional<String> authorization = Optional.empty();

  @BeforeEach
  void open() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          authorization =
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
          body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          byte[] said = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void close() {
    service.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "drain", "enable", "note", "free"})
  void anOrderForAProductNamesItAndTheReason(String verb) throws Exception {
    assertEquals(0, run(verb, "--product", IMEI, "--why", "glass broken"));

    assertEquals("POST /api/v1/products/" + IMEI + "/" + verb, asked);
    assertEquals("{\"reason\":\"glass broken\"}", body);
    assertEquals(Optional.empty(), authorization);
    assertEquals(verb + " " + IMEI + ": ordered\n", out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "drain", "enable", "note"})
  void anOrderForANodeNamesItsAddress(String verb) {
    assertEquals(0, run(verb, "--node", "rack4.example.org:27182", "--why", "new disk"));

    assertEquals("POST /api/v1/nodes/rack4.example.org%3A27182/" + verb, asked);
  }

  @Test
  void anOrderMayEndByItself() throws Exception {
    var before = Instant.now();

    assertEquals(0, run("disable", "--product", IMEI, "--why", "lunch", "--for", "90m"));

    JsonNode sent = new ObjectMapper().readTree(body);
    long until = sent.path("until").asLong();
    assertTrue(until >= before.plusSeconds(5400).toEpochMilli(), body);
    assertTrue(until <= Instant.now().plusSeconds(5400).toEpochMilli(), body);
  }

  @Test
  void inTheDirectoryOfTheServiceItsTokenIsShown() throws Exception {
    Path store = directory.resolve("store").resolve(String.valueOf(service.getAddress().getPort()));
    Files.createDirectories(store);
    Files.writeString(store.resolve("operator"), "tas_1_secret\n");

    run("disable", "--product", IMEI, "--why", "x");

    assertEquals(Optional.of("Bearer tas_1_secret"), authorization);
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "401, 3", "403, 3", "404, 3", "409, 3", "500, 5"})
  void aRefusalIsASentenceAndAnExitCode(int given, int expected) {
    status = given;
    answer = "{\"error\": \"it cannot be done\"}";

    assertEquals(expected, run("disable", "--product", IMEI, "--why", "x"));

    String sentence =
        given == 401 ? "tas: the service does not know you: give" : "tas: it cannot be done\n";
    assertTrue(err.toString().startsWith(sentence), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void anOrderIsAboutOneThing() {
    assertEquals(2, run("disable", "--why", "x"));
    assertEquals(2, run("disable", "--product", IMEI, "--node", "n:1", "--why", "x"));
    assertEquals(2, run("disable", "--product", IMEI, "--why", "x", "--for", "soon"));
    assertEquals(2, run("free", "--node", "n:1", "--why", "x"));
    assertEquals("", asked);
  }

  @Test
  void theAnswerIsJsonForPrograms() {
    assertEquals(0, run("disable", "--product", IMEI, "--why", "x", "--json"));

    assertEquals("{\n  \"ordered\" : \"disable\"\n}\n", out.toString());
  }

  @Test
  void whenNobodyAnswersItIsSaid() {
    service.stop(0);

    assertEquals(5, run("disable", "--product", IMEI, "--why", "x"));

    assertTrue(err.toString().startsWith("tas: the service localhost:"), err.toString());
  }

  @Test
  void productsAreListedWithHealthAndNote() {
    status = 200;
    answer = PRODUCTS;

    assertEquals(0, list("products"));

    assertEquals(
        """
        IMEI             RM code  Role  Status    Environment  Node   Health    Details                                     Note
        004402136230483  RM-763   main  disabled               rack4  disabled  disabled by anna since today: glass broken  cable 7 (bert)
        004402136230491  RM-1     main  free      lab          rack4  good
        """,
        out.toString());
  }

  @Test
  void productsOfAnEarlierServiceAreListedToo() {
    status = 200;
    answer =
        "{ \"products\": [\n{\"Imei\": \"1\", \"RmCode\": \"RM-1\", \"Status\": \"free\"}\n] }";

    assertEquals(0, list("products"));

    assertTrue(out.toString().contains("\n1     RM-1           free\n"), out.toString());
  }

  @Test
  void nodesAreListedWithHealthAndNote() {
    status = 200;
    answer =
        """
        {"nodes": [{"hostname": "rack4", "port": 27182, "description": "phones",
          "condition": "connected", "remark": "drained by anna", "maximalTests": 4,
          "tests": ["a"], "health": {"state": "drained", "note": {"text": "x", "who": "anna"}}}]}
        """;

    assertEquals(0, list("nodes"));

    assertEquals(
        """
        Node         Condition  Tests   Health   Description  Details          Note
        rack4:27182  connected  1 of 4  drained  phones       drained by anna  x (anna)
        """,
        out.toString());
    assertEquals(0, list("nodes", "--json"));
    assertTrue(out.toString().contains("\"maximalTests\" : 4"), out.toString());
  }

  private int run(String verb, String... arguments) {
    var all = new ArrayList<>(List.of("--directory", directory.toString()));
    all.addAll(Arrays.asList(arguments));
    return list(verb, all.toArray(String[]::new));
  }

  private int list(String command, String... arguments) {
    var all = new ArrayList<>(List.of(command, "--service", address()));
    all.addAll(Arrays.asList(arguments));
    return TasCommandLine.run(
        new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  private String address() {
    return "localhost:" + service.getAddress().getPort();
  }
}
