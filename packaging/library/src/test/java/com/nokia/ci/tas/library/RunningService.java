package com.nokia.ci.tas.library;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A service as a process of its own. */
final class RunningService implements AutoCloseable {
  private static final Path JAR =
      Path.of("../../tas-service/target/TestAutomationService.jar").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;

  private RunningService(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one and waits until it answers. */
  static RunningService in(Path directory) throws IOException, InterruptedException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                PublishedLibrary.java(),
                "-jar",
                JAR.toString(),
                "TestAutomationServicePortNumber=" + port,
                "TestAutomationServiceHostname=localhost")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("service.txt").toFile())
            .start();
    var service = new RunningService(process, port);
    service.await();
    return service;
  }

  int port() {
    return port;
  }

  private void await() throws InterruptedException {
    var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/healthz"));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        var body = HttpResponse.BodyHandlers.discarding();
        if (http.send(request.build(), body).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    close();
    throw new IllegalStateException("the service does not answer");
  }

  /** Ends it, and waits until it writes no more into its directory. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
