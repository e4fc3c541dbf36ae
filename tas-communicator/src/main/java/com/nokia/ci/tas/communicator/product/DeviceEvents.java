package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.SafeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands what a CI proxy says on one connection and keeps which products are connected: {@code
 * event@RM|name|id|IMEI|port$}, where event 0 is gone, 1 has come and 2 answers the question what
 * is there; and {@code 3@IMEI|name=value$}, what devices say of themselves, if the proxy was asked.
 * Anything else is dropped up to the next {@code $}. Used by one thread.
 */
final class DeviceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceEvents.class);
  private static final int LONGEST = 256 * 1024;
  private static final int MOST_DEVICES = 1_000;
  private static final int MOST_FIELDS = 100;

  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final StringBuilder message = new StringBuilder();
  private boolean tooLong;
  private boolean knowsFacts;

  /**
   * Begins with what was connected when the former connection ended.
   *
   * @param asked whether facts are asked for; else what was known of them is forgotten
   */
  DeviceEvents(Map<String, Device> known, boolean asked) {
    known.forEach((imei, device) -> devices.put(imei, asked ? device : device.with(Map.of())));
  }

  /** Whether the proxy has shown that it knows the question for facts. */
  boolean knowsFacts() {
    return knowsFacts;
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
        var found = devicesIn(text);
        devices.keySet().retainAll(found.keySet());
        addAll(found);
      }
      case '3' -> takeFacts(text);
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
          var former = devices.get(imei);
          if (former != null) {
            devices.put(imei, device.with(former.facts()));
          } else if (devices.size() < MOST_DEVICES) {
            devices.put(imei, device);
          } else {
            LOG.atWarn().addKeyValue("product", imei).log("the CI proxy knows too many products");
          }
        });
  }

  private void takeFacts(String text) {
    knowsFacts = true;
    String[] parts = text.split("@", -1);
    for (int i = 1; i < parts.length; i++) {
      var fields = List.of(parts[i].strip().split("\\|", MOST_FIELDS));
      devices.computeIfPresent(
          fields.get(0),
          (imei, device) -> device.with(DeviceFacts.read(fields.subList(1, fields.size()))));
    }
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
