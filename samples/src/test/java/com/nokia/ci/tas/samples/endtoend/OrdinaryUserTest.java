package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The farm run by a user who owns nothing but a directory and stands in no list of users. Only the
 * administrator can become that user, so others skip it: they are ordinary users all the time.
 */
class OrdinaryUserTest {
  private static final int USER = 54_321;

  @TempDir Path scratch;

  private final List<Program> programs = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void onlyTheAdministrator() throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(scratch, "unix:uid"))
            && Program.isOnPath("setpriv"),
        "only the administrator becomes another user");
    Files.setAttribute(scratch, "unix:uid", USER);
    port = Program.freePort();
  }

  @AfterEach
  void end() {
    programs.forEach(Program::close);
  }

  @Test
  void everyProgramOfTheFarmRunsAsAnOrdinaryUser() throws Exception {
    Program service = startFarm();
    for (Program program : programs) {
      assertEquals(USER, Files.getAttribute(Path.of("/proc/" + program.pid()), "unix:uid"));
    }
    Path workspace = ownDirectory("workspace");
    Files.writeString(workspace.resolve("execute.sh"), "id -u\n");
    Program client =
        start(
            "client",
            Program.CLIENT,
            "start",
            "--service",
            "localhost:" + port,
            "--id",
            "ordinary",
            "--workspace",
            workspace.toString(),
            "--executor-application",
            "sh",
            "--executor-script",
            "execute.sh",
            "--require",
            "rm-code:RM-763;");
    assertEquals(0, client.exitCode(), () -> client.text() + service.text());
    assertTrue(client.lines().contains(Integer.toString(USER)), client.text());
  }

  @Test
  void keysThatTheAdministratorMakesBelongToTheUserOfTheService() throws Exception {
    Program service = startService();
    Path home = scratch.resolve("tas");
    Program keys =
        keep(
            Program.start(
                home,
                List.of(
                    Program.java(),
                    "-jar",
                    Program.SERVICE.toString(),
                    "keys",
                    "--port",
                    Integer.toString(port))));
    assertEquals(0, keys.exitCode(), keys.text());
    service.untilPrinted("TLS is on");
    try (Stream<Path> files = Files.walk(home.resolve("store").resolve(Integer.toString(port)))) {
      for (Path file : files.toList()) {
        assertEquals(USER, Files.getAttribute(file, "unix:uid"), file.toString());
      }
    }
  }

  private Program startFarm() throws Exception {
    Program service = startService();
    int bridgePort = Program.freePort();
    start(
        "bridge",
        Program.BRIDGE,
        "CIProxyPortNumber=" + bridgePort,
        "SimulatedProducts=1",
        "AdbDetector=off");
    Program node =
        start(
            "node",
            Program.COMMUNICATOR,
            "TestAutomationServiceHostname=localhost",
            "TestAutomationServicePortNumber=" + port,
            "TestAutomationCommunicatorPortNumber=" + Program.freePort(),
            "TestAutomationCommunicatorHostname=localhost",
            "CIProxyPortNumber=" + bridgePort);
    Patience.untilTrue(
        "the product is free; the node says:\n" + node.text(),
        () -> get("/api/v1/products").contains("\"free\""));
    return service;
  }

  private Program startService() throws Exception {
    Program service =
        start(
            "tas",
            Program.SERVICE,
            "TestAutomationServicePortNumber=" + port,
            "TestAutomationServiceHostname=localhost",
            "test-minimal-execution-time=1000");
    service.untilPrinted("is ready");
    return service;
  }

  private Program start(String name, Path jar, String... arguments) throws IOException {
    Path home = ownDirectory(name);
    Path copy = home.resolve(jar.getFileName());
    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    var command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                Program.java(),
                "-Xmx256m",
                "-jar",
                copy.toString()));
    command.addAll(List.of(arguments));
    return keep(Program.start(home, command));
  }

  private Program keep(Program program) {
    programs.add(program);
    return program;
  }

  private Path ownDirectory(String name) throws IOException {
    Path directory = Files.createDirectories(scratch.resolve(name));
    Files.setAttribute(directory, "unix:uid", USER);
    return directory;
  }

  private String get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
