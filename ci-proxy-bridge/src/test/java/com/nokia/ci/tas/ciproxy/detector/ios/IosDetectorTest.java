package com.nokia.ci.tas.ciproxy.detector.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.ciproxy.detector.ContractOf;
import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import com.nokia.ci.tas.ciproxy.detector.SourceContract;
import com.nokia.ci.tas.ciproxy.sighting.Sightings;
import com.nokia.ci.tas.ciproxy.sighting.Tolerance;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * iOS devices by programs of our own that stand in for those of libimobiledevice. No real device
 * was there to try.
 */
@ContractOf(IosProvider.class)
final class IosDetectorTest extends SourceContract {
  private static final String ONE = "00008030-001C2D223A44802E";
  private static final String TWO = "2b6f0cc904d137be2e1730235f5664094b831186";
  private static final String IMEI = "490154203237518";

  @TempDir Path directory;

  @BeforeEach
  void standIn() throws IOException {
    program("idevice_id", "cat \"$here/list\"");
    program("ideviceinfo", "if [ \"$3\" = -q ]; then echo 85; else cat \"$here/$2\"; fi");
    Files.writeString(
        directory.resolve(ONE),
        """
        BuildVersion: 20B82
        DeviceName: Farm phone
        InternationalMobileEquipmentIdentity: 490154203237518
        NonVolatileRAM:
         SerialNumber: inside
        ProductType: iPhone12,1
        ProductVersion: 16.1
        SerialNumber: C8QXT2ABN72J
        """);
    Files.writeString(directory.resolve(TWO), "ProductType: iPad7,11\n");
    bringTheSourceBack();
  }

  @Override
  protected Detector newDetector() {
    return new PollingDetector(
        "ios",
        Duration.ofMillis(20),
        new IosTools(directory, InstantSource.system(), Duration.ofHours(1)));
  }

  @Override
  protected void unplugOne() throws IOException {
    list(ONE);
  }

  @Override
  protected void plugItAgain() throws IOException {
    list(ONE, TWO);
  }

  @Override
  protected void loseTheSource() throws IOException {
    Files.delete(directory.resolve("list"));
  }

  @Override
  protected void talkNonsense() throws IOException {
    list("ERROR: something", "../../etc/passwd", "-u", "\u0000", "x".repeat(10_000));
  }

  @Override
  protected void bringTheSourceBack() throws IOException {
    list(ONE, TWO);
  }

  @Override
  protected void plugInOneThatSays(String text) throws IOException {
    Files.writeString(
        directory.resolve("hostile-device"), "ProductType: " + text + "\nSerialNumber: " + text);
    list(ONE, TWO, "hostile-device");
  }

  @Override
  protected void plugInMany(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.writeString(directory.resolve("many-devices-" + i), "ProductType: iPad7,11\n");
    }
    list(IntStream.range(0, count).mapToObj("many-devices-%d"::formatted).toArray(String[]::new));
  }

  @Override
  protected int most() {
    return IosTools.MOST;
  }

  @Test
  void aDeviceIsWhatItTellsOfItself() throws Exception {
    start();
    awaitCount(2);
    assertEquals(
        List.of(
            new Device(
                IMEI,
                "iPhone12,1",
                ONE,
                "ios-" + ONE,
                "",
                Facts.of(
                    Map.of(
                        "cable", "ios:" + ONE,
                        "sn", "C8QXT2ABN72J",
                        "os", "iOS",
                        "os-version", "16.1",
                        "sw-version", "20B82",
                        "manufacturer", "Apple",
                        "model", "iPhone12,1",
                        "battery", "85"))),
            new Device(
                TWO,
                "iPad7,11",
                TWO,
                "ios-" + TWO,
                "",
                Facts.of(
                    Map.of(
                        "cable",
                        "ios:" + TWO,
                        "os",
                        "iOS",
                        "manufacturer",
                        "Apple",
                        "model",
                        "iPad7,11",
                        "battery",
                        "85")))),
        detector().devices());
  }

  @Test
  void aDeviceThatDoesNotTrustThisMachineIsNoProductAndDisturbsNoOther() throws Exception {
    list(ONE, "not-trusting", TWO);
    start();
    awaitImeis(IMEI, TWO);
  }

  @Test
  void aDeviceWhoseCableIsBadIsHeldOut() throws Exception {
    var bad = new Tolerance(2, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    try (var sightings =
        new Sightings(List.of(newDetector()), Optional.empty(), bad, InstantSource.system())) {
      // Somebody looks at each change, as communicators do.
      var changes = new Semaphore(0);
      sightings.start(changes::release);
      for (int i = 0; i < 2; i++) {
        list(ONE, TWO);
        awaitProducts(sightings, changes, 2);
        list(ONE);
        awaitProducts(sightings, changes, 1);
      }
      list(TWO);
      awaitProducts(sightings, changes, 0);
    }
  }

  @Test
  void theProgramsAreFoundWhereBothAre() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    String path = empty + File.pathSeparator + directory;
    assertEquals(Optional.of(directory), IosTools.find(path, File.pathSeparator));
    assertEquals(Optional.empty(), IosTools.find(empty.toString(), File.pathSeparator));
  }

  private static void awaitProducts(Sightings sightings, Semaphore changes, int count)
      throws InterruptedException {
    while (sightings.products().size() != count) {
      assertTrue(changes.tryAcquire(60, TimeUnit.SECONDS), "nothing changes any more");
    }
  }

  private void list(String... udids) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), String.join("\n", udids) + "\n");
    Files.move(next, directory.resolve("list"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void program(String name, String script) throws IOException {
    Path program =
        Files.writeString(
            directory.resolve(name), "#!/bin/sh\nhere=" + directory + "\n" + script + "\n");
    assertTrue(program.toFile().setExecutable(true));
  }
}
