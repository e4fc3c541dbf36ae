package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * From the start of a program, as {@code ./tas} starts it, to its first use: the service's page,
 * and a node's product in the farm. Beside a Java machine that starts and does nothing.
 */
final class Readiness {
  private static final Bar BAR = Bar.ofValue(0.7);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final Path directory;
  private final int port = Program.freePort();

  private Readiness(Path directory) throws IOException {
    this.directory = directory;
  }

  /** The Java machine that the floor is: it ends at once. */
  public static void main(String[] arguments) {}

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    return new Readiness(scene.scratch("ready")).measure();
  }

  private List<Figure> measure() throws Exception {
    double floor = emptyMachine();
    int bridgePort = Program.freePort();
    long begin = System.nanoTime();
    try (var service =
        Program.ofBuilt(
            Program.SERVICE,
            directory.resolve("tas"),
            "TestAutomationServicePortNumber=" + port,
            "TestAutomationServiceDescription=A farm that starts",
            "TestAutomationServiceHostname=localhost")) {
      until("the service's page", service, "/", "</html>");
      double page = since(begin);
      try (var bridge =
          Program.ofJar(
              Program.BRIDGE,
              directory.resolve("bridge"),
              "CIProxyPortNumber=" + bridgePort,
              "SimulatedProducts=1",
              "AdbDetector=off",
              "IosDetector=off")) {
        Patience.untilTrue("the bridge listens", () -> bridge.isRunning() && listens(bridgePort));
        double product = product(bridgePort);
        return List.of(
            Figure.cost("service: start to page (floor: an empty JVM)", page, floor, "s").with(BAR),
            Figure.cost("communicator: start to product in the farm", product, floor, "s")
                .with(BAR));
      }
    }
  }

  private double product(int bridgePort) throws Exception {
    long begin = System.nanoTime();
    try (var communicator =
        Program.ofBuilt(
            Program.COMMUNICATOR,
            directory.resolve("node"),
            "TestAutomationServiceHostname=localhost",
            "TestAutomationServicePortNumber=" + port,
            "TestAutomationCommunicatorPortNumber=" + Program.freePort(),
            "TestAutomationCommunicatorDescription=A node that starts",
            "TestAutomationCommunicatorHostname=localhost",
            "CIProxyPortNumber=" + bridgePort)) {
      until("the node's product", communicator, "/api/v1/products", "\"imei\"");
      return since(begin);
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private double emptyMachine() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var process =
        new ProcessBuilder(
                Program.java(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Readiness.class.getName())
            .start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("an empty Java machine did not end");
    }
    return since(begin);
  }

  private void until(String sentence, Program program, String path, String text) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(ANSWER)
            .build();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!shows(request, text)) {
      if (!program.isRunning() || System.nanoTime() > end) {
        throw new TimeoutException(sentence + " did not come; it says:\n" + program.text());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean shows(HttpRequest request, String text) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().contains(text);
    } catch (IOException e) {
      return false; // It does not listen yet.
    }
  }
}
