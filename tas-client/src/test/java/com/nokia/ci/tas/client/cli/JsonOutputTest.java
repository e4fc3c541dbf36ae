package com.nokia.ci.tas.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.client.FakePeer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What commands print for programs: JSON and nothing else, whatever becomes of them. */
final class JsonOutputTest {
  private static final String PRODUCT = "004402136230483";

  /** Arguments with which each command does its work; those of the wire come in tests below. */
  private static final Map<String, String> ASKING =
      Map.ofEntries(
          Map.entry("why", "--id t"),
          Map.entry("wait", "--id t"),
          Map.entry("queue", ""),
          Map.entry("products", ""),
          Map.entry("nodes", ""),
          Map.entry("farm", ""),
          Map.entry("disable", "--product " + PRODUCT),
          Map.entry("enable", "--product " + PRODUCT),
          Map.entry("drain", "--product " + PRODUCT),
          Map.entry("note", "--product " + PRODUCT),
          Map.entry("take", "--for 1h --product " + PRODUCT),
          Map.entry("extend", "--for 1h --product " + PRODUCT),
          Map.entry("give-back", "--product " + PRODUCT),
          Map.entry("free", "--product " + PRODUCT));

  /** Those that speak of tests over the wire. */
  private static final Map<String, String> SPEAKING =
      Map.of(
          "start", "--id t --executor-application true",
          "attach", "--id t",
          "results", "--id t",
          "logs", "--id t --follow",
          "stop", "--id t",
          "check", "--id t",
          "plan run", "plan.yaml");

  private static final Map<String, String> ALONE =
      Map.of("completion", "", "manual", "--directory man");

  @TempDir Path directory;
  private final FakePeer peer = new FakePeer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer pages;
  private String answer = "";
  private int status = 200;

  @BeforeEach
  void open() throws IOException {
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          boolean isStream = status == 200 && exchange.getRequestURI().getPath().endsWith("events");
          byte[] body = (isStream ? "event: hello\ndata: {}\n\n" : answer).getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    pages.start();
  }

  @AfterEach
  void close() {
    pages.stop(0);
    peer.close();
  }

  @Test
  void everyCommandIsTriedHereAndTakesTheOption() {
    var tried = new TreeSet<>(ASKING.keySet());
    tried.addAll(SPEAKING.keySet());
    tried.addAll(ALONE.keySet());
    var all = new TreeSet<String>();
    gather(TasCommandLine.newLine(), "", all);

    assertEquals(all, tried);
  }

  private static void gather(CommandLine above, String name, Set<String> all) {
    for (var command : above.getSubcommands().entrySet()) {
      String path = (name + " " + command.getKey()).strip();
      if (command.getValue().getSubcommands().isEmpty() || path.equals("farm")) {
        assertTrue(command.getValue().getCommandSpec().findOption("--json") != null, path);
        all.add(path);
      }
      gather(command.getValue(), path, all);
    }
  }

  static List<String> asking() {
    return List.copyOf(new TreeSet<>(ASKING.keySet()));
  }

  @ParameterizedTest
  @MethodSource("asking")
  void whatTheServiceAnswersIsPrintedAsItIs(String command) throws Exception {
    boolean isOrder = ASKING.get(command).contains("--product");
    status = isOrder ? 202 : 200;
    answer = "{\"ordered\": \"it\", \"verdict\": \"finished\", \"products\": [], \"nodes\": []}";

    assertEquals(0, run(command, ASKING.get(command), pages.getAddress().getPort()));

    assertFalse(printed().isEmpty());
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @MethodSource("asking")
  void aRefusalIsAnObjectWithItsSentenceAndExitCode(String command) throws Exception {
    status = 404;
    answer = "{\"error\": \"there is no such thing\"}";

    int code = run(command, ASKING.get(command), pages.getAddress().getPort());

    assertTrue(code == 3 || code == 5, "exit code " + code);
    assertError(code);
  }

  static List<String> speaking() {
    return List.copyOf(new TreeSet<>(SPEAKING.keySet()));
  }

  @ParameterizedTest
  @MethodSource("speaking")
  void aServiceThatIsNotThereIsAnObjectToo(String command) throws Exception {
    int nobody = peer.endpoint().port();
    peer.close();
    plan();

    assertEquals(5, run(command, SPEAKING.get(command), nobody));

    var last = last();
    assertTrue(
        last.has("error") || last.path("verdict").asText().equals("ERROR") || last.has("items"),
        last.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "stop", "check", "plan run"})
  void whatHappensToATestIsPrintedAsObjects(String command) throws Exception {
    plan();
    var code =
        CompletableFuture.supplyAsync(
            () -> run(command, SPEAKING.get(command), peer.endpoint().port()));
    var asked =
        switch (command) {
          case "stop" -> peer.hearFirst(TestOperation.Kind.STOP);
          case "check" -> peer.hearFirst(TestOperation.Kind.CHECK);
          default -> peer.hearFirst(TestOperation.Kind.START);
        };
    boolean isStop = command.equals("stop");
    if (!isStop) {
      peer.update(asked.sender(), asked.test().with(TestStatus.PENDING, "one moment"));
    }
    if (!isStop && !command.equals("check")) {
      peer.say(asked.sender(), asked.test().id(), "line 1\nline \"2\"");
    }
    peer.update(
        asked.sender(),
        asked.test().with(isStop ? TestStatus.FAILED : TestStatus.FINISHED, "stopped by me"));

    assertEquals(0, code.get(30, TimeUnit.SECONDS), err.toString());
    var printed = printed();
    assertTrue(printed.stream().allMatch(it -> it.has("event") || it.has("state")), out.toString());
    if (!isStop && !command.equals("check")) {
      assertTrue(
          printed.stream().anyMatch(it -> it.path("text").asText().contains("line \"2\"")),
          out.toString());
    }
    assertEquals("", err.toString());
  }

  static List<String> alone() {
    return List.copyOf(new TreeSet<>(ALONE.keySet()));
  }

  @ParameterizedTest
  @MethodSource("alone")
  void whatNeedsNoServicePrintsAnObject(String command) throws Exception {
    String arguments = ALONE.get(command).replace("man", directory.resolve("man").toString());

    assertEquals(0, execute(command + " " + arguments + " --json"));

    assertEquals(1, printed().size());
  }

  @Test
  void wrongUsageIsAnObjectToo() throws Exception {
    assertEquals(2, execute("products --nonsense --json"));

    assertError(2);
  }

  private void plan() throws IOException {
    Files.writeString(
        directory.resolve("plan.yaml"),
        "plan: p\nitems:\n  - {name: t, test: {executor-application: \"true\"}}\n");
  }

  private void assertError(int code) throws IOException {
    assertEquals(code, last().path("exitCode").asInt());
    assertFalse(last().path("error").asText().isBlank(), out.toString());
    assertTrue(err.toString().startsWith("tas: "), err.toString());
  }

  private JsonNode last() throws IOException {
    var printed = printed();
    return printed.get(printed.size() - 1);
  }

  /** Everything on the standard output, which has to be JSON from its first to its last byte. */
  private List<JsonNode> printed() throws IOException {
    var values = new ArrayList<JsonNode>();
    try (var all =
        new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(out.toString())) {
      all.forEachRemaining(values::add);
    }
    assertTrue(values.stream().allMatch(JsonNode::isObject), out.toString());
    return values;
  }

  private int run(String command, String arguments, int port) {
    String own =
        switch (command) {
          case "plan run" ->
              directory.resolve(arguments) + " --results-dir " + directory.resolve("results");
          case "start" -> arguments + " --workspace " + directory;
          case "attach", "results" -> arguments + " --results-dir " + directory;
          default -> arguments;
        };
    String further =
        own.contains("--product")
            ? " --directory " + directory
            : SPEAKING.containsKey(command) ? " --client-hostname 127.0.0.1" : "";
    return execute(command + " " + own + further + " --service localhost:" + port + " --json");
  }

  private int execute(String words) {
    var environment =
        Map.of("XDG_CONFIG_HOME", directory.toString(), "XDG_STATE_HOME", directory.toString());
    return TasCommandLine.run(
        new PrintWriter(out), new PrintWriter(err), environment, words.strip().split(" +"));
  }
}
