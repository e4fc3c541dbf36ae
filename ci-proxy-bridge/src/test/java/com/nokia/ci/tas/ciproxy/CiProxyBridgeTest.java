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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void aBoardAndTheProductsOfACommandAreServedUnderTheNamesOfTheFarmWithTheirFacts()
      throws Exception {
    Path board = Files.createDirectories(directory.resolve("usb").resolve("1-1.4"));
    for (var it :
        Map.of("idVendor", "0451", "idProduct", "bef3", "serial", "S1BB5003", "devnum", "7")
            .entrySet()) {
      Files.writeString(board.resolve(it.getKey()), it.getValue() + "\n");
    }
    Files.writeString(
        directory.resolve("models.txt"),
        "usb:0451:bef3; -> rm-code:BEAGLE-5; role:reference;\nmodel:B* -> rm-code:RM-980\n");
    Files.writeString(
        directory.resolve("list.json"), "[{\"imei\":\"004402136230483\",\"model\":\"Bench\"}]");
    var output =
        start(
            "CIProxyPortNumber=0",
            "AdbDetector=off",
            "IosDetector=off",
            "DeviceModels=models.txt",
            "UsbDevices=usb",
            "Command=cat list.json");
    int port = readyPort(output);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(new byte[] {'1', '2'});
      var wanted =
          Set.of(
              "3@004402136230483|model=Bench$",
              "3@S1BB5003|cable=usb%3A1-1.4|role=reference|sn=S1BB5003|usb=0451%3Abef3$");
      var facts = new HashSet<String>();
      var products = new StringBuilder();
      while (!facts.containsAll(wanted)) {
        String message = message(socket.getInputStream());
        if (message.startsWith("3")) {
          facts.add(message);
        } else {
          products.append(message);
        }
      }
      for (var product :
          List.of(
              "@BEAGLE-5|usb:1-1.4|usb-1-1.4|S1BB5003|",
              "@RM-980|004402136230483|command-004402136230483|004402136230483|")) {
        assertTrue(products.indexOf(product) >= 0, products.toString());
      }
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
        List.of(
            "CIProxyPortNumber=14999",
            "DeviceModels=",
            "SimulatedProducts=",
            "AdbDetector=on",
            "AdbServer=",
            "IosDetector=",
            "Command=",
            "CommandPeriod=30",
            "UsbDetector=",
            "UsbDevices=/sys/bus/usb/devices",
            "java -jar CIProxy.jar DeviceModels=models.txt")) {
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
    while (line != null && !line.startsWith(READY)) { // detectors may have said something before
      line = output.readLine();
    }
    assertTrue(line != null, "the bridge ended");
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
