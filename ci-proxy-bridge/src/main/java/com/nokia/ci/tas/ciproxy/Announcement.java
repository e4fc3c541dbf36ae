package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Device;
import java.util.List;

/**
 * One message of the CI Proxy protocol.
 *
 * @param event what happened
 * @param devices to which devices
 */
record Announcement(Event event, List<Device> devices) {

  /** What a message says of its devices. */
  enum Event {
    DISCONNECTED('0'),
    CONNECTED('1'),
    /** The answer to a request for the list. */
    PRESENT('2');

    private final char code;

    Event(char code) {
      this.code = code;
    }
  }

  Announcement {
    devices = List.copyOf(devices);
  }

  /** As it goes over the wire: {@code 1@RM-763|USB4|GConnId_1|004402136230483|15001$}. */
  String text() {
    var text = new StringBuilder().append(event.code);
    for (var device : devices) {
      text.append('@').append(device.rmCode());
      text.append('|').append(device.connectionName());
      text.append('|').append(device.connectionId());
      text.append('|').append(device.imei());
      text.append('|').append(device.port());
    }
    return text.append('$').toString();
  }
}
