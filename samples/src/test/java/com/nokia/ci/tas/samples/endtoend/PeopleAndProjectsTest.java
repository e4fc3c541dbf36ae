package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People of a farm and their projects, as its admin makes them at the command line and they use the
 * pages, on a farm that runs.
 */
class PeopleAndProjectsTest {
  private static final String PASSWORD = "four words of mine";
  private static final String SECRET = "v4riable-of-the-project";

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static HttpServer receiver;

  /** What the webhook of the project was told. */
  private static final List<JsonNode> TOLD = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startFarm() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", PeopleAndProjectsTest::receive);
    receiver.start();
    Path home = Files.createDirectories(scratch.resolve("tas"));
    Files.writeString(
        home.resolve("webhooks.conf"),
        "radio radio the-secret-of-the-hook http://127.0.0.1:%d/\n"
            .formatted(receiver.getAddress().getPort()));
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    farm.addNode("node", 1);
    admin("projects", "add", "radio");
    admin("projects", "set", "radio", "BAND", "900");
    admin("projects", "secret", "radio", "DOOR_KEY", "--value-env", "DOOR_KEY_OF_RADIO");
    admin("users", "add", "anna", "--role", "view", "--password-env", "PASSWORD_OF_ANNA");
    admin("users", "role", "anna", "submit", "--project", "radio");
    admin("users", "add", "bert", "--role", "operate", "--password-env", "PASSWORD_OF_ANNA");
  }

  @AfterAll
  static void endFarm() {
    Closing.all(farm, () -> receiver.stop(0));
  }

  private static void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      TOLD.add(new ObjectMapper().readTree(exchange.getRequestBody()));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Test
  void aProjectGivesItsVariablesToItsTestsAndItsPeopleStopThem() throws Exception {
    Path key = scratch.resolve("anna.key");
    admin("keys", "--host", "localhost");
    admin(
        "keys",
        "client",
        "--label",
        "anna's job",
        "--role",
        "submit",
        "--project",
        "radio",
        "--user",
        "anna",
        "--out",
        key.toString());
    try (var client =
        ShellTest.in(scratch, "of_none", "echo done\n")
            .start(farm, "--require", "rm-code:RM-763;")) {
      assertEquals(0, client.exitCode(), client.text());
    }
    var test =
        ShellTest.in(
            scratch,
            "of_radio",
            "echo \"band $BAND, key $DOOR_KEY\"; test \"$DOOR_KEY\" = '"
                + SECRET
                + "' && echo the executor has it; while :; do sleep 0.1; done\n");

    try (var client =
        test.start(
            farm,
            "--require",
            "rm-code:RM-763;",
            "--project",
            "radio",
            "--farm-key",
            key.toString())) {
      client.untilPrinted("band 900, key ***");
      client.untilPrinted("the executor has it");
      var shown = farm.get("/api/v1/tests/of_radio").body();
      assertTrue(shown.contains("\"project\" : \"radio\""), shown);
      assertTrue(shown.contains("\"owner\" : \"anna\""), shown);

      var anna = new Visitor("anna");
      assertTrue(anna.get("/tests/of_radio").contains("tests/of_radio/stop\""));
      assertEquals(303, anna.submit("/tests/of_radio/stop", Map.of("reason", "seen enough")));

      assertEquals(4, client.exitCode(), client.text());
      client.untilPrinted("stopped by anna: seen enough");
    }
    assertFalse(farm.service().text().contains(SECRET));
    Patience.untilTrue(
        "the audit log tells of it",
        () -> {
          String written = audited();
          return written.contains("\"who\":\"anna\"") && written.contains("\"on\":\"of_radio\"");
        });
    assertFalse(audited().contains(SECRET) || audited().contains(PASSWORD));
    Patience.untilTrue(
        "the project's webhook is told of its test", () -> told("state").contains("ended"));
    assertEquals(
        List.of("waiting", "preparing", "running", "ended"),
        told("state").stream().filter(it -> !it.equals("ending")).distinct().toList());
    assertEquals(Set.of("of_radio"), Set.copyOf(told("id")), "of no other");
  }

  private static List<String> told(String field) {
    return TOLD.stream()
        .filter(it -> it.path("event").asText().equals("test"))
        .map(it -> it.path("data").path(field).asText())
        .toList();
  }

  @Test
  void aProgramThatShowsNothingGetsNothingOfAProject() throws Exception {
    var test = ShellTest.in(scratch, "nobodys", "echo \"$DOOR_KEY\"\n");

    try (var client = test.start(farm, "--require", "rm-code:RM-763;", "--project", "radio")) {
      assertEquals(3, client.exitCode(), client.text());
      assertTrue(client.text().contains("tas keys client"), client.text());
    }
  }

  @Test
  void aTokenOfAPersonStopsATestOfAnother() throws Exception {
    var test = ShellTest.in(scratch, "of_nobody", "echo begun; while :; do sleep 0.1; done\n");
    var bert = new Visitor("bert");
    String token = bert.token(Map.of("label", "operations", "role", "operate", "days", "1"));
    String weak = new Visitor("anna").token(Map.of("label", "eyes", "role", "view", "days", "1"));

    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      client.untilPrinted("begun");
      assertEquals(401, stop("of_nobody", "tas_00000000_wrong"));
      assertEquals(403, stop("of_nobody", weak));
      assertEquals(202, stop("of_nobody", token));

      assertEquals(4, client.exitCode(), client.text());
      client.untilPrinted("stopped by bert (operations)");
    }
  }

  private static int stop(String test, String token) throws Exception {
    var request =
        HttpRequest.newBuilder(address("/api/v1/tests/" + test + "/stop"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(60))
            .build();
    return browser().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void admin(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--port", String.valueOf(farm.port()), "--directory", farm.serviceHome().toString()));
    try (var program =
        Program.ofJar(
            Program.SERVICE,
            Files.createTempDirectory(scratch, "admin"),
            Map.of("PASSWORD_OF_ANNA", PASSWORD, "DOOR_KEY_OF_RADIO", SECRET),
            all.toArray(String[]::new))) {
      assertEquals(0, program.exitCode(), program.text());
      assertFalse(program.text().contains(SECRET) || program.text().contains(PASSWORD));
    }
  }

  private static String audited() throws Exception {
    var text = new StringBuilder();
    try (var files = Files.list(farm.serviceHome().resolve("logs"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".jsonl")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder()
        .cookieHandler(new CookieManager())
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private static URI address(String path) {
    return URI.create("http://" + farm.address() + path);
  }

  /** Somebody who has logged in at the pages. */
  private static final class Visitor {
    private static final Pattern FORM_TOKEN =
        Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    private final HttpClient http = browser();

    Visitor(String name) throws Exception {
      Patience.untilTrue(
          name + " may log in",
          () ->
              send("/login", "/login", Map.of("name", name, "password", PASSWORD)).statusCode()
                  == 303);
    }

    String get(String path) throws Exception {
      var request = HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(60)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    int submit(String path, Map<String, String> fields) throws Exception {
      return send("/account", path, fields).statusCode();
    }

    String token(Map<String, String> wish) throws Exception {
      String page = send("/account", "/account/tokens", wish).body();
      Matcher token = Pattern.compile("<code>(tas_[^<]+)</code>").matcher(page);
      assertTrue(token.find(), page);
      return token.group(1);
    }

    private HttpResponse<String> send(String page, String path, Map<String, String> fields)
        throws Exception {
      Matcher token = FORM_TOKEN.matcher(get(page));
      assertTrue(token.find(), page);
      String body =
          fields.entrySet().stream()
              .map(it -> it.getKey() + "=" + encoded(it.getValue()))
              .collect(Collectors.joining("&", "form-token=" + token.group(1) + "&", ""));
      var request =
          HttpRequest.newBuilder(address(path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .timeout(Duration.ofSeconds(60))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
