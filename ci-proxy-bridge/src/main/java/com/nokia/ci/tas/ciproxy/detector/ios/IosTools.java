package com.nokia.ci.tas.ciproxy.detector.ios;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.Imei;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import com.nokia.ci.tas.ciproxy.detector.SerialNumber;
import com.nokia.ci.tas.ciproxy.detector.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code idevice_id} which iOS devices are plugged in and {@code ideviceinfo} what they are.
 * Each call is bounded in time; a device is asked when it comes and every minute. One that does not
 * answer, or does not trust this machine, is no product yet; that is said once. Used by one thread.
 */
final class IosTools implements PollingDetector.Source {
  /** More than any machine has USB ports for. */
  static final int MOST = 64;

  private static final Logger LOG = LoggerFactory.getLogger(IosTools.class);
  private static final String LIST = "idevice_id";
  private static final String ASK = "ideviceinfo";
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
  private static final Pattern UDID = Pattern.compile("[0-9A-Za-z-]{8,64}");
  private static final Map<String, String> FACTS =
      Map.of(
          "SerialNumber", Facts.SERIAL_NUMBER,
          "ProductType", "model",
          "ProductVersion", "os-version",
          "BuildVersion", "sw-version",
          "HardwareModel", "hardware-type",
          "ModelNumber", "productcode");

  private final Path directory;
  private final InstantSource time;
  private final Duration again;
  private Map<String, Answer> known = Map.of();

  private record Answer(Optional<Device> device, Instant at) {}

  /**
   * The programs in a directory.
   *
   * @param again after how long a device is asked once more
   */
  IosTools(Path directory, InstantSource time, Duration again) {
    this.directory = directory;
    this.time = time;
    this.again = again;
  }

  /** The directory of this search path that has the programs. */
  static Optional<Path> find(String searchPath, String separator) {
    return Stream.of(searchPath.split(Pattern.quote(separator), -1))
        .filter(it -> !it.isBlank())
        .map(Path::of)
        .filter(it -> Files.isExecutable(it.resolve(LIST)))
        .filter(it -> Files.isExecutable(it.resolve(ASK)))
        .findFirst();
  }

  @Override
  public List<Device> look() throws IOException, InterruptedException {
    List<String> udids =
        Child.output(List.of(program(LIST), "-l"), LONGEST_CALL)
            .lines()
            .filter(it -> UDID.matcher(it).matches())
            .distinct()
            .limit(MOST)
            .toList();
    var now = new LinkedHashMap<String, Answer>();
    for (var udid : udids) {
      now.put(udid, answer(udid, Optional.ofNullable(known.get(udid))));
    }
    known = now;
    return now.values().stream().flatMap(it -> it.device().stream()).toList();
  }

  private Answer answer(String udid, Optional<Answer> former) throws InterruptedException {
    Instant now = time.instant();
    if (former.filter(it -> now.isBefore(it.at().plus(again))).isPresent()) {
      return former.get();
    }
    try {
      return new Answer(Optional.of(describe(udid)), now);
    } catch (IOException e) {
      if (former.isEmpty()) {
        LOG.atInfo()
            .addKeyValue("udid", udid)
            .addKeyValue("error", e.getMessage())
            .log(
                "iOS device does not tell what it is, it is asked again; does it trust this machine?");
      }
      return new Answer(former.flatMap(Answer::device), now);
    }
  }

  private Device describe(String udid) throws IOException, InterruptedException {
    Map<String, String> told =
        values(Child.output(List.of(program(ASK), "-u", udid), LONGEST_CALL));
    var facts = new HashMap<String, String>(Map.of("os", "iOS", "manufacturer", "Apple"));
    // Its port is not told; that it has one cable is, and so a bad one is noticed and named.
    facts.put(Facts.CABLE, "ios:" + udid);
    FACTS.forEach((key, name) -> facts.put(name, told.getOrDefault(key, "")));
    battery(udid).ifPresent(it -> facts.put("battery", it));
    String imei = told.getOrDefault("InternationalMobileEquipmentIdentity", "");
    String serial = told.getOrDefault("SerialNumber", "");
    boolean isNamedBySerial = SerialNumber.tellsApart(serial) && !Device.key(serial).isEmpty();
    String type = told.getOrDefault("ProductType", "");
    return new Device(
        Imei.isValid(imei) ? imei : isNamedBySerial ? serial : udid,
        type.isEmpty() ? Device.UNKNOWN_MODEL : type,
        udid,
        "ios-" + udid,
        "",
        Facts.of(facts));
  }

  private Optional<String> battery(String udid) throws InterruptedException {
    try {
      String level =
          Child.output(
                  List.of(
                      program(ASK),
                      "-u",
                      udid,
                      "-q",
                      "com.apple.mobile.battery",
                      "-k",
                      "BatteryCurrentCapacity"),
                  LONGEST_CALL)
              .strip();
      return Optional.of(level).filter(it -> it.matches("\\d{1,3}"));
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("udid", udid).setCause(e).log("battery is not told");
      return Optional.empty();
    }
  }

  private String program(String name) {
    return directory.resolve(name).toString();
  }

  /** {@code Name: value} on each line; lines of lists inside are indented and left out. */
  private static Map<String, String> values(String output) {
    var values = new HashMap<String, String>();
    for (var line : output.lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0 && line.charAt(0) > ' ') {
        values.putIfAbsent(line.substring(0, colon), line.substring(colon + 2).strip());
      }
    }
    return values;
  }
}
