package com.nokia.ci.tas.ciproxy.detector.usb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.ciproxy.detector.ContractOf;
import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import com.nokia.ci.tas.ciproxy.detector.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boards on USB, in a directory made to look like the system's. No real bus was there to try. */
@ContractOf(UsbProvider.class)
final class UsbDetectorTest extends SourceContract {
  @TempDir Path directory;
  private FakeUsb usb;

  @BeforeEach
  void plugInTwo() throws IOException {
    usb = new FakeUsb(directory.resolve("devices"));
    bringTheSourceBack();
  }

  @Override
  protected Detector newDetector() {
    return new PollingDetector("usb", Duration.ofMillis(20), new UsbTree(usb.root()));
  }

  @Override
  protected void unplugOne() throws IOException {
    usb.unplug("1-1.4");
  }

  @Override
  protected void plugItAgain() throws IOException {
    usb.board("1-1.4", "S2BB5003");
  }

  @Override
  protected void loseTheSource() throws IOException {
    usb.removeAll();
  }

  @Override
  protected void talkNonsense() throws IOException {
    usb.removeAll();
    usb.plug("1-2", Map.of("idVendor", "\u0000\u0001", "idProduct", "no number"));
    usb.plug("1-1.4", Map.of("idVendor", "0451"));
    Files.createFile(usb.root().resolve("1-7"));
    Files.createDirectory(usb.root().resolve("1-8"));
  }

  @Override
  protected void bringTheSourceBack() throws IOException {
    usb.removeAll();
    usb.board("1-1.2", "S1BB5003");
    usb.board("1-1.4", "S2BB5003");
  }

  @Override
  protected void plugInOneThatSays(String text) throws IOException {
    usb.plug(
        "1-3", Map.of("idVendor", "0451", "idProduct", "bef3", "serial", text, "product", text));
  }

  @Override
  protected void plugInMany(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      usb.board(i / 100 + 2 + "-" + i % 100, "MANY-" + i);
    }
  }

  @Override
  protected int most() {
    return UsbTree.MOST;
  }

  @Test
  void aBoardIsDescribedByWhatTheSystemListsAndNamedByNobody() throws Exception {
    start();
    awaitCount(2);
    assertEquals(
        new Device(
            "S1BB5003",
            "",
            "usb:1-1.2",
            "usb-1-1.2",
            "",
            Facts.of(
                Map.of(
                    "sn", "S1BB5003",
                    "usb", "0451:bef3",
                    "cable", "usb:1-1.2",
                    "manufacturer", "Maker",
                    "model", "Board"))),
        detector().devices().get(0));
  }

  @Test
  void hubsInterfacesAndBusesAreNoDevices() throws IOException {
    usb.plug("1-4", Map.of("idVendor", "1d6b", "idProduct", "0002", "bDeviceClass", "09"));
    usb.plug("usb1", Map.of("idVendor", "1d6b", "idProduct", "0002"));
    usb.plug("1-1.2:1.0", Map.of("idVendor", "0451", "idProduct", "bef3"));
    assertEquals(List.of("S1BB5003", "S2BB5003"), imeis(new UsbTree(usb.root())));
  }

  @Test
  void aBoardWhoseSerialNumberTellsNothingIsKnownByItsPort() throws IOException {
    usb.board("2-1", "0123456789ABCDEF");
    usb.board("2-2", "");
    assertEquals(
        List.of("S1BB5003", "S2BB5003", "usb-2-1", "usb-2-2"), imeis(new UsbTree(usb.root())));
  }

  @Test
  void anotherBoardInTheSamePortIsSeenThoughNoLookFellBetween() throws IOException {
    var tree = new UsbTree(usb.root());
    assertEquals(List.of("S1BB5003", "S2BB5003"), imeis(tree));
    usb.unplug("1-1.4");
    usb.board("1-1.4", "S3BB5003");
    assertEquals(List.of("S1BB5003", "S3BB5003"), imeis(tree));
  }

  private static List<String> imeis(UsbTree tree) throws IOException {
    return tree.look().stream().map(Device::imei).toList();
  }
}
