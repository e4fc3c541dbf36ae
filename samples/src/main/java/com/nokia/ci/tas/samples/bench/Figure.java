package com.nokia.ci.tas.samples.bench;

/**
 * One figure of one round: what was measured, and what the machine itself can do.
 *
 * @param name what was measured
 * @param value the farm's figure
 * @param floor the bare figure taken in the same run; zero where there is none
 * @param unit of both
 * @param moreIsBetter whether a larger value is better (a rate) or a smaller one (a time)
 * @param bar what it has to reach
 */
record Figure(String name, double value, double floor, String unit, boolean moreIsBetter, Bar bar) {

  /** One that has no bar. */
  Figure(String name, double value, double floor, String unit, boolean moreIsBetter) {
    this(name, value, floor, unit, moreIsBetter, Bar.NONE);
  }

  /** A time or a cost: less is better. */
  static Figure cost(String name, double value, double floor, String unit) {
    return new Figure(name, value, floor, unit, false);
  }

  /** So many a second: more is better. */
  static Figure rate(String name, double value, double floor, String unit) {
    return new Figure(name, value, floor, unit, true);
  }

  Figure with(Bar wanted) {
    return new Figure(name, value, floor, unit, moreIsBetter, wanted);
  }
}
