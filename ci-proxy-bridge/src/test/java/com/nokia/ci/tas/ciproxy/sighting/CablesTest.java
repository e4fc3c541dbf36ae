package com.nokia.ci.tas.ciproxy.sighting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One product is one product, whichever cables it hangs on. */
final class CablesTest {
  private static final String IMEI = "490154203237518";
  private static final String OTHER_IMEI = "356938035643809";
  private static final Device ADB_USB = phone(IMEI, "ABCD1234", "usb:1-1.4");
  private static final Device ADB_TCP = phone(IMEI, "192.168.1.5:5555", "tcp:192.168.1.5:5555");
  private static final Device BOARD =
      seen("usb-1-1.4", "ABCD1234", "abcd-1234", "usb:1-1.4", "RM-980");

  private final Cables cables = new Cables();

  @Test
  void aPhoneOnUsbAndOnTheNetworkIsOneProductThatIsUsedOverUsb() {
    Device product = only(List.of(ADB_TCP, ADB_USB), List.of(BOARD));
    assertEquals(IMEI, product.imei());
    assertEquals("ABCD1234", product.connectionName());
    assertEquals("usb:1-1.4 tcp:192.168.1.5:5555", product.facts().get(Facts.CABLE).orElse(""));
  }

  @Test
  void whenTheUsbCableGoesTheProductStaysOnTheNetwork() {
    only(List.of(ADB_USB, ADB_TCP), List.of());
    Device product = only(List.of(ADB_TCP), List.of());
    assertEquals(IMEI, product.imei());
    assertEquals("192.168.1.5:5555", product.connectionName());
  }

  @Test
  void aSerialNumberStaysKnownByTheImeiThatItOnceHad() {
    only(List.of(ADB_USB), List.of(BOARD));
    assertEquals(IMEI, only(List.of(), List.of(BOARD)).imei());
  }

  @Test
  void whatHangsOnOneUsbPortIsOneProductThoughItTellsOneDetectorNoSerialNumber() {
    var mute = seen("usb-1-1.4", "usb-1-1.4", "", "usb:1-1.4", "RM-980");
    assertEquals(IMEI, only(List.of(ADB_USB), List.of(mute)).imei());
  }

  @Test
  void aSerialNumberThatEveryDeviceHasJoinsNothing() {
    var one = seen("a", "board-a", "0123456789ABCDEF", "tcp:a:5555", "RM-1");
    var two = seen("b", "board-b", "0123456789ABCDEF", "usb:1-2", "RM-1");
    assertEquals(List.of("board-a", "board-b"), names(List.of(one, two)));
  }

  @Test
  void ofTwoOnTwoUsbPortsThatClaimOneImeiTheSecondIsKnownByItsConnectionAndStaysSo() {
    var first = phone(IMEI, "A1B2C3D4", "usb:1-1");
    var second = phone(IMEI, "E5F6A7B8", "usb:1-2");
    assertEquals(List.of(IMEI, "E5F6A7B8"), names(List.of(first, second)));
    assertEquals(List.of("E5F6A7B8"), names(List.of(second)));
    assertEquals(List.of(IMEI, "E5F6A7B8"), names(List.of(second, first)));
  }

  @Test
  void phonesWithDifferentImeisAreTwoWhateverElseTheyShare() {
    var one = phone(IMEI, "ABCD1234", "usb:1-1");
    var two = phone(OTHER_IMEI, "ABCD1234", "tcp:a:5555");
    assertEquals(List.of(OTHER_IMEI, IMEI), names(List.of(one, two)));
  }

  @Test
  void aPhoneThatMovesToAnotherPortIsNeverTwoWhileOneDetectorLagsBehind() {
    var moved = phone(IMEI, "ABCD1234", "usb:1-2");
    assertEquals(IMEI, only(List.of(moved), List.of(BOARD)).imei());
  }

  @Test
  void theTypeIsThatOfTheDetectorThatKnowsIt() {
    var untold = new Device(IMEI, Device.UNKNOWN_MODEL, "ABCD1234", "adb-ABCD1234", "", facts());
    assertEquals("RM-980", only(List.of(untold), List.of(BOARD)).rmCode());
  }

  @Test
  void tenThousandProductsAreTenThousand() {
    var many =
        IntStream.range(0, 10_000)
            .mapToObj(it -> new Device("imei" + it, "RM-763", "USB" + it, "id" + it, ""))
            .toList();
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertEquals(many, cables.join(List.of(many))));
  }

  private List<String> names(List<Device> seen) {
    return cables.join(List.of(seen)).stream().map(Device::imei).sorted().toList();
  }

  private Device only(List<Device> adb, List<Device> usb) {
    List<Device> products = cables.join(List.of(adb, usb));
    assertEquals(1, products.size(), products::toString);
    return products.get(0);
  }

  private static Facts facts() {
    return Facts.of(Map.of("sn", "ABCD1234", "cable", "usb:1-1.4"));
  }

  private static Device phone(String imei, String name, String cable) {
    String serial = name.indexOf(':') < 0 ? name : "ABCD1234";
    return new Device(
        imei, "RM-980", name, "adb-" + name, "", Facts.of(Map.of("sn", serial, "cable", cable)));
  }

  private static Device seen(String id, String key, String serial, String cable, String rmCode) {
    return new Device(key, rmCode, key, id, "", Facts.of(Map.of("sn", serial, "cable", cable)));
  }
}
