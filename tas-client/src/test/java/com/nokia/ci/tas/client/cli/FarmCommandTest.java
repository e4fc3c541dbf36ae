package com.nokia.ci.tas.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a service, shown and changed where they live. */
final class FarmCommandTest {
  private static final String TEXT =
      "# Enabling (1) and disabling (0):\n# maintenance-mode=9\n maintenance-mode = 0\n\n# the end";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer service;
  private Path file;

  /** A service that reads its file each time it is asked. */
  @BeforeEach
  void open() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    file = Files.writeString(directory.resolve("configuration.dat"), TEXT);
    Files.createDirectories(
        directory.resolve("store").resolve(String.valueOf(service.getAddress().getPort())));
    service.createContext(
        "/",
        exchange -> {
          byte[] body = settings(Files.readString(file)).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  private static String settings(String text) {
    String value =
        text.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("maintenance-mode"))
            .map(line -> line.substring(line.indexOf('=') + 1).strip())
            .reduce("0", (first, last) -> last);
    boolean isGood = value.matches("[01]");
    return "{\"settings\": [{\"key\": \"maintenance-mode\", \"value\": \""
        + (isGood ? value : "0")
        + "\"}], \"complaints\": ["
        + (isGood ? "" : "\"line 3: maintenance-mode=" + value + " is no switch\"")
        + "]}";
  }

  @AfterEach
  void close() {
    service.stop(0);
  }

  @Test
  void whatIsNotInForceStandsBelowTheSettings() throws Exception {
    Files.writeString(file, "maintenance-mode=9\n");

    assertEquals(0, run(), err.toString());

    assertEquals(
        List.of(
            "Setting           Value",
            "maintenance-mode  0",
            "line 3: maintenance-mode=9 is no switch"),
        out.toString().lines().toList());
  }

  @Test
  void aSettingIsChangedInItsLineAndAllElseStays() throws Exception {
    assertEquals(0, run("--set", "maintenance-mode=1"), err.toString());

    assertEquals("maintenance-mode is 1 now; it was 0\n", out.toString());
    assertEquals(
        TEXT.replace(" maintenance-mode = 0", "maintenance-mode=1"), Files.readString(file));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(2, files.count(), "nothing is left beside it");
    }
  }

  @Test
  void aValueThatTheServiceCannotUseIsTakenBack() throws Exception {
    assertEquals(2, run("--set", "maintenance-mode=perhaps"));

    assertTrue(err.toString().contains("maintenance-mode=perhaps is no switch"), err.toString());
    assertEquals(TEXT, Files.readString(file));
  }

  @Test
  void anUnknownSettingIsRefusedWithTheNearest() throws Exception {
    assertEquals(2, run("--set", "maintenence-mode=1"));

    assertTrue(err.toString().contains("did you mean maintenance-mode?"), err.toString());
    assertEquals(TEXT, Files.readString(file));
  }

  @Test
  void theFileOfAnotherServiceIsLeftAlone() throws Exception {
    Files.delete(
        directory.resolve("store").resolve(String.valueOf(service.getAddress().getPort())));

    assertEquals(3, run("--set", "maintenance-mode=1"));

    assertTrue(err.toString().contains("run this on its machine"), err.toString());
    assertEquals(TEXT, Files.readString(file));
  }

  @Test
  void aKeyThatTheFileHasNotIsAddedAtItsEnd() {
    assertEquals("# a\n# b=1\nb=2\n", SettingChange.edited("# a\n# b=1", "b", " 2 "));
    assertEquals("a=1\r\nb=3\r\nc=4", SettingChange.edited("a=1\r\nb=2\r\nc=4", "b", "3"));
  }

  private int run(String... further) {
    var arguments =
        Stream.concat(
                Stream.of(
                    "farm",
                    "--service",
                    "localhost:" + service.getAddress().getPort(),
                    "--directory",
                    directory.toString()),
                Stream.of(further))
            .toList();
    return TasCommandLine.run(
        new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
  }
}
