package com.nokia.ci.tas.samples.bench;

import java.util.Locale;

/**
 * One row of the table: what was measured, and what the machine itself can do.
 *
 * @param name what was measured
 * @param value the farm's figure
 * @param floor the bare figure taken in the same run; zero where there is none
 * @param unit of both
 * @param moreIsBetter whether a larger value is better (a rate) or a smaller one (a time)
 */
record Figure(String name, double value, double floor, String unit, boolean moreIsBetter) {

  /**
   * How the farm compares with the floor: 1 is as good as the bare machine, for rates and times
   * alike.
   */
  String ratio() {
    if (floor == 0) {
      return "";
    }
    return String.format(Locale.ROOT, "%.2f", value / floor);
  }

  static String header() {
    return String.format(
        Locale.ROOT, "%-52s %12s %12s %8s  %s", "figure", "farm", "floor", "ratio", "unit");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-52s %12.2f %12s %8s  %s",
        name,
        value,
        floor == 0 ? "" : String.format(Locale.ROOT, "%.2f", floor),
        ratio(),
        unit + (moreIsBetter ? " (more is better)" : " (less is better)"));
  }
}
