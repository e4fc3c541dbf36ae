package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever devices, adb and hand-written lists say becomes devices with safe, distinct names. */
class DevicesFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of(
        "emulator-5554 device product:a model:b\nabc offline\n[ril.imei]: [004402130000016]\n",
        "imei:004402136230483;rm-code:RM-763;fuse-connection-name:USB4;port:15001;\n# c\nimei:..;",
        "Device ID = 004402130000016\n[init.svc.zygote]: [running]\n");
  }

  @MethodSource("seeds")
  @FuzzTest
  void devicesHaveSafeAndDistinctNames(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    var properties = AdbDevices.properties(text);
    var imei = AdbDevices.imei(properties).or(() -> AdbDevices.imeiOfSubscriberInfo(text));
    List<Device> attached =
        AdbDevices.online(text).stream()
            .map(serial -> AdbDevices.describe(serial, imei, properties))
            .toList();
    areSafeAndDistinct(AdbDevices.distinct(attached));
    var listed = SimulatedProductsFile.parse(text, it -> 1);
    areSafeAndDistinct(listed.devices());
    listed.badLines().forEach(line -> assertTrue(line.lines().count() == 1, line));
  }

  private static void areSafeAndDistinct(List<Device> devices) {
    var names = new HashSet<String>();
    for (Device device : devices) {
      assertTrue(names.add(device.imei()), device.imei());
      assertEquals(Optional.empty(), SafeName.complaint("IMEI", device.imei()));
      assertTrue(device.toString().chars().allMatch(c -> c >= ' ' && c <= '~'), device.toString());
    }
  }
}
