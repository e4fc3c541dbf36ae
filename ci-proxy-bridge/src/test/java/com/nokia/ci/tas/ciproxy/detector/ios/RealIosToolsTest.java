package com.nokia.ci.tas.ciproxy.detector.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.ciproxy.detector.ContractOf;
import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.DetectorContract;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real programs of libimobiledevice with made-up devices behind them, which are asked without
 * pairing. Needs Debian's package {@code libimobiledevice-utils}; where it is missing these tests
 * fail. No real device was there to try.
 */
@ContractOf(IosProvider.class)
final class RealIosToolsTest extends DetectorContract {
  private static final String ONE = "00008030-001C2D223A44802E";
  private static final String TWO = "2b6f0cc904d137be2e1730235f5664094b831186";

  @TempDir Path directory;
  private FakeUsbmuxd usbmuxd;

  @BeforeEach
  void plugInTwo() throws IOException {
    usbmuxd =
        new FakeUsbmuxd(
            Map.of(
                "ProductType", "iPhone12,1",
                "ProductVersion", "16.1",
                "BuildVersion", "20B82"));
    usbmuxd.plug(ONE);
    usbmuxd.plug(TWO);
    Path tools =
        IosTools.find(System.getenv().getOrDefault("PATH", ""), File.pathSeparator)
            .orElseThrow(
                () ->
                    new AssertionError(
                        "install Debian's package libimobiledevice-utils, as ./tas verify does"));
    program("idevice_id", tools.resolve("idevice_id") + " \"$@\"");
    program("ideviceinfo", tools.resolve("ideviceinfo") + " --simple \"$@\"");
  }

  @AfterEach
  void endUsbmuxd() throws IOException {
    usbmuxd.close();
  }

  @Override
  protected Detector newDetector() {
    return new PollingDetector(
        "ios",
        Duration.ofMillis(50),
        new IosTools(directory, InstantSource.system(), Duration.ofHours(1)));
  }

  @Override
  protected void unplugOne() {
    usbmuxd.unplug(TWO);
  }

  @Override
  protected void plugItAgain() {
    usbmuxd.plug(TWO);
  }

  @Test
  void whatTheProgramsPrintIsUnderstood() throws Exception {
    start();
    awaitCount(2);
    Facts facts =
        Facts.of(
            Map.of(
                "os", "iOS",
                "os-version", "16.1",
                "sw-version", "20B82",
                "manufacturer", "Apple",
                "model", "iPhone12,1",
                "battery", "85"));
    assertEquals(
        List.of(
            new Device(
                ONE, "iPhone12,1", ONE, "ios-" + ONE, "", facts.with(Facts.CABLE, "ios:" + ONE)),
            new Device(
                TWO, "iPhone12,1", TWO, "ios-" + TWO, "", facts.with(Facts.CABLE, "ios:" + TWO))),
        detector().devices());
  }

  private void program(String name, String call) throws IOException {
    Path program =
        Files.writeString(
            directory.resolve(name),
            "#!/bin/sh\nexport USBMUXD_SOCKET_ADDRESS="
                + usbmuxd.address()
                + "\nexec "
                + call
                + "\n");
    assertTrue(program.toFile().setExecutable(true));
  }
}
