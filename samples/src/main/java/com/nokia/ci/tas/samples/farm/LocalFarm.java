package com.nokia.ci.tas.samples.farm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A farm of real processes in a scratch directory: one service, and as many nodes, each with its
 * bridge, as are added. Closing it ends them all; any thread may do so, more than once.
 */
public final class LocalFarm implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "localhost";

  private final Path directory;
  private final int port;
  private final List<String> serviceArguments;
  private volatile Program service;
  private final Deque<Program> programs = new ConcurrentLinkedDeque<>();
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

  private LocalFarm(
      Path directory, int port, Map<String, String> environment, List<String> serviceArguments)
      throws IOException {
    this.directory = directory;
    this.port = port;
    this.environment.putAll(environment);
    this.serviceArguments = List.copyOf(serviceArguments);
    this.service = startedService();
  }

  /**
   * Starts a service with the guide's arguments and the given further ones, and waits until its
   * page answers.
   */
  public static LocalFarm start(Path directory, String... further) throws Exception {
    return startWith(Map.of(), directory, further);
  }

  /** The same with further environment variables for the service and the daemons of the nodes. */
  public static LocalFarm startWith(
      Map<String, String> environment, Path directory, String... further) throws Exception {
    int port = Program.freePort();
    var arguments =
        new ArrayList<>(
            List.of(
                "TestAutomationServicePortNumber=" + port,
                "TestAutomationServiceDescription=A farm for tests",
                "TestAutomationServiceHostname=" + HOST));
    arguments.addAll(List.of(further));
    var farm = new LocalFarm(directory, port, environment, arguments);
    try {
      farm.awaitService();
    } catch (Exception | Error e) {
      farm.close();
      throw e;
    }
    return farm;
  }

  /**
   * Kills the service as a power cut does and starts it again, in its directory and on its port.
   */
  public void restartService() throws Exception {
    killService();
    startService();
  }

  /** Kills the service as a power cut does. */
  public void killService() throws InterruptedException {
    service.kill();
    service.exitCode();
  }

  /** Starts a service that was killed again, in its directory and on its port. */
  public void startService() throws Exception {
    service = startedService();
    awaitService();
  }

  /** Starts a node's daemon that was killed again, in its directory. */
  public Node restarted(Node node) throws IOException {
    return new Node(
        node.home(), communicator(node.home(), node.arguments()), node.bridge(), node.arguments());
  }

  private Program startedService() throws IOException {
    return keep(
        Program.ofJar(
            Program.SERVICE,
            directory.resolve("tas"),
            Map.copyOf(environment),
            serviceArguments.toArray(String[]::new)));
  }

  private void awaitService() throws Exception {
    Program current = service;
    Patience.untilTrue(
        "the service answers on its port",
        () -> {
          if (!current.isRunning()) {
            throw new IllegalStateException("the service ended:\n" + current.text());
          }
          return isHealthy();
        });
  }

  /** Nodes that are added from now on find the programs in there before all others. */
  public void putOnPath(Path tools) {
    environment.put("PATH", tools.toAbsolutePath() + File.pathSeparator + System.getenv("PATH"));
  }

  /** Adds a node with that many simulated products and waits until the farm has them all free. */
  public Node addNode(String name, int products, String... further) throws Exception {
    return addNode(name, Integer.toString(products), products, further);
  }

  /**
   * Adds a node whose bridge reads its products from a file, and waits until the farm has that many
   * more.
   */
  public Node addNode(String name, Path productsFile, int products, String... further)
      throws Exception {
    return addNode(name, productsFile.toString(), products, further);
  }

  private Node addNode(String name, String simulated, int products, String... further)
      throws Exception {
    int before = products().size();
    int bridgePort = Program.freePort();
    Program bridge =
        keep(
            Program.ofJar(
                Program.BRIDGE,
                directory.resolve(name + "-bridge"),
                "CIProxyPortNumber=" + bridgePort,
                "SimulatedProducts=" + simulated,
                "AdbDetector=off",
                "IosDetector=off"));
    Path home = directory.resolve(name);
    var arguments =
        new ArrayList<>(
            List.of(
                "TestAutomationServiceHostname=" + HOST,
                "TestAutomationServicePortNumber=" + port,
                "TestAutomationCommunicatorPortNumber=" + Program.freePort(),
                "TestAutomationCommunicatorDescription=" + name,
                "TestAutomationCommunicatorHostname=" + HOST,
                "CIProxyPortNumber=" + bridgePort));
    List.of(further).forEach(argument -> replaceOrAdd(arguments, argument));
    Program communicator = communicator(home, arguments);
    Patience.untilTrue(
        name + " brings " + products + " products; it says:\n" + communicator.text(),
        () -> {
          if (!communicator.isRunning() || !bridge.isRunning()) {
            throw new IllegalStateException(
                "the node ended:\n" + communicator.text() + "\n" + bridge.text());
          }
          return products().size() == before + products;
        });
    return new Node(home, communicator, bridge, List.copyOf(arguments));
  }

  private Program communicator(Path home, List<String> arguments) throws IOException {
    return keep(
        Program.ofJar(
            Program.COMMUNICATOR, home, Map.copyOf(environment), arguments.toArray(String[]::new)));
  }

  /** What is said later counts. */
  private static void replaceOrAdd(List<String> arguments, String argument) {
    String key = argument.substring(0, argument.indexOf('=') + 1);
    arguments.removeIf(former -> !key.isEmpty() && former.startsWith(key));
    arguments.add(argument);
  }

  /**
   * A node of the farm: where its daemon lives, its two processes, and what the daemon is started
   * with.
   */
  public record Node(Path home, Program communicator, Program bridge, List<String> arguments) {}

  private Program keep(Program program) {
    programs.push(program);
    return program;
  }

  /** Runs the command line against this farm. */
  public Program client(String command, String... arguments) throws IOException {
    return clientThrough(address(), command, arguments);
  }

  /** The same for a client that reaches the service at another address than the rest. */
  public Program clientThrough(String service, String command, String... arguments)
      throws IOException {
    var all = new ArrayList<String>();
    all.add(command);
    all.add("--service");
    all.add(service);
    all.addAll(List.of(arguments));
    return keep(
        Program.ofJar(
            Program.CLIENT,
            Files.createTempDirectory(directory, "client"),
            all.toArray(String[]::new)));
  }

  /** {@code host:port} of the service. */
  public String address() {
    return HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  /** The processes of the farm, the newest first. */
  public List<Long> pids() {
    return programs.stream().filter(Program::isRunning).map(Program::pid).toList();
  }

  /** The process of the service. */
  public Program service() {
    return service;
  }

  /** The directory the service runs in. */
  public Path serviceHome() {
    return directory.resolve("tas");
  }

  /** What the page or another path answers, whatever the status. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .timeout(Duration.ofSeconds(60))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What a POST is answered with that somebody makes who can read the files of the service. */
  public HttpResponse<String> order(String path, String json)
      throws IOException, InterruptedException {
    Path token = serviceHome().resolve("store/" + port + "/operator");
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .timeout(Duration.ofSeconds(60))
            .header("authorization", "Bearer " + Files.readString(token).strip())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      return get("/healthz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The products the farm knows, as its API shows them. */
  public List<JsonNode> products() throws IOException, InterruptedException {
    return list(get("/api/v1/products").body());
  }

  /** One product by its IMEI, if the farm knows it. */
  public Optional<JsonNode> product(String imei) throws IOException, InterruptedException {
    return products().stream()
        .filter(product -> product.path("imei").asText().equals(imei))
        .findFirst();
  }

  /** The tests the farm knows, as its API shows them. */
  public List<JsonNode> tests() throws IOException, InterruptedException {
    return list(get("/api/v1/tests").body());
  }

  private static List<JsonNode> list(String body) throws IOException {
    var all = new ArrayList<JsonNode>();
    for (JsonNode part : JSON.readTree(body)) {
      if (part.isArray()) {
        part.forEach(all::add);
      }
    }
    return all;
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
