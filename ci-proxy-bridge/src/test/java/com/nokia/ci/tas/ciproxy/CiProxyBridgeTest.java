package com.nokia.ci.tas.ciproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge as a process: how it starts, obeys, and ends. */
final class CiProxyBridgeTest {
  private static final int SIGTERM_EXIT = 143;
  private static final String READY = "CI proxy is ready on localhost:";

  @TempDir Path directory;
  private Process process;

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void itServesWithStandardInputClosedAndEndsCleanlyWhenTold() throws Exception {
    var output = start("CIProxyPortNumber=0", "SimulatedProducts=1", "AdbDetector=off");
    process.getOutputStream().close();
    int port = readyPort(output);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write('1');
      assertEquals(
          "2@RM-763|USB1|GConnId_0000000000000001|004402130000015|15000$",
          message(socket.getInputStream()));
      process.destroy();
      assertEquals(-1, socket.getInputStream().read());
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(SIGTERM_EXIT, process.exitValue());
    try (var logs = Files.list(directory.resolve("logs"))) {
      String log = Files.readString(logs.findFirst().orElseThrow());
      assertTrue(log.contains(READY + port), log);
    }
  }

  @Test
  void typingQuitEndsItWithCodeZero() throws Exception {
    var output = start("CIProxyPortNumber=0", "SimulatedProducts=1", "AdbDetector=off");
    readyPort(output);
    process.getOutputStream().write("quit\n".getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }

  @Test
  void aWrongArgumentIsOneSentenceAndCodeTwo() throws Exception {
    var output = start("SimulatdProducts=3");
    assertEquals(
        "CIProxy.jar: argument \"SimulatdProducts\" is not known; did you mean SimulatedProducts?",
        output.readLine());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
  }

  @Test
  void aDetectorThatIsNeitherOnNorOffIsRefused() throws Exception {
    var output = start("AdbDetector=maybe");
    assertTrue(output.readLine().endsWith("argument AdbDetector=maybe is neither on nor off"));
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
  }

  @Test
  void theHelpShowsTheArgumentsOfEveryDetector() throws Exception {
    var output = start("--help");
    String help = String.join("\n", output.lines().toList());
    for (var name :
        List.of("CIProxyPortNumber=14999", "SimulatedProducts=", "AdbDetector=on", "AdbServer=")) {
      assertTrue(help.contains(name), help);
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }

  private BufferedReader start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPathWithoutTests()));
    command.add(CiProxyBridge.class.getName());
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** What the program's own jar holds: the tests bring a log configuration of theirs. */
  private static String classPathWithoutTests() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(it -> !it.contains("test-classes") && !it.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int readyPort(BufferedReader output) throws IOException {
    String line = output.readLine();
    assertTrue(line.startsWith(READY), line);
    return Integer.parseInt(line.substring(READY.length(), line.indexOf(' ', READY.length())));
  }

  private static String message(InputStream in) throws IOException {
    var message = new StringBuilder();
    int c;
    do {
      c = in.read();
      assertTrue(c >= 0, "the bridge closed the connection after " + message);
      message.append((char) c);
    } while (c != '$');
    return message.toString();
  }
}
