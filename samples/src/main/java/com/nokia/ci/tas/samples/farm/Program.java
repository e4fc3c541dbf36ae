package com.nokia.ci.tas.samples.farm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * One of the programs, started as a user starts it: a process of its own in a directory of its own,
 * from its jar alone. Closing it ends the process and everything it started.
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

  private final String name;
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private Program(String name, Process process) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(this::read, "test-output-of-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code java -jar} with a copy of the jar in the directory, as the guide tells its
   * readers to do.
   */
  public static Program ofJar(Path jar, Path directory, String... arguments) throws IOException {
    Files.createDirectories(directory);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not there; build it with mvn -DskipTests package");
    }
    Path copy = directory.resolve(jar.getFileName());
    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    var command =
        new ArrayList<>(List.of(java(), "-Xmx256m", "-jar", copy.getFileName().toString()));
    command.addAll(List.of(arguments));
    return start(directory, command);
  }

  /** Starts any command in a directory. */
  public static Program start(Path directory, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    return new Program(
        directory.getFileName() + "/" + Path.of(command.get(0)).getFileName(), process);
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
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve("tas-service/pom.xml"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("run this inside a checkout of the project");
    }
    return directory;
  }

  private void read() {
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  /** Everything printed so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public String text() {
    return String.join("\n", lines);
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

  /** Waits until a line contains the text. */
  public void untilPrinted(String text) throws Exception {
    Patience.untilTrue(
        name + " prints \"" + text + "\"; so far:\n" + text(),
        () -> {
          if (lines.stream().anyMatch(line -> line.contains(text))) {
            return true;
          }
          if (!process.isAlive() && !reader.isAlive()) {
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
    reader.join(TimeUnit.SECONDS.toMillis(10));
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
  }
}
