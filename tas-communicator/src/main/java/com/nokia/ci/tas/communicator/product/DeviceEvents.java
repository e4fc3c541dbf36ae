package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.SafeName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands what a CI proxy says on one connection and keeps which products are connected: {@code
 * event@RM|name|id|IMEI|port$}, where event 0 is gone, 1 has come and 2 answers the question what
 * is there. Anything else is dropped up to the next {@code $}. Used by one thread.
 */
final class DeviceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceEvents.class);
  private static final int LONGEST = 256 * 1024;
  private static final int MOST_DEVICES = 1_000;

  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final StringBuilder message = new StringBuilder();
  private boolean tooLong;

  /** Begins with what was connected when the former connection ended. */
  DeviceEvents(Map<String, Device> known) {
    devices.putAll(known);
  }

  /** What is connected, by IMEI. */
  Map<String, Device> devices() {
    return Map.copyOf(devices);
  }

  /**
   * Takes the next bytes.
   *
   * @return whether a message was complete, so that {@link #devices} may have changed
   */
  boolean add(byte[] bytes, int length) {
    boolean complete = false;
    for (int i = 0; i < length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      if (c == '$') {
        complete |= end();
      } else if (message.length() < LONGEST) {
        message.append(c);
      } else {
        tooLong = true;
      }
    }
    return complete;
  }

  private boolean end() {
    String text = message.toString().strip();
    boolean usable = !tooLong;
    message.setLength(0);
    tooLong = false;
    if (!usable) {
      LOG.atWarn().log("a message of the CI proxy is too long and was dropped");
      return false;
    }
    return take(text);
  }

  private boolean take(String text) {
    switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '0' -> devicesIn(text).keySet().forEach(devices::remove);
      case '1' -> addAll(devicesIn(text));
      case '2' -> {
        devices.clear();
        addAll(devicesIn(text));
      }
      default -> {
        LOG.atWarn()
            .addKeyValue("message", SafeName.shown(text))
            .log("the CI proxy says something that is not understood");
        return false;
      }
    }
    return true;
  }

  private void addAll(Map<String, Device> more) {
    more.forEach(
        (imei, device) -> {
          if (devices.size() < MOST_DEVICES || devices.containsKey(imei)) {
            devices.put(imei, device);
          } else {
            LOG.atWarn().addKeyValue("product", imei).log("the CI proxy knows too many products");
          }
        });
  }

  private static Map<String, Device> devicesIn(String text) {
    var found = new LinkedHashMap<String, Device>();
    String[] parts = text.split("@", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] fields = parts[i].strip().split("\\|", 5);
      if (fields.length < 5 || SafeName.complaint("IMEI", fields[3]).isPresent()) {
        LOG.atWarn()
            .addKeyValue("device", SafeName.shown(parts[i]))
            .log("a device of the CI proxy cannot be used");
        continue;
      }
      found.put(fields[3], new Device(fields[0], fields[1], fields[2], fields[3], fields[4]));
    }
    return found;
  }
}
