package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceTest {

  @Test
  void noFieldContainsWhatTheProtocolSeparatesBy() {
    assertEquals(
        new Device("1-2-3", "RM-1", "my-phone -a-", "b-c-d", "1"),
        new Device(" 1|2$3 ", "RM@1", "my|phone $a@", "b\u0000c\u00e4d", "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.5:5555, 192.168.1.5-5555",
    "../../etc/passwd, ..-..-etc-passwd",
    "emulator-5554, emulator-5554",
    "a b, a-b",
    "trailing..., trailing",
    "prn, _prn",
    "con.1, _con.1",
  })
  void theImeiIsTheNameOfAFile(String given, String imei) {
    assertEquals(imei, new Device(given, "", "", "", "").imei());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "..."})
  void aDeviceWithoutAnImeiIsNone(String imei) {
    assertThrows(IllegalArgumentException.class, () -> new Device(imei, "", "", "", ""));
  }

  @Test
  void endlessTextsAreCut() {
    var device = new Device("1".repeat(10_000), "R".repeat(10_000), "", "", "");
    assertEquals(100, device.imei().length());
    assertEquals(100, device.rmCode().length());
  }

  @Test
  void aSimulatedImeiHasFifteenDigitsOfWhichTheLastChecksTheOthers() {
    assertEquals("004402130000015", Imei.simulated(1));
    assertTrue(Imei.isValid("490154203237518"));
    assertFalse(Imei.isValid("490154203237519"));
    assertFalse(Imei.isValid("49015420323751"));
    assertFalse(Imei.isValid("49015420323751x"));
    for (int i = 1; i < 2_000; i++) {
      assertTrue(Imei.isValid(Imei.simulated(i)), Imei.simulated(i));
    }
  }
}
