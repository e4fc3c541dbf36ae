package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Reads a list of simulated products, one a line: {@code imei:004402136230483;rm-code:RM-763;
 * fuse-connection-name:USB4;fuse-connection-id:GConnId_1;port:15001;battery:85;}. All but the IMEI
 * may be left out, and other names are facts. {@code #} begins a comment line, and a line that
 * cannot be read is ignored.
 */
final class SimulatedProductsFile {
  private static final String IMEI = "imei";
  private static final String RM_CODE = "rm-code";
  private static final String NAME = "fuse-connection-name";
  private static final String ID = "fuse-connection-id";
  private static final String PORT = "port";
  private static final List<String> NAMES = List.of(IMEI, RM_CODE, NAME, ID, PORT);

  private SimulatedProductsFile() {}

  /**
   * What a file says.
   *
   * @param devices in the order of the file
   * @param badLines a sentence for each line that is ignored
   */
  record Content(List<Device> devices, List<String> badLines) {
    Content {
      devices = List.copyOf(devices);
      badLines = List.copyOf(badLines);
    }
  }

  /**
   * Reads a file.
   *
   * @param sockets which socket, from 1, a product is plugged into: says what its connection is
   *     called where the file does not
   */
  static Content parse(String text, ToIntFunction<String> sockets) {
    var devices = new LinkedHashMap<String, Device>();
    var badLines = new ArrayList<String>();
    int number = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var pairs = new HashMap<String, String>();
      Optional<String> complaint = read(line, pairs);
      if (complaint.isEmpty()) {
        Device device = device(pairs, sockets.applyAsInt(pairs.get(IMEI)));
        if (devices.putIfAbsent(device.imei(), device) != null) {
          complaint = Optional.of("imei " + device.imei() + " is listed a second time");
        }
      }
      int at = number;
      complaint.ifPresent(it -> badLines.add("line " + at + ": " + it + "; the line is ignored"));
    }
    return new Content(List.copyOf(devices.values()), badLines);
  }

  private static Optional<String> read(String line, Map<String, String> pairs) {
    for (var pair : line.split(";", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      int colon = pair.indexOf(':');
      if (colon < 0) {
        return Optional.of(
            "\"" + SafeName.shown(pair.strip()) + "\" is not of the form name:value");
      }
      String name = pair.substring(0, colon).strip();
      boolean isSlip = NearestName.slipOf(name, NAMES).isPresent();
      if (!NAMES.contains(name) && (isSlip || !Facts.isName(name))) {
        return Optional.of(
            "\""
                + SafeName.shown(name)
                + "\" is not one of "
                + String.join(", ", NAMES)
                + ", nor the name of a fact"
                + NearestName.suggestion(name, NAMES));
      }
      pairs.put(name, pair.substring(colon + 1).strip());
    }
    return Device.key(pairs.getOrDefault(IMEI, "")).isEmpty()
        ? Optional.of("it has no imei")
        : Optional.empty();
  }

  private static Device device(Map<String, String> pairs, int socket) {
    Device standard = SimulatedDetector.standard(socket);
    var facts = new HashMap<>(pairs);
    facts.keySet().removeAll(NAMES);
    return new Device(
        pairs.get(IMEI),
        pairs.getOrDefault(RM_CODE, standard.rmCode()),
        pairs.getOrDefault(NAME, standard.connectionName()),
        pairs.getOrDefault(ID, standard.connectionId()),
        pairs.getOrDefault(PORT, standard.port()),
        Facts.of(facts));
  }
}
