package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adb detector against a real adb server with made-up devices. Needs Debian's package {@code
 * adb}; where it is missing these tests fail, because a farm of phones needs them.
 */
@ContractOf(AdbProvider.class)
final class RealAdbTest extends DetectorContract {
  private static final String IMEI = "490154203237518";
  private static final AdbDetector.Pace HURRIED =
      new AdbDetector.Pace(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(500));

  @TempDir Path home;
  private AdbServer adb;
  private Process server;
  private FakeAdbDevice one;
  private FakeAdbDevice two;

  @BeforeEach
  void startAdb() throws Exception {
    assertTrue(
        adbProgram().isPresent(),
        "adb is not installed; install Debian's package adb, as ./tas verify does");
    adb = new AdbServer(new Endpoint("127.0.0.1", freePort()));
    one =
        new FakeAdbDevice(
            Map.of(
                "getprop",
                    """
                    [ro.product.rmcode]: [RM-980]
                    [ro.product.model]: [Phone]
                    [ro.serialno]: [ABCD1234]
                    [ro.build.version.release]: [9]
                    [ro.build.version.sdk]: [28]
                    [gsm.sim.state]: [READY]
                    [gsm.sim.operator.alpha]: [Operator]
                    """,
                "service call iphonesubinfo 1",
                    """
                    Result: Parcel(
                      0x00000000: 00000000 0000000f 00390034 00310030 '........4.9.0.1.'
                      0x00000010: 00340035 00330032 00330032 00350037 '5.4.2.0.3.2.3.7.'
                      0x00000020: 00380031 00000000                   '5.1.8...        ')
                    """,
                "dumpsys battery", "Current state:\n  level: 85\n  scale: 100\n"));
    two = new FakeAdbDevice(Map.of("getprop", "[ro.product.model]: [Board]\n"));
    startServer();
  }

  private void startServer() throws Exception {
    var builder = new ProcessBuilder("adb", "nodaemon", "server");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("ANDROID_ADB_SERVER_PORT", Integer.toString(adb.address().port()));
    builder.environment().remove("ADB_SERVER_SOCKET");
    builder.redirectErrorStream(true).redirectOutput(home.resolve("adb.log").toFile());
    server = builder.start();
    connect(one.serial());
    connect(two.serial());
  }

  @AfterEach
  void endAdb() throws Exception {
    try {
      Closing.all(one, two);
    } finally {
      server.destroy();
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    }
  }

  @Override
  protected Detector newDetector() {
    return new AdbDetector(adb, HURRIED);
  }

  @Override
  protected void unplugOne() throws IOException {
    command("host:disconnect:" + two.serial());
  }

  @Override
  protected void plugItAgain() throws IOException {
    command("host:connect:" + two.serial());
  }

  @Test
  void propertiesComeFromTheDevices() throws Exception {
    start();
    awaitCount(2);
    assertEquals(
        Set.of(
            new Device(
                IMEI,
                "RM-980",
                one.serial(),
                "adb-" + one.serial(),
                "",
                Facts.of(
                    Map.of(
                        "sn", "ABCD1234",
                        "cable", "tcp:" + one.serial(),
                        "model", "Phone",
                        "os", "Android",
                        "os-version", "9",
                        "sim1-operator", "Operator",
                        "battery", "85"))),
            new Device(
                two.serial(),
                "Board",
                two.serial(),
                "adb-" + two.serial(),
                "",
                Facts.of(Map.of("model", "Board", "cable", "tcp:" + two.serial())))),
        Set.copyOf(detector().devices()));
  }

  @Test
  void aDeviceThatDropsDeadIsAbsentThoughAdbStillListsIt() throws Exception {
    start();
    awaitCount(2);
    one.close();
    awaitImeis(two.serial().replace(':', '-'));
  }

  @Test
  void anAdbServerThatIsKilledAndStartedAgainBringsItsDevicesBack() throws Exception {
    start();
    awaitCount(2);
    server.destroyForcibly().waitFor();
    awaitCount(0);
    startServer();
    awaitImeis(IMEI, two.serial().replace(':', '-'));
  }

  /** Tries until the server is up; the process is watched, so a dead one ends the trying. */
  private void connect(String serial) throws Exception {
    while (true) {
      try {
        command("host:connect:" + serial);
        return;
      } catch (IOException e) {
        assertTrue(
            !server.waitFor(50, TimeUnit.MILLISECONDS),
            () -> "adb ended: " + read(home.resolve("adb.log")));
      }
    }
  }

  private void command(String service) throws IOException {
    try (var connection = adb.open(service)) {
      connection.readBlock();
    }
  }

  private static Stream<Path> path() {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1)).map(Path::of);
  }

  private static Optional<Path> adbProgram() {
    return path().map(it -> it.resolve("adb")).filter(Files::isExecutable).findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String read(Path file) {
    try {
      return String.join("\n", Files.readAllLines(file));
    } catch (IOException e) {
      return List.of(e).toString();
    }
  }
}
