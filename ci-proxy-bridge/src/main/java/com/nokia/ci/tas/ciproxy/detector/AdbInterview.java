package com.nokia.ci.tas.ciproxy.detector;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one device of an adb server what it is; takes as long as the device does, up to seconds. */
final class AdbInterview {
  private static final Logger LOG = LoggerFactory.getLogger(AdbInterview.class);

  private final AdbServer server;

  AdbInterview(AdbServer server) {
    this.server = server;
  }

  /**
   * Describes a device.
   *
   * @param serial what adb calls it
   * @param cable where it hangs, or empty
   * @param knownImei what it is known by already, so that it is not asked again
   * @throws IOException when it does not answer or has not come up yet
   */
  Device describe(String serial, String cable, Optional<String> knownImei) throws IOException {
    var properties = AdbDevices.properties(server.output(serial, "getprop"));
    if (AdbDevices.isStarting(properties)) {
      throw new IOException("it is still starting");
    }
    Optional<String> imei = knownImei.or(() -> AdbDevices.imei(properties));
    if (imei.isEmpty()) {
      imei = askedImei(serial, properties);
    }
    Device device = AdbDevices.describe(serial, imei, properties);
    return withBattery(serial, device.with(device.facts().with(Facts.CABLE, cable)));
  }

  /** The same device with its battery as it is now, which costs much less than to describe it. */
  Device withBattery(String serial, Device device) {
    Optional<String> battery = output(serial, "dumpsys battery").flatMap(AdbDevices::battery);
    return device.with(device.facts().with("battery", battery.orElse("")));
  }

  private Optional<String> askedImei(String serial, Map<String, String> properties) {
    for (var way : AdbImei.ways(properties)) {
      Optional<String> imei = output(serial, way.command()).flatMap(way::in);
      if (imei.isPresent()) {
        return imei;
      }
    }
    return Optional.empty();
  }

  private Optional<String> output(String serial, String command) {
    try {
      return Optional.of(server.output(serial, command));
    } catch (IOException e) {
      LOG.atDebug()
          .addKeyValue("serial", serial)
          .addKeyValue("command", command)
          .setCause(e)
          .log("device does not answer");
      return Optional.empty();
    }
  }
}
