package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.Announcement.Event;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was announced last, and what has to be announced when the detectors see something else. Not
 * thread-safe: owned by the event loop.
 */
final class Inventory {
  private Map<String, Device> announced = Map.of();

  /**
   * Takes over what is plugged in now. Of devices with the same IMEI the first one counts.
   *
   * @return what happened since the last time: first those that went, then those that came or are
   *     connected differently, then what is newly known of each
   */
  List<Announcement> update(List<Device> present) {
    var now = new LinkedHashMap<String, Device>();
    present.forEach(it -> now.putIfAbsent(it.imei(), it));
    Map<String, Device> before = announced;
    announced = now;
    var gone = before.values().stream().filter(it -> !now.containsKey(it.imei())).toList();
    var come = now.values().stream().filter(it -> isNew(it, before)).toList();
    var changes = new ArrayList<Announcement>();
    if (!gone.isEmpty()) {
      changes.add(new Announcement(Event.DISCONNECTED, gone));
    }
    if (!come.isEmpty()) {
      changes.add(new Announcement(Event.CONNECTED, come));
    }
    now.values().stream()
        .filter(it -> !it.facts().equals(factsOf(before.get(it.imei()))))
        .map(Announcement::facts)
        .forEach(changes::add);
    return changes;
  }

  /** Everything that is plugged in. */
  Announcement all() {
    return new Announcement(Event.PRESENT, List.copyOf(announced.values()));
  }

  /** What is known of everything that is plugged in, a message for each of which anything is. */
  List<Announcement> facts() {
    return announced.values().stream()
        .filter(it -> !it.facts().equals(Facts.none()))
        .map(Announcement::facts)
        .toList();
  }

  private static boolean isNew(Device device, Map<String, Device> before) {
    Device former = before.get(device.imei());
    return former == null || !former.with(device.facts()).equals(device);
  }

  private static Facts factsOf(Device device) {
    return device == null ? Facts.none() : device.facts();
  }
}
