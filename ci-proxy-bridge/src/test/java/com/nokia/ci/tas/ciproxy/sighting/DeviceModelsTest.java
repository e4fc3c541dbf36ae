package com.nokia.ci.tas.ciproxy.sighting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node owner writes down of devices. */
final class DeviceModelsTest {
  private static final String FILE =
      """
      # phones by model, boards by USB vendor and product
      model:Pixel 7; manufacturer:google; -> rm-code:RM-980; hardware-type:3000;
      model:SM-G9*                        -> rm-code:RM-981
      usb:0451:bef3; sn:S1;               -> rm-code:BEAGLE-5;role:reference;
      usb:0451:bef3;                      -> rm-code:BEAGLE;
      rm-code:old;                        -> rm-code:new;
      """;

  @Test
  void theFirstLineThatFitsNamesADevice() {
    assertEquals("RM-980", rmCode("Phone", Map.of("model", "pixel 7", "manufacturer", "Google")));
    assertEquals("Phone", rmCode("Phone", Map.of("model", "Pixel 7", "manufacturer", "other")));
    assertEquals("RM-981", rmCode("Phone", Map.of("model", "SM-G991B")));
    assertEquals("BEAGLE-5", rmCode("", Map.of("usb", "0451:bef3", "sn", "s1")));
    assertEquals("BEAGLE", rmCode("", Map.of("usb", "0451:bef3", "sn", "S2")));
    assertEquals("new", rmCode("old", Map.of()));
  }

  @Test
  void whatTheFileSaysBesidesBecomesAFact() {
    var device = named("", Map.of("usb", "0451:bef3", "sn", "S1")).orElseThrow();
    assertEquals(
        Map.of("usb", "0451:bef3", "sn", "S1", "role", "reference"), device.facts().values());
  }

  @Test
  void aDeviceWithoutATypeThatNoLineNamesIsNoProduct() {
    assertEquals(Optional.empty(), named("", Map.of("usb", "046d:c31c")));
  }

  @Test
  void aLineThatCannotBeReadIsIgnoredWithItsNumber() {
    var content =
        DeviceModels.parse(
            """
            model:A -> rm-code:RM-1
            model:B
            -> rm-code:RM-2
            model:C -> role:main
            model:D -> rm-code:RM-3;role:boss
            Model D -> rm-code:RM-4
            """);
    assertEquals(
        List.of(
            "line 2: it has no -> between what a device tells and what it is to the farm; the line"
                + " is ignored",
            "line 3: nothing stands left of ->; the line is ignored",
            "line 4: it gives no rm-code; the line is ignored",
            "line 5: role \"boss\" is not main, remote or reference; the line is ignored",
            "line 6: \"Model D\" is not of the form name:value; the line is ignored"),
        content.badLines());
    assertEquals(
        "RM-1", content.models().named(device("x", Map.of("model", "A"))).orElseThrow().rmCode());
  }

  private static String rmCode(String told, Map<String, String> facts) {
    return named(told, facts).orElseThrow().rmCode();
  }

  private static Optional<Device> named(String rmCode, Map<String, String> facts) {
    return DeviceModels.parse(FILE).models().named(device(rmCode, facts));
  }

  private static Device device(String rmCode, Map<String, String> facts) {
    return new Device("490154203237518", rmCode, "A", "adb-A", "", Facts.of(facts));
  }
}
