package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What devices of several versions print when they are asked for their IMEI. */
final class AdbImeiTest {
  private static final Optional<String> IMEI = Optional.of("490154203237518");
  private static final String PARCEL =
      """
      Result: Parcel(
        0x00000000: 00000000 0000000f 00390034 00310030 '........4.9.0.1.'
        0x00000010: 00340035 00330032 00330032 00350037 '5.4.2.0.3.2.3.7.'
        0x00000020: 00380031 00000000                   '5.1.8...        ')
      """;

  @Test
  void anEarlyPhoneDumpsIt() {
    assertEquals(
        IMEI,
        answer(
            "19",
            "dumpsys iphonesubinfo",
            "Phone Subscriber Info:\r\n  Phone Type = GSM\r\n  Device ID = 490154203237518\r\n"));
  }

  @Test
  void aLaterPhoneTellsItInAParcel() {
    String other = PARCEL.replace("5.4.2.0.3.2.3.7.", "5.4.2.0.0.2.3.7.");
    assertEquals(IMEI, answer("28", "service call iphonesubinfo 1", PARCEL));
    assertEquals(IMEI, answer("33", "service call iphonesubinfo 1 s16 com.android.shell", PARCEL));
    assertEquals(Optional.empty(), answer("28", "service call iphonesubinfo 1", other));
  }

  @Test
  void softwareThatIsNotForUsersTellsItToItsPhoneCommand() {
    assertEquals(IMEI, answer("34", "cmd phone get-imei", "Device IMEI = 490154203237518\n"));
  }

  @Test
  void refusalsAndOtherNumbersAreNoImei() {
    assertEquals(
        Optional.empty(),
        answer("34", "cmd phone get-imei", "Device IMEI: Permission denied.\n490154203237518\n"));
    assertEquals(
        Optional.empty(),
        answer(
            "30",
            "service call iphonesubinfo 1",
            "Result: Parcel(ffffffff 00000046 '....F...P.e.r.m.')\n"));
    assertEquals(Optional.empty(), answer("", "dumpsys iphonesubinfo", "Can't find service"));
    assertEquals(Optional.empty(), answer("", "dumpsys iphonesubinfo", ""));
  }

  private static Optional<String> answer(String sdk, String command, String output) {
    List<AdbImei> ways = AdbImei.ways(Map.of("ro.build.version.sdk", sdk));
    return ways.stream()
        .filter(it -> it.command().equals(command))
        .findFirst()
        .orElseThrow()
        .in(output);
  }
}
