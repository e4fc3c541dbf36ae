package com.nokia.ci.tas.ciproxy.detector;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what adb and devices print. */
final class AdbDevices {
  /** More than any adb server has. */
  static final int MOST = 1_000;

  private static final List<String> IMEI_PROPERTIES =
      List.of("persist.radio.imei", "ro.ril.oem.imei", "ril.imei", "gsm.imei", "ro.gsm.imei");
  private static final List<String> RM_CODE_PROPERTIES =
      List.of("ro.product.product", "ro.product.rmcode", "ro.product.model", "ro.product.name");

  /** What becomes a fact, and the properties that tell it, the best first. */
  private static final Map<String, List<String>> FACT_PROPERTIES =
      Map.of(
          "os-version", List.of("ro.build.version.release"),
          "sw-version", List.of("apps.setting.product.swversion", "ro.build.display.id"),
          "fingerprint", List.of("ro.build.fingerprint"),
          "productcode", List.of("ro.ril.product.code"),
          "hardware-type", List.of("ro.product.hw.id"),
          "manufacturer", List.of("ro.product.manufacturer"),
          "model", List.of("ro.product.model"));

  private static final Map<String, String> OPERATOR_PROPERTIES =
      Map.of("operator", "alpha", "operator-code", "numeric", "operator-country", "iso-country");

  private AdbDevices() {}

  /**
   * The devices that can be used, by serial number, and the cable of each. {@code offline}, {@code
   * unauthorized} and every other state count as absent, and so does what calls itself by a name of
   * which no key can be made. Of too many the first count.
   *
   * @param list of {@code host:track-devices-l}: a line for each device, serial number first
   */
  static SortedMap<String, String> online(String list) {
    var cables = new TreeMap<String, String>();
    for (var line : list.lines().toList()) {
      String[] words = line.strip().split("\\s+");
      if (words.length >= 2
          && words[1].equals("device")
          && !Device.key(words[0]).isEmpty()
          && cables.size() < MOST) {
        cables.put(words[0], cable(words));
      }
    }
    return Collections.unmodifiableSortedMap(cables);
  }

  /** {@code usb:1-1.4}, where the server says it, else the address on the network, else nothing. */
  private static String cable(String... words) {
    for (var word : List.of(words).subList(2, words.length)) {
      if (word.startsWith("usb:")) {
        return word;
      }
    }
    return isOnNetwork(words[0]) ? "tcp:" + words[0] : "";
  }

  private static boolean isOnNetwork(String serial) {
    return serial.indexOf(':') >= 0 || serial.contains("._tcp") || isEmulator(serial);
  }

  private static boolean isEmulator(String serial) {
    return serial.startsWith("emulator-");
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

  /**
   * What a device is known by when it tells no IMEI: what adb calls it. On the network that is an
   * address, so there its own serial number counts more; emulators all have the same one.
   */
  static String serialNumber(String adbSerial, Map<String, String> properties) {
    String own = properties.getOrDefault("ro.serialno", "");
    return isOnNetwork(adbSerial) && !isEmulator(adbSerial) && SerialNumber.tellsApart(own)
        ? own
        : adbSerial;
  }

  /**
   * Describes a device. The connection is named after what adb calls it.
   *
   * @param imei empty when the device does not tell
   */
  static Device describe(String serial, Optional<String> imei, Map<String, String> properties) {
    String type = first(RM_CODE_PROPERTIES, properties).orElse(Device.UNKNOWN_MODEL);
    return new Device(
        imei.orElseGet(() -> serialNumber(serial, properties)),
        type,
        serial,
        "adb-" + serial,
        "",
        facts(serial, properties));
  }

  private static Facts facts(String serial, Map<String, String> properties) {
    var facts = new TreeMap<String, String>();
    FACT_PROPERTIES.forEach(
        (name, sources) -> first(sources, properties).ifPresent(it -> facts.put(name, it)));
    if (properties.containsKey("ro.build.version.release")) {
      facts.put("os", "Android");
    }
    String own = properties.getOrDefault("ro.serialno", "");
    if (!isEmulator(serial) && (isOnNetwork(serial) || SerialNumber.tellsApart(own))) {
      facts.put(Facts.SERIAL_NUMBER, own);
    } else {
      facts.put(Facts.SERIAL_NUMBER, serial);
    }
    addOperators(facts, properties);
    return Facts.of(facts);
  }

  /** Newer phones tell both cards in one property, earlier ones in one for each. */
  private static void addOperators(Map<String, String> facts, Map<String, String> properties) {
    for (int sim = 1; sim <= 2; sim++) {
      String state = ofSim(sim, "state", properties);
      if (state.isEmpty() || state.equals("ABSENT") || state.equals("UNKNOWN")) {
        continue;
      }
      for (var it : OPERATOR_PROPERTIES.entrySet()) {
        facts.put(
            "sim" + sim + "-" + it.getKey(), ofSim(sim, "operator." + it.getValue(), properties));
      }
    }
  }

  private static String ofSim(int sim, String name, Map<String, String> properties) {
    String[] both = properties.getOrDefault("gsm.sim." + name, "").split(",", -1);
    String own = properties.getOrDefault("gsm.sim" + sim + "." + name, "");
    return own.isEmpty() && both.length >= sim ? both[sim - 1].strip() : own;
  }

  private static Optional<String> first(List<String> names, Map<String, String> properties) {
    return names.stream()
        .map(it -> properties.getOrDefault(it, ""))
        .filter(it -> !it.isEmpty())
        .findFirst();
  }

  /** The level in percent in what {@code dumpsys battery} prints. */
  static Optional<String> battery(String output) {
    Optional<Integer> scale = number("scale", output).filter(it -> it > 0);
    return number("level", output)
        .map(it -> 100 * it / scale.orElse(100))
        .filter(it -> it <= 100)
        .map(it -> Integer.toString(it));
  }

  private static Optional<Integer> number(String name, String output) {
    return output
        .lines()
        .map(String::strip)
        .filter(it -> it.startsWith(name + ":"))
        .map(it -> it.substring(name.length() + 1).strip())
        .filter(it -> it.matches("\\d{1,6}"))
        .map(Integer::valueOf)
        .findFirst();
  }
}
