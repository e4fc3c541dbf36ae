package com.nokia.ci.tas.ciproxy.detector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what adb and devices print. */
final class AdbDevices {
  private static final List<String> IMEI_PROPERTIES =
      List.of("persist.radio.imei", "ro.ril.oem.imei", "ril.imei", "gsm.imei", "ro.gsm.imei");
  private static final List<String> RM_CODE_PROPERTIES =
      List.of("ro.product.product", "ro.product.rmcode", "ro.product.model", "ro.product.name");
  private static final String UNKNOWN_TYPE = "unknown";

  private AdbDevices() {}

  /**
   * The serial numbers of the devices that can be used. {@code offline}, {@code unauthorized} and
   * every other state count as absent, and so does what calls itself by a name of which no key can
   * be made.
   *
   * @param list of {@code host:track-devices-l}: a line for each device, serial number first
   */
  static Set<String> online(String list) {
    var serials = new HashSet<String>();
    for (var line : list.lines().toList()) {
      String[] words = line.strip().split("\\s+", 3);
      if (words.length >= 2 && words[1].equals("device") && !Device.key(words[0]).isEmpty()) {
        serials.add(words[0]);
      }
    }
    return Set.copyOf(serials);
  }

  /** What {@code getprop} prints: {@code [name]: [value]} on each line. */
  static Map<String, String> properties(String output) {
    var properties = new HashMap<String, String>();
    for (var line : output.lines().map(String::strip).toList()) {
      int middle = line.indexOf("]: [");
      if (line.startsWith("[") && line.endsWith("]") && middle > 0) {
        properties.put(
            line.substring(1, middle), line.substring(middle + 4, line.length() - 1).strip());
      }
    }
    return Map.copyOf(properties);
  }

  /** Whether a phone is there but has not come up, so that its properties are not yet complete. */
  static boolean isStarting(Map<String, String> properties) {
    return properties.containsKey("init.svc.zygote")
        && !properties.getOrDefault("sys.boot_completed", "").equals("1");
  }

  /** The IMEI among the properties, if a device tells it there. */
  static Optional<String> imei(Map<String, String> properties) {
    return IMEI_PROPERTIES.stream()
        .map(it -> properties.getOrDefault(it, ""))
        .filter(Imei::isValid)
        .findFirst();
  }

  /** The IMEI in what {@code dumpsys iphonesubinfo} prints: {@code Device ID = 0044…}. */
  static Optional<String> imeiOfSubscriberInfo(String output) {
    return output
        .lines()
        .filter(it -> it.contains("Device ID"))
        .map(it -> it.substring(it.indexOf('=') + 1).strip())
        .filter(Imei::isValid)
        .findFirst();
  }

  /**
   * Describes a device. The connection is named after the serial number.
   *
   * @param imei empty when the device does not tell: then the serial number stands for it
   */
  static Device describe(String serial, Optional<String> imei, Map<String, String> properties) {
    String type =
        RM_CODE_PROPERTIES.stream()
            .map(it -> properties.getOrDefault(it, ""))
            .filter(it -> !it.isEmpty())
            .findFirst()
            .orElse(UNKNOWN_TYPE);
    return new Device(imei.orElse(serial), type, serial, "adb-" + serial, "");
  }

  /**
   * Makes sure that no two have the same IMEI: of several that claim one, the first by serial
   * number has it and the others are known by theirs.
   */
  static List<Device> distinct(List<Device> devices) {
    var kept = new ArrayList<Device>();
    var taken = new HashSet<String>();
    for (var device : devices) {
      Device unique =
          taken.contains(device.imei())
              ? new Device(
                  device.connectionName(),
                  device.rmCode(),
                  device.connectionName(),
                  device.connectionId(),
                  device.port())
              : device;
      if (taken.add(unique.imei())) {
        kept.add(unique);
      }
    }
    return List.copyOf(kept);
  }
}
