package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What adb and devices print. */
final class AdbDevicesTest {

  @Test
  void onlyADeviceThatCanBeUsedIsPresent() {
    assertEquals(
        Map.of(
            "ABCD1234", "usb:1-1.4",
            "192.168.1.5:5555", "tcp:192.168.1.5:5555",
            "emulator-5554", "tcp:emulator-5554",
            "0123456789ABCDEF0123", ""),
        AdbDevices.online(
            """
            ABCD1234               device usb:1-1.4 product:a model:B device:c transport_id:1
            192.168.1.5:5555       device product:a
            emulator-5554\tdevice
            0123456789ABCDEF0123   device
            OFFLINE1               offline usb:1-2
            NOTALLOWED             unauthorized usb:1-3
            ????????????           no permissions (user in plugdev group); see http://example
            BOOTING                recovery
            lonely
            """));
    assertEquals(Map.of(), AdbDevices.online(""));
  }

  @Test
  void aDeviceOfWhoseNameNoKeyCanBeMadeIsAbsent() {
    assertEquals(
        Set.of("A.1"), AdbDevices.online("....... device\n. device\nA.1 device\n").keySet());
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
    assertEquals("ABCD1234", describe(Map.of("ro.serialno", "OTHER123")).imei());
  }

  @Test
  void onTheNetworkADeviceIsKnownByItsOwnSerialNumberUnlessEveryDeviceHasThat() {
    assertEquals("ABCD1234", onNetwork("192.168.1.5:5555", "ABCD1234"));
    assertEquals("192.168.1.5-5555", onNetwork("192.168.1.5:5555", "0123456789ABCDEF"));
    assertEquals("192.168.1.5-5555", onNetwork("192.168.1.5:5555", ""));
    assertEquals("emulator-5554", onNetwork("emulator-5554", "EMULATOR33X1X28X0"));
  }

  @Test
  void whatElseADeviceTellsBecomesFacts() {
    var facts =
        describe(
                Map.ofEntries(
                    Map.entry("ro.build.version.release", "14"),
                    Map.entry("ro.build.display.id", "UP1A.231005.007"),
                    Map.entry("ro.build.fingerprint", "brand/dev/14:user/release-keys"),
                    Map.entry("ro.product.model", "Phone"),
                    Map.entry("ro.product.manufacturer", "Maker"),
                    Map.entry("gsm.sim.state", "LOADED,ABSENT"),
                    Map.entry("gsm.sim.operator.alpha", "Operator, Other"),
                    Map.entry("gsm.sim.operator.numeric", "24405,24406"),
                    Map.entry("gsm.sim.operator.iso-country", "fi,fi")))
            .facts();
    assertEquals(
        Map.of(
            "sn", "ABCD1234",
            "os", "Android",
            "os-version", "14",
            "sw-version", "UP1A.231005.007",
            "fingerprint", "brand/dev/14:user/release-keys",
            "model", "Phone",
            "manufacturer", "Maker",
            "sim1-operator", "Operator",
            "sim1-operator-code", "24405",
            "sim1-operator-country", "fi"),
        facts.values());
  }

  @Test
  void anEarlierPhoneTellsItsSecondCardInPropertiesOfItsOwn() {
    var facts =
        describe(
                Map.of(
                    "gsm.sim.state", "READY",
                    "gsm.sim.operator.alpha", "One",
                    "gsm.sim2.state", "READY",
                    "gsm.sim2.operator.alpha", "Two"))
            .facts();
    assertEquals(
        Map.of("sn", "ABCD1234", "sim1-operator", "One", "sim2-operator", "Two"), facts.values());
  }

  @Test
  void theBatteryIsToldInPercent() {
    assertEquals(
        Optional.of("85"), AdbDevices.battery("Current state:\n  level: 85\n  scale: 100\n"));
    assertEquals(Optional.of("50"), AdbDevices.battery("  level: 127\n  scale: 254\n"));
    assertEquals(Optional.empty(), AdbDevices.battery("  level: full\n"));
    assertEquals(Optional.empty(), AdbDevices.battery("  level: 120\n"));
    assertEquals(Optional.empty(), AdbDevices.battery("Can't find service: battery"));
  }

  @Test
  void aPhoneIsThereWhenItHasComeUp() {
    assertTrue(AdbDevices.isStarting(Map.of("init.svc.zygote", "running")));
    assertFalse(
        AdbDevices.isStarting(Map.of("init.svc.zygote", "running", "sys.boot_completed", "1")));
    assertFalse(AdbDevices.isStarting(Map.of("ro.product.model", "a board without Android")));
  }

  private static String onNetwork(String serial, String own) {
    return AdbDevices.describe(serial, Optional.empty(), Map.of("ro.serialno", own)).imei();
  }

  private static Device describe(Map<String, String> properties) {
    return AdbDevices.describe("ABCD1234", Optional.empty(), properties);
  }
}
