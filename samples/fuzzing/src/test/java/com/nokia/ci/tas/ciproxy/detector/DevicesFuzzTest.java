package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.ciproxy.sighting.Cables;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever devices, adb and hand-written lists say becomes devices with safe, distinct names. */
class DevicesFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of(
        "emulator-5554 device product:a model:b\nabc offline\n[ril.imei]: [004402130000016]\n",
        "imei:004402136230483;rm-code:RM-763;fuse-connection-name:USB4;port:15001;\n# c\nimei:..;",
        "Device ID = 004402130000016\n[init.svc.zygote]: [running]\n",
        "a device usb:1-1\na:5 device\n[ro.serialno]: [A1B2C3]\n  level: 85\n  scale: 100\n",
        "'........4.9.0.1.' '5.4.2.0.3.2.3.7.' '5.1.8...'\n[ro.build.version.sdk]: [28]\n");
  }

  @MethodSource("seeds")
  @FuzzTest
  void devicesHaveSafeAndDistinctNames(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    var properties = AdbDevices.properties(text);
    var imei =
        AdbDevices.imei(properties)
            .or(
                () ->
                    AdbImei.ways(properties).stream()
                        .flatMap(it -> it.in(text).stream())
                        .findFirst());
    List<Device> attached =
        AdbDevices.online(text).entrySet().stream()
            .map(it -> describe(it.getKey(), imei, properties, it.getValue()))
            .toList();
    areSafeAndDistinct(new Cables().join(List.of(attached)));
    assertTrue(AdbDevices.battery(text).map(Integer::parseInt).orElse(0) <= 100);
    var listed = SimulatedProductsFile.parse(text, it -> 1);
    areSafeAndDistinct(listed.devices());
    listed.badLines().forEach(line -> assertTrue(line.lines().count() == 1, line));
  }

  private static Device describe(
      String serial, Optional<String> imei, Map<String, String> properties, String cable) {
    Device device = AdbDevices.describe(serial, imei, properties);
    return device.with(device.facts().with(Facts.CABLE, cable));
  }

  private static void areSafeAndDistinct(List<Device> devices) {
    var names = new HashSet<String>();
    for (Device device : devices) {
      assertTrue(names.add(device.imei()), device.imei());
      assertEquals(Optional.empty(), SafeName.complaint("IMEI", device.imei()));
      String line = device.with(Facts.none()).toString();
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
      device
          .facts()
          .values()
          .values()
          .forEach(it -> assertTrue(it.chars().noneMatch(Character::isISOControl), it));
    }
  }
}
