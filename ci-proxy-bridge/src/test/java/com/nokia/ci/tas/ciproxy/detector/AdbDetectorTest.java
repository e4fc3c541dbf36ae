package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The adb detector against a scripted server. */
@ContractOf(AdbProvider.class)
final class AdbDetectorTest extends SourceContract {
  private static final String IMEI = "490154203237518";
  private static final AdbDetector.Pace HURRIED =
      new AdbDetector.Pace(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(50));

  private FakeAdbServer adb;

  @Override
  protected Detector newDetector() throws IOException {
    adb = new FakeAdbServer();
    adb.prints("ONE", "getprop", "[ro.product.rmcode]: [RM-980]\n[ril.imei]: [" + IMEI + "]\n");
    adb.state("ONE", "device");
    adb.state("TWO", "device");
    return new AdbDetector(new AdbServer(adb.address()), HURRIED);
  }

  @Override
  protected void unplugOne() {
    adb.state("TWO", "offline");
  }

  @Override
  protected void plugItAgain() {
    adb.state("TWO", "device");
  }

  @Override
  protected void loseTheSource() throws IOException {
    adb.leave();
  }

  @Override
  protected void talkNonsense() throws IOException {
    adb.leave();
    adb.comeBackTalking("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(1_000));
  }

  @Override
  protected void bringTheSourceBack() throws IOException {
    adb.leave();
    adb.comeBack();
    adb.state("ONE", "device");
    adb.state("TWO", "device");
  }

  @Override
  protected void plugInOneThatSays(String text) {
    adb.prints("THREE", "getprop", "[ro.product.model]: [" + text + "]\n[ril.imei]: [" + text);
    adb.state("THREE", "device");
  }

  @Override
  protected void plugInMany(int count) {
    adb.states(IntStream.range(0, count).mapToObj(it -> "MORE" + it).toList(), "device");
  }

  @Override
  protected int most() {
    return AdbDevices.MOST;
  }

  @AfterEach
  void closeTheServer() throws IOException {
    if (adb != null) {
      adb.close();
    }
  }

  @Test
  void aDeviceIsDescribedByItsProperties() throws Exception {
    start();
    awaitCount(2);
    assertEquals(
        Set.of(
            new Device(
                IMEI,
                "RM-980",
                "ONE",
                "adb-ONE",
                "",
                Facts.of(Map.of("sn", "ONE", "cable", "usb:1-1"))),
            new Device(
                "TWO",
                "unknown",
                "TWO",
                "adb-TWO",
                "",
                Facts.of(Map.of("sn", "TWO", "cable", "usb:1-1")))),
        Set.copyOf(detector().devices()));
  }

  @Test
  void theImeiOfTheSubscriberInformationIsTakenToo() throws Exception {
    detectorWith("THREE", "dumpsys iphonesubinfo", "  Device ID = 356938035643809\n");
    awaitCount(3);
    assertTrue(imeis().contains("356938035643809"));
  }

  @Test
  void aDeviceThatNeverAnswersKeepsNoOtherWaiting() throws Exception {
    detectorWith("AAA", "getprop", FakeAdbServer.SILENCE);
    awaitImeis(IMEI, "TWO");
  }

  @Test
  void aDeviceThatHasNotComeUpIsAskedAgain() throws Exception {
    detectorWith("THREE", "getprop", "[init.svc.zygote]: [running]\n");
    awaitCount(2);
    adb.prints("THREE", "getprop", "[init.svc.zygote]: [running]\n[sys.boot_completed]: [1]\n");
    awaitCount(3);
  }

  @Test
  void aDeviceKeepsItsNameWhenItsImeiCannotBeReadAnyMore() throws Exception {
    start();
    awaitCount(2);
    adb.remove("ONE");
    awaitCount(1);
    adb.prints("ONE", "getprop", "");
    adb.state("ONE", "device");
    awaitImeis(IMEI, "TWO");
  }

  @Test
  void aDeviceThatTheServerDoesNotTellOfIsMissedAllTheSame() throws Exception {
    start();
    awaitCount(2);
    adb.stateUntold("TWO", "offline");
    awaitImeis(IMEI);
  }

  @Test
  void whatChangesWhileADeviceIsInIsSeen() throws Exception {
    start();
    awaitCount(2);
    adb.prints("ONE", "dumpsys battery", "  level: 85\n  scale: 100\n");
    awaitBattery("85");
    adb.prints("ONE", "dumpsys battery", "  level: 42\n  scale: 50\n");
    awaitBattery("84");
  }

  @Test
  void aDeviceThatAnswersNoMoreStaysWhatItWasWhileAdbHasIt() throws Exception {
    start();
    awaitCount(2);
    adb.prints("ONE", "getprop", "[init.svc.zygote]: [restarting]\n");
    adb.prints("TWO", "getprop", "[ro.product.model]: [Board]\n");
    await("Board", devices -> devices.stream().anyMatch(it -> it.rmCode().equals("Board")));
    assertEquals(Set.of(IMEI, "TWO"), imeis());
  }

  private void awaitBattery(String level) throws InterruptedException {
    await(
        "battery " + level,
        devices ->
            devices.stream().anyMatch(it -> it.facts().get("battery").equals(Optional.of(level))));
  }

  @Test
  void theAbsenceOfAServerIsSaidOnce() throws Exception {
    var said = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(AdbDetector.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
    said.start();
    var detector = newDetector();
    try {
      adb.leave();
      var tries = new CountDownLatch(3);
      adb.onRefusal(tries::countDown);
      detector.start(() -> {});
      assertTrue(tries.await(30, TimeUnit.SECONDS));
      assertEquals(
          1,
          List.copyOf(said.list).stream()
              .filter(it -> it.getMessage().startsWith("no adb server"))
              .count());
    } finally {
      detector.close();
      logger.detachAppender(said);
      logger.setLevel(before);
    }
  }

  @Test
  void theServerIsFoundAsAdbItselfFindsIt() {
    assertEquals(server("127.0.0.1", 5037), AdbServer.of(Map.<String, String>of()::get));
    assertEquals(
        server("127.0.0.1", 6000), AdbServer.of(Map.of("ANDROID_ADB_SERVER_PORT", "6000")::get));
    assertEquals(
        server("farm7", 6000),
        AdbServer.of(
            Map.of("ANDROID_ADB_SERVER_PORT", "6000", "ANDROID_ADB_SERVER_ADDRESS", "farm7")::get));
    assertEquals(
        server("farm7", 6001),
        AdbServer.of(
            Map.of("ADB_SERVER_SOCKET", "tcp:farm7:6001", "ANDROID_ADB_SERVER_PORT", "6000")::get));
    assertEquals(
        server("127.0.0.1", 6001), AdbServer.of(Map.of("ADB_SERVER_SOCKET", "tcp:6001")::get));
    var refusal =
        assertThrows(
            SettingsException.class,
            () -> AdbServer.of(Map.of("ANDROID_ADB_SERVER_PORT", "adb")::get));
    assertTrue(refusal.getMessage().contains("ANDROID_ADB_SERVER_PORT"), refusal.getMessage());
  }

  private void detectorWith(String serial, String command, String output) throws Exception {
    start();
    adb.prints(serial, command, output);
    adb.state(serial, "device");
  }

  private static AdbServer server(String host, int port) {
    return new AdbServer(new Endpoint(host, port));
  }
}
