package com.nokia.ci.tas.samples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One figure over several rounds.
 *
 * @param section which part of the table it belongs to
 * @param name what was measured
 * @param value the farm's figure, the median of the rounds
 * @param floor what the machine itself can do, likewise; zero where there is none
 * @param spread how far the best round is from the worst, as a share of the median: of the ratio
 *     where there is a floor, else of the value; negative when there was one round only
 * @param unit of value and floor
 * @param moreIsBetter whether a larger value is better (a rate) or a smaller one (a time)
 * @param bar what it has to reach
 */
record Row(
    String section,
    String name,
    double value,
    double floor,
    double spread,
    String unit,
    boolean moreIsBetter,
    Bar bar) {

  Row {
    bar = bar == null ? Bar.NONE : bar; // a table that was kept before there were bars
  }

  /** What is taken for noise where nobody knows better. */
  private static final double UNKNOWN_NOISE = 0.3;

  private static final double LEAST_NOISE = 0.05;

  /** The rounds of one figure. */
  static Row of(String section, List<Figure> rounds) {
    Figure any = rounds.get(0);
    double[] compared = sorted(rounds.stream().mapToDouble(Row::compared).toArray());
    double middle = median(compared);
    double spread =
        rounds.size() < 2 || middle == 0
            ? -1
            : (compared[compared.length - 1] - compared[0]) / middle;
    return new Row(
        section,
        any.name(),
        median(sorted(rounds.stream().mapToDouble(Figure::value).toArray())),
        median(sorted(rounds.stream().mapToDouble(Figure::floor).toArray())),
        spread,
        any.unit(),
        any.moreIsBetter(),
        any.bar());
  }

  private static double compared(Figure figure) {
    return figure.floor() == 0 ? figure.value() : figure.value() / figure.floor();
  }

  private static double[] sorted(double... values) {
    Arrays.sort(values);
    return values;
  }

  private static double median(double... sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Value beside floor: 1 is as good as the bare machine; the value itself without a floor. */
  double ratio() {
    return floor == 0 ? value : value / floor;
  }

  /**
   * How many times worse this is than a former run of the same, if that is more than noise.
   *
   * @return 0 when it is not worse than the spread of both runs explains
   */
  double worseThan(Row former) {
    double times = moreIsBetter ? former.ratio() / ratio() : ratio() / former.ratio();
    double noise = Math.max(noise(), former.noise());
    return times > 1 + noise ? times : 0;
  }

  private double noise() {
    return spread < 0 ? UNKNOWN_NOISE : Math.max(LEAST_NOISE, spread);
  }

  /** Whether the bar holds; without one it does. */
  boolean holds() {
    return bar.holds(value, ratio(), moreIsBetter);
  }

  static String header() {
    return line("figure", "farm", "floor", "ratio", "spread", "unit", "bar");
  }

  @Override
  public String toString() {
    return line(
        name,
        shownValue(),
        shownFloor(),
        shownRatio(),
        shownSpread(),
        unit + (moreIsBetter ? " (more is better)" : " (less is better)"),
        shownBar());
  }

  private static String line(String name, String... columns) {
    return String.format(Locale.ROOT, "%-58s %12s %12s %7s %7s  %-30s %s", concat(name, columns))
        .stripTrailing();
  }

  private static Object[] concat(String name, String... columns) {
    var all = new Object[columns.length + 1];
    all[0] = name;
    System.arraycopy(columns, 0, all, 1, columns.length);
    return all;
  }

  String shownValue() {
    return number(value);
  }

  String shownFloor() {
    return floor == 0 ? "" : number(floor);
  }

  String shownRatio() {
    return floor == 0 ? "" : number(ratio());
  }

  String shownSpread() {
    return spread < 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * spread);
  }

  /** What was wanted and whether it was reached; empty where nothing was. */
  String shownBar() {
    return bar.exists()
        ? (moreIsBetter ? "≥ " : "≤ ") + number(bar.limit()) + (holds() ? " holds" : " MISSED")
        : "";
  }

  private static String number(double number) {
    String format = number >= 1_000 ? "%,.0f" : number >= 100 ? "%.0f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }
}
