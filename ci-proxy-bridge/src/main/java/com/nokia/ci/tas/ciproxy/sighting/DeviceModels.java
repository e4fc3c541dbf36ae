package com.nokia.ci.tas.ciproxy.sighting;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a farm calls its devices, as a node owner has written it down: {@code model:Pixel 7; ->
 * rm-code:RM-980;}. Left of the arrow stands what a device tells of itself, right of it what it is
 * to the farm. The first line that fits counts.
 */
final class DeviceModels {
  private static final String ARROW = "->";
  private static final String RM_CODE = "rm-code";
  private static final String IMEI = "imei";
  private static final String ROLE = "role";
  private static final int MOST_LINES = 10_000;

  private final List<Line> lines;

  private record Line(Map<String, String> told, String rmCode, Facts facts) {
    boolean fits(Device device) {
      return told.entrySet().stream()
          .allMatch(it -> matches(it.getValue(), value(device, it.getKey())));
    }
  }

  /**
   * What a file says.
   *
   * @param badLines a sentence for each line that is ignored
   */
  record Content(DeviceModels models, List<String> badLines) {
    Content {
      badLines = List.copyOf(badLines);
    }
  }

  private static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String complaint) {
      super(complaint);
    }
  }

  private DeviceModels(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Names nothing. */
  static DeviceModels none() {
    return new DeviceModels(List.of());
  }

  /** Reads a file; a line that cannot be read is ignored. */
  static Content parse(String text) {
    var lines = new ArrayList<Line>();
    var badLines = new ArrayList<String>();
    int number = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        lines.add(read(line, lines.size()));
      } catch (BadLineException e) {
        badLines.add("line " + number + ": " + e.getMessage() + "; the line is ignored");
      }
    }
    return new Content(new DeviceModels(lines), badLines);
  }

  /**
   * A device as the farm calls it.
   *
   * @return empty for a device without an RM code that no line names: it is no product
   */
  Optional<Device> named(Device device) {
    return lines.stream()
        .filter(it -> it.fits(device))
        .findFirst()
        .map(
            it ->
                new Device(
                    device.imei(),
                    it.rmCode(),
                    device.connectionName(),
                    device.connectionId(),
                    device.port(),
                    it.facts().or(device.facts())))
        .or(() -> Optional.of(device).filter(it -> !it.rmCode().isEmpty()));
  }

  private static Line read(String line, int before) throws BadLineException {
    if (before == MOST_LINES) {
      throw new BadLineException("there are more than " + MOST_LINES + " lines");
    }
    int arrow = line.indexOf(ARROW);
    if (arrow < 0) {
      throw new BadLineException(
          "it has no " + ARROW + " between what a device tells and what it is to the farm");
    }
    Map<String, String> told = pairs(line.substring(0, arrow));
    Map<String, String> given = pairs(line.substring(arrow + ARROW.length()));
    if (told.isEmpty()) {
      throw new BadLineException("nothing stands left of " + ARROW);
    }
    String rmCode = Optional.ofNullable(given.remove(RM_CODE)).orElse("");
    if (rmCode.isEmpty()) {
      throw new BadLineException("it gives no " + RM_CODE);
    }
    String role = given.getOrDefault(ROLE, Role.MAIN.text());
    if (Role.of(role).isEmpty()) {
      throw new BadLineException(
          "role \"" + SafeName.shown(role) + "\" is not main, remote or reference");
    }
    return new Line(told, rmCode, Facts.of(given));
  }

  private static Map<String, String> pairs(String text) throws BadLineException {
    var pairs = new LinkedHashMap<String, String>();
    for (var pair : text.split(";", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      int colon = pair.indexOf(':');
      String name = pair.substring(0, Math.max(colon, 0)).strip();
      if (!Facts.isName(name)) {
        throw new BadLineException(
            "\"" + SafeName.shown(pair.strip()) + "\" is not of the form name:value");
      }
      pairs.put(name, pair.substring(colon + 1).strip());
    }
    return pairs;
  }

  private static String value(Device device, String name) {
    return switch (name) {
      case IMEI -> device.imei();
      case RM_CODE -> device.rmCode();
      default -> device.facts().get(name).orElse("");
    };
  }

  /** Whole and in any case; a star at the end stands for any rest. */
  private static boolean matches(String wanted, String told) {
    String pattern = wanted.toLowerCase(Locale.ROOT);
    String text = told.toLowerCase(Locale.ROOT);
    return pattern.endsWith("*")
        ? text.startsWith(pattern.substring(0, pattern.length() - 1))
        : text.equals(pattern);
  }
}
