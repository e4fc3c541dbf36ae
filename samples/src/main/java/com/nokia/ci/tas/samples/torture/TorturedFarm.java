package com.nokia.ci.tas.samples.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The programs of a farm in a directory, and what its pages say. */
final class TorturedFarm {
  static final String RM_CODE = "RM-763";

  /** A test is started again so often, and once more for the first time. */
  static final int RETRIES = 3;

  /** Short limits, so that much happens in little time. */
  private static final List<String> SERVICE_SETTINGS =
      List.of(
          "TestAutomationServiceHostname=localhost",
          "maximal-number-of-retries-for-failed-test=" + RETRIES,
          "test-minimal-execution-time=1000",
          "test-resources-expectation-timeout=60000",
          "product-set-aside-wait=500",
          "session-silence=3000",
          "node-checking-period=2000",
          "node-silence-limit=6000",
          "lost-node-lease=10000",
          // Nodes that are killed all the time are not to be put out of use for it.
          "flapping-limit=0",
          "failures-in-a-row-limit=0",
          "remote-client-checking-period=5000",
          "remote-client-answer-limit=3000");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TortureSettings settings;
  private final Path directory;
  private final int port;
  private final List<Victim> victims = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  TorturedFarm(TortureSettings settings, Path directory) throws IOException {
    this.settings = settings;
    this.directory = directory;
    this.port = Program.freePort();
    Files.createDirectories(notes());
    add(Kind.SERVICE, 1, life -> jar(Program.SERVICE, "200m", serviceArguments()));
    for (int i = 1; i <= settings.nodes(); i++) {
      addNode(i);
    }
    for (int i = 1; i <= settings.clients(); i++) {
      addClient(i);
    }
  }

  /** Where the executors write. */
  Path notes() {
    return directory.resolve("notes");
  }

  /**
   * Whether a process holds a lock of the executors. The lock is not tried for: an executor that
   * begins in that moment would take whoever tries for another executor.
   */
  static boolean isLocked(Path lock) throws IOException {
    String inode = ":" + Files.getAttribute(lock, "unix:ino") + " ";
    try (Stream<String> held = Files.lines(Path.of("/proc/locks"))) {
      return held.anyMatch(line -> line.contains("FLOCK") && line.contains(inode));
    }
  }

  /** All programs, in the order in which they start. */
  List<Victim> victims() {
    return victims;
  }

  List<Victim> victims(Kind kind) {
    return victims.stream().filter(it -> it.kind() == kind).toList();
  }

  private List<String> serviceArguments() {
    return Stream.concat(
            Stream.of("TestAutomationServicePortNumber=" + port), SERVICE_SETTINGS.stream())
        .toList();
  }

  private void addNode(int number) throws IOException {
    int bridgePort = Program.freePort();
    Path products = Files.createDirectories(directory).resolve("products-" + number + ".txt");
    var lines = new ArrayList<String>();
    for (int i = 1; i <= settings.products(); i++) {
      lines.add("imei:%06d%09d;rm-code:%s;".formatted(number, i, RM_CODE));
    }
    Files.write(products, lines);
    add(
        Kind.BRIDGE,
        number,
        life ->
            jar(
                Program.BRIDGE,
                "64m",
                List.of(
                    "CIProxyPortNumber=" + bridgePort,
                    "SimulatedProducts=" + products,
                    "AdbDetector=off",
                    "IosDetector=off")));
    int own = Program.freePort();
    add(
        Kind.COMMUNICATOR,
        number,
        life ->
            jar(
                Program.COMMUNICATOR,
                "100m",
                List.of(
                    "TestAutomationServiceHostname=localhost",
                    "TestAutomationServicePortNumber=" + port,
                    "TestAutomationCommunicatorPortNumber=" + own,
                    "TestAutomationCommunicatorHostname=localhost",
                    "CIProxyPortNumber=" + bridgePort)));
  }

  private void addClient(int number) throws IOException {
    String name = Kind.CLIENT.word() + "-" + number;
    add(
        Kind.CLIENT,
        number,
        life -> {
          var orders =
              new TorturedClient.Orders(
                  notes(),
                  port,
                  name + "." + life,
                  settings.seed() * 1_000_003 + number * 1_009L + life,
                  settings.products());
          var command =
              java(
                  "100m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TorturedClient.class.getName());
          command.addAll(orders.words());
          return command;
        });
  }

  private void add(Kind kind, int number, IntFunction<List<String>> command) throws IOException {
    String name = kind.word() + "-" + number;
    victims.add(new Victim(name, kind, Files.createDirectories(directory.resolve(name)), command));
  }

  private static List<String> jar(Path jar, String heap, List<String> arguments) {
    List<String> command = java(heap, "-jar", jar.toString());
    command.addAll(arguments);
    return command;
  }

  private static List<String> java(String heap, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                "setsid", // Ctrl-C is for whoever started the torture
                Program.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap));
    command.addAll(List.of(arguments));
    return command;
  }

  // ---- what its pages say

  boolean isHealthy() throws InterruptedException {
    try {
      return get("/healthz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  List<JsonNode> products() throws IOException, InterruptedException {
    return list("/api/v1/products", "products");
  }

  /** Tests that have not ended. */
  List<JsonNode> openTests() throws IOException, InterruptedException {
    return list("/api/v1/tests", "tests").stream()
        .filter(test -> !test.path("state").asText().equals("ended"))
        .toList();
  }

  private List<JsonNode> list(String path, String member) throws IOException, InterruptedException {
    var all = new ArrayList<JsonNode>();
    JSON.readTree(get(path).body()).path(member).forEach(all::add);
    return all;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
