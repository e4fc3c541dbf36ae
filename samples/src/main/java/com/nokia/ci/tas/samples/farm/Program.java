package com.nokia.ci.tas.samples.farm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One of the programs, started as a user starts it: a process of its own in a directory of its own,
 * from its jar alone. What it prints goes to a file there, so that it may outlive whoever started
 * it. Closing it ends the process and everything it started.
 */
public final class Program implements AutoCloseable {
  /**
   * The root of the project: the nearest directory above the current one that has the service in
   * it.
   */
  public static final Path ROOT = root();

  public static final Path SERVICE = ROOT.resolve("tas-service/target/TestAutomationService.jar");
  public static final Path COMMUNICATOR =
      ROOT.resolve("tas-communicator/target/TestAutomationCommunicator.jar");
  public static final Path CLIENT = ROOT.resolve("tas-client/target/TestAutomationClient.jar");
  public static final Path BRIDGE = ROOT.resolve("ci-proxy-bridge/target/CIProxy.jar");

  /** Further options of each Java machine: tests start hundreds of them for seconds. */
  private static final List<String> OPTIONS = words(System.getProperty("samples.java.options", ""));

  private static final String OPTIONS_OF = "samples.java.options.";

  private final String name;
  private final Process process;
  private final Path console;

  private Program(String name, Process process, Path console) {
    this.name = name;
    this.process = process;
    this.console = console;
  }

  /**
   * What the Java machine of one program is started with besides, as the launcher of this project
   * does when it says so in the property {@code samples.java.options.} with the name of the jar.
   */
  public static List<String> options(Path jar) {
    return words(System.getProperty(OPTIONS_OF + jar.getFileName(), ""));
  }

  /**
   * Starts {@code java -jar} with a copy of the jar in the directory, as the guide tells its
   * readers to do.
   */
  public static Program ofJar(Path jar, Path directory, String... arguments) throws IOException {
    return ofJar(jar, directory, Map.of(), arguments);
  }

  /**
   * The same with further environment variables.
   *
   * @param environment names to values, beside or instead of those of this process
   */
  public static Program ofJar(
      Path jar, Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    Files.createDirectories(directory);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not there; build it with mvn -DskipTests package");
    }
    Path copy = directory.resolve(jar.getFileName());
    SharedClasses.put(jar, copy);
    var command = new ArrayList<String>();
    if (isOnPath("setsid")) {
      command.add("setsid"); // Ctrl-C and a closed terminal are for whoever started it
    }
    command.addAll(List.of(java(), "-Xmx256m"));
    command.addAll(SharedClasses.options(jar));
    command.addAll(OPTIONS);
    command.addAll(options(jar));
    command.addAll(List.of("-jar", copy.getFileName().toString()));
    command.addAll(List.of(arguments));
    return start(directory, environment, command);
  }

  /**
   * The same as {@code ./tas} starts a daemon: from where the jar was built, with the classes that
   * {@code ./tas build} has kept for it, if it has.
   */
  public static Program ofBuilt(Path jar, Path directory, String... arguments) throws IOException {
    Files.createDirectories(directory);
    var command = new ArrayList<>(List.of(java(), "-Xmx256m"));
    command.addAll(SharedClasses.optionsFrom(ROOT.resolve("target"), jar));
    command.addAll(OPTIONS);
    command.addAll(options(jar));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return start(directory, Map.of(), command);
  }

  /** Starts any command in a directory. */
  public static Program start(Path directory, List<String> command) throws IOException {
    return start(directory, Map.of(), command);
  }

  private static Program start(
      Path directory, Map<String, String> environment, List<String> command) throws IOException {
    Path console = Files.createTempFile(directory, "console-", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new Program(directory.getFileName().toString(), process, console);
  }

  /** Whether a program of that name can be started without saying where it is. */
  public static boolean isOnPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory, name))
        .anyMatch(Files::isExecutable);
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A port that was free a moment ago. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      return socket.getLocalPort();
    }
  }

  private static Path root() {
    Path place;
    try {
      place = Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of these classes is no path", e);
    }
    while (place != null && !Files.exists(place.resolve("tas-service/pom.xml"))) {
      place = place.getParent();
    }
    if (place == null) {
      throw new IllegalStateException("run this inside a checkout of the project");
    }
    return place;
  }

  /** Everything printed so far. */
  public List<String> lines() {
    return text().lines().toList();
  }

  public String text() {
    try {
      return new String(Files.readAllBytes(console), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Writes a line to the standard input of the process. */
  public void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Asks the process to end, as a terminal or a service supervisor does. */
  public void terminate() {
    process.destroy();
  }

  public void kill() {
    process.destroyForcibly();
  }

  public long pid() {
    return process.pid();
  }

  /** Processor time that the process has used since it started. */
  public Duration processorTime() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException(name + " tells no processor time"));
  }

  /** Waits until a line contains the text. */
  public void untilPrinted(String text) throws Exception {
    Patience.untilTrue(
        name + " prints \"" + text + "\"; so far:\n" + text(),
        () -> {
          boolean hasEnded = !process.isAlive();
          if (lines().stream().anyMatch(line -> line.contains(text))) {
            return true;
          }
          if (hasEnded) {
            throw new IllegalStateException(
                name + " ended without printing \"" + text + "\":\n" + text());
          }
          return false;
        });
  }

  /** Waits for the end of the process and returns its exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException(name + " did not end; so far:\n" + text());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    // Whoever deletes their directory does not meet a file that is being written.
    CompletableFuture.allOf(
            children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
        .join();
  }
}
