package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Device;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One message of the CI Proxy protocol.
 *
 * @param event what happened
 * @param devices to which devices
 */
record Announcement(Event event, List<Device> devices) {

  /** The first answer to whoever asks for facts. */
  static final Announcement UNDERSTOOD = new Announcement(Event.FACTS, List.of());

  /** What a message says of its devices. */
  enum Event {
    DISCONNECTED('0'),
    CONNECTED('1'),
    /** The answer to a request for the list. */
    PRESENT('2'),
    /** What else is known of one device; only for those who asked for facts. */
    FACTS('3');

    private final char code;

    Event(char code) {
      this.code = code;
    }
  }

  Announcement {
    devices = List.copyOf(devices);
  }

  /** What else is known of a device. */
  static Announcement facts(Device device) {
    return new Announcement(Event.FACTS, List.of(device));
  }

  /**
   * As it goes over the wire: {@code 1@RM-763|USB4|GConnId_1|004402136230483|15001$}, {@code
   * 3@004402136230483|battery=85$}.
   */
  String text() {
    var text = new StringBuilder().append(event.code);
    for (var device : devices) {
      text.append('@');
      if (event == Event.FACTS) {
        appendFacts(text, device);
      } else {
        appendConnection(text, device);
      }
    }
    return text.append('$').toString();
  }

  private static void appendConnection(StringBuilder text, Device device) {
    text.append(device.rmCode());
    text.append('|').append(device.connectionName());
    text.append('|').append(device.connectionId());
    text.append('|').append(device.imei());
    text.append('|').append(device.port());
  }

  private static void appendFacts(StringBuilder text, Device device) {
    text.append(device.imei());
    device
        .facts()
        .values()
        .forEach((name, value) -> text.append('|').append(name).append('=').append(encoded(value)));
  }

  private static String encoded(String value) {
    var text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else {
        text.append("%%%02X".formatted(b));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-._~".indexOf(b) >= 0;
  }
}
