package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What adb and devices print. */
final class AdbDevicesTest {

  @Test
  void onlyADeviceThatCanBeUsedIsPresent() {
    assertEquals(
        Set.of("ABCD1234", "192.168.1.5:5555", "emulator-5554", "0123456789ABCDEF0123"),
        AdbDevices.online(
            """
            ABCD1234               device usb:1-1 product:a model:B device:c transport_id:1
            192.168.1.5:5555       device product:a
            emulator-5554\tdevice
            0123456789ABCDEF0123   device
            OFFLINE1               offline usb:1-2
            NOTALLOWED             unauthorized usb:1-3
            ????????????           no permissions (user in plugdev group); see http://example
            BOOTING                recovery
            lonely
            """));
    assertEquals(Set.of(), AdbDevices.online(""));
  }

  @Test
  void aDeviceOfWhoseNameNoKeyCanBeMadeIsAbsent() {
    assertEquals(Set.of("A.1"), AdbDevices.online("....... device\n. device\nA.1 device\n"));
  }

  @Test
  void propertiesAreReadAndRubbishIsNot() {
    assertEquals(
        Map.of("ro.product.model", "RM-980", "a", "", "b", "x]: [y"),
        AdbDevices.properties(
            "* daemon started\r\n[ro.product.model]: [RM-980]\r\n[a]: []\r\n[b]: [x]: [y]\n[c]\n"));
  }

  @Test
  void theTypeIsTheFirstThatADeviceTells() {
    var properties =
        Map.of(
            "ro.product.rmcode", "RM-980", "ro.product.model", "Phone", "ro.product.product", "");
    assertEquals("RM-980", describe(properties).rmCode());
    assertEquals("Phone", describe(Map.of("ro.product.model", "Phone")).rmCode());
    assertEquals("unknown", describe(Map.of()).rmCode());
  }

  @Test
  void theImeiIsTheKeyWhereADeviceTellsItAndElseTheSerialNumber() {
    assertEquals(
        Optional.of("490154203237518"),
        AdbDevices.imei(Map.of("persist.radio.imei", "none", "ril.imei", "490154203237518")));
    assertEquals(Optional.empty(), AdbDevices.imei(Map.of("ril.imei", "unknown")));
    assertEquals(
        Optional.of("490154203237518"),
        AdbDevices.imeiOfSubscriberInfo(
            "Phone Subscriber Info:\r\n  Phone Type = GSM\r\n  Device ID = 490154203237518\r\n"));
    assertEquals(Optional.empty(), AdbDevices.imeiOfSubscriberInfo("Can't find service"));
    assertEquals(
        new Device("192.168.1.5-5555", "unknown", "192.168.1.5:5555", "adb-192.168.1.5:5555", ""),
        AdbDevices.describe("192.168.1.5:5555", Optional.empty(), Map.of()));
  }

  @Test
  void twoDevicesThatClaimOneImeiStayTwo() {
    var first = AdbDevices.describe("A", Optional.of("490154203237518"), Map.of());
    var second = AdbDevices.describe("B", Optional.of("490154203237518"), Map.of());
    assertEquals(
        List.of("490154203237518", "B"),
        AdbDevices.distinct(List.of(first, second)).stream().map(Device::imei).toList());
  }

  @Test
  void aPhoneIsThereWhenItHasComeUp() {
    assertTrue(AdbDevices.isStarting(Map.of("init.svc.zygote", "running")));
    assertFalse(
        AdbDevices.isStarting(Map.of("init.svc.zygote", "running", "sys.boot_completed", "1")));
    assertFalse(AdbDevices.isStarting(Map.of("ro.product.model", "a board without Android")));
  }

  private static Device describe(Map<String, String> properties) {
    return AdbDevices.describe("ABCD1234", Optional.empty(), properties);
  }
}
