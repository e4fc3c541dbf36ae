package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.NodeFacts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The facts that a node tells as lines of a page. */
final class FactRows {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private FactRows() {}

  static List<Frame.Fact> of(NodeFacts facts) {
    return facts.values().entrySet().stream().map(FactRows::row).toList();
  }

  private static Frame.Fact row(Map.Entry<String, String> fact) {
    String name = fact.getKey();
    String value = fact.getValue();
    if (NUMBER.matcher(value).matches()) {
      long number = Long.parseLong(value);
      if (name.endsWith("-bytes")) {
        return row(name, "-bytes", size(number));
      }
      if (name.endsWith("-seconds")) {
        return row(name, "-seconds", Words.duration(Duration.ofSeconds(number)));
      }
      if (name.endsWith("-percent")) {
        return row(name, "-percent", number + " %");
      }
    }
    return row(name, "", value);
  }

  private static Frame.Fact row(String name, String unit, String value) {
    String shown = name.substring(0, name.length() - unit.length()).replace('-', ' ');
    return new Frame.Fact(shown, value);
  }

  private static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }
}
