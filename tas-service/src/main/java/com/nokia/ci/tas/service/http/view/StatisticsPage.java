package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.figures.Figures;
import com.nokia.ci.tas.service.figures.Figures.Ended;
import com.nokia.ci.tas.service.figures.Spread;
import com.nokia.ci.tas.service.json.OpenText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the farm has done over some days.
 *
 * @param frame what is around it
 * @param figures what was counted
 * @param use of products over the last day, as it is drawn
 * @param days that are drawn
 * @param hours that are drawn
 * @param spreads how long tests took, in words
 */
public record StatisticsPage(
    Frame frame,
    Figures figures,
    UseChart use,
    BarChart days,
    BarChart hours,
    List<SpreadRow> spreads) {
  /** Width of a drawing, in its own units. */
  public static final int WIDTH = 960;

  /** Height of a drawing, in its own units. */
  public static final int HEIGHT = 260;

  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 26;
  private static final int INNER_WIDTH = WIDTH - LEFT - RIGHT;
  private static final int INNER_HEIGHT = HEIGHT - TOP - BOTTOM;
  private static final int MOST_LABELS = 12;

  /**
   * A line with a word beside it.
   *
   * @param at along the axis
   * @param text of the word
   */
  public record Mark(double at, String text) {}

  /**
   * The use of products over a day.
   *
   * @param today points of the line
   * @param envelope corners of the area between the least and the most of the days before; empty
   *     when there are none
   * @param capacity height of the line of all products
   * @param across marks of the hours
   * @param up marks of the numbers
   * @param words the same as a sentence
   * @param rows the same in numbers, hour by hour
   */
  public record UseChart(
      String today,
      String envelope,
      double capacity,
      List<Mark> across,
      List<Mark> up,
      String words,
      List<UseRow> rows) {}

  /** The use of products in an hour, on average of its slices. */
  public record UseRow(String hour, String today, String least, String most) {}

  /**
   * A bar of a stack.
   *
   * @param kind passed, failed or other
   */
  public record Bar(String kind, double x, double y, double width, double height, String words) {}

  /**
   * Stacks of bars.
   *
   * @param bars all of them
   * @param across marks below
   * @param up marks of the numbers
   * @param words the same as a sentence
   * @param rows the same in numbers
   */
  public record BarChart(
      List<Bar> bars, List<Mark> across, List<Mark> up, String words, List<BarRow> rows) {}

  /** A stack in numbers. */
  public record BarRow(String name, Ended ended) {}

  /** How long something took. */
  public record SpreadRow(
      String name, long count, String median, String most, String nearlyAll, String longest) {}

  /** Draws what was counted. */
  public static StatisticsPage of(Frame frame, Figures figures) {
    var days = figures.days();
    var hours = figures.hours();
    return new StatisticsPage(
        frame,
        figures,
        use(figures),
        bars(
            days.stream().map(it -> it.day().toString()).toList(),
            days.stream().map(Figures.Day::ended).toList()),
        bars(
            IntStream.range(0, hours.size())
                .mapToObj(hour -> String.format(Locale.ROOT, "%02d:00", hour))
                .toList(),
            hours),
        List.of(
            row("Waiting for products", figures.spreads().waiting()),
            row("Preparing: artifacts", figures.spreads().preparing()),
            row("Running", figures.spreads().running())));
  }

  /** A duration as pages say it. */
  public static String words(Duration duration) {
    return duration.toMillis() > 0 && duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : Words.duration(duration);
  }

  /** An expression without the codes it may ask for. */
  public static String open(String expression) {
    return OpenText.ofExpression(expression);
  }

  /** A share of something. */
  public static String percent(long some, long all) {
    return all == 0 ? "–" : Math.round(some * 100.0 / all) + " %";
  }

  /** With a digit behind the point. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static SpreadRow row(String name, Spread spread) {
    return new SpreadRow(
        name,
        spread.count(),
        words(spread.percentile(50)),
        words(spread.percentile(90)),
        words(spread.percentile(99)),
        words(spread.longest()));
  }

  private static UseChart use(Figures figures) {
    var use = figures.use();
    int slices = use.last().size();
    double top =
        nice(
            Math.max(
                Math.max(1, use.capacity()),
                Stream.of(use.last(), use.most())
                    .mapToDouble(it -> it.isEmpty() ? 0 : Collections.max(it))
                    .max()
                    .orElse(0)));
    int drawn = Math.min(slices, use.drawn());
    boolean isAlone = figures.period().days() == 1;
    var now = use.last().subList(0, drawn);
    return new UseChart(
        points(now, top, slices),
        isAlone ? "" : points(use.most(), top, slices) + " " + back(use.least(), top, slices),
        y(use.capacity(), top),
        IntStream.rangeClosed(0, 8)
            .mapToObj(
                i ->
                    new Mark(
                        LEFT + INNER_WIDTH * i / 8.0, String.format(Locale.ROOT, "%02d", i * 3)))
            .toList(),
        up(top),
        "Products in use on "
            + figures.period().last()
            + ": "
            + number(now.stream().mapToDouble(it -> it).average().orElse(0))
            + " on average, "
            + number(now.stream().mapToDouble(it -> it).max().orElse(0))
            + " at most, of "
            + use.capacity()
            + (isAlone
                ? ""
                : "; on the days before "
                    + number(use.most().stream().mapToDouble(it -> it).max().orElse(0))
                    + " at most"),
        useRows(use, slices));
  }

  private static List<UseRow> useRows(Figures.Utilization use, int slices) {
    var rows = new ArrayList<UseRow>();
    for (int hour = 0; hour < 24; hour++) {
      int from = hour * slices / 24;
      int to = Math.max(from + 1, (hour + 1) * slices / 24);
      rows.add(
          new UseRow(
              String.format(Locale.ROOT, "%02d:00", hour),
              from < use.drawn() ? average(use.last(), from, to) : "",
              average(use.least(), from, to),
              average(use.most(), from, to)));
    }
    return rows;
  }

  private static String average(List<Double> values, int from, int to) {
    return number(
        values.subList(from, Math.min(values.size(), to)).stream()
            .mapToDouble(it -> it)
            .average()
            .orElse(0));
  }

  private static String points(List<Double> values, double top, int slices) {
    var text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(point(i, values.get(i), top, slices)).append(' ');
    }
    return text.toString().strip();
  }

  private static String back(List<Double> values, double top, int slices) {
    var text = new StringBuilder();
    for (int i = values.size() - 1; i >= 0; i--) {
      text.append(point(i, values.get(i), top, slices)).append(' ');
    }
    return text.toString().strip();
  }

  private static String point(int slice, double value, double top, int slices) {
    return number(LEFT + INNER_WIDTH * (slice + 0.5) / slices) + "," + number(y(value, top));
  }

  private static double y(double value, double top) {
    return TOP + INNER_HEIGHT * (1 - value / top);
  }

  private static List<Mark> up(double top) {
    return IntStream.rangeClosed(0, 4)
        .mapToObj(
            i ->
                new Mark(
                    y(top * i / 4, top),
                    top < 4 ? number(top * i / 4) : String.valueOf(Math.round(top * i / 4))))
        .toList();
  }

  /** The next number that is easily divided by four. */
  private static double nice(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double step : new double[] {1, 2, 4, 6, 8, 10}) {
      if (step * power >= most) {
        return step * power;
      }
    }
    return most;
  }

  private static BarChart bars(List<String> names, List<Ended> stacks) {
    long most = Math.max(1, stacks.stream().mapToLong(Ended::all).max().orElse(1));
    double top = Math.max(4, nice((double) most));
    double step = (double) INNER_WIDTH / stacks.size();
    var bars = new ArrayList<Bar>();
    var across = new ArrayList<Mark>();
    var rows = new ArrayList<BarRow>();
    int every = (stacks.size() + MOST_LABELS - 1) / MOST_LABELS;
    for (int i = 0; i < stacks.size(); i++) {
      var ended = stacks.get(i);
      double x = LEFT + step * i + step * 0.12;
      double width = Math.max(0.5, Math.min(90, step * 0.76));
      x += (step * 0.76 - width) / 2;
      double bottom = y(0, top);
      String name = names.get(i);
      for (var part :
          List.of(
              new Part("passed", ended.passed()),
              new Part("failed", ended.failed()),
              new Part("other", ended.other()))) {
        double height = INNER_HEIGHT * part.count() / top;
        bottom -= height;
        if (part.count() > 0) {
          bars.add(
              new Bar(
                  part.kind(),
                  x,
                  bottom,
                  width,
                  height,
                  name + ": " + part.count() + " " + part.kind()));
        }
      }
      if (i % every == 0) {
        across.add(new Mark(LEFT + step * (i + 0.5), shortened(name)));
      }
      rows.add(new BarRow(name, ended));
    }
    long passed = stacks.stream().mapToLong(Ended::passed).sum();
    long failed = stacks.stream().mapToLong(Ended::failed).sum();
    long other = stacks.stream().mapToLong(Ended::other).sum();
    return new BarChart(
        bars,
        across,
        up(top),
        passed + " passed, " + failed + " failed, " + other + " were stopped or refused",
        rows);
  }

  private record Part(String kind, long count) {}

  /** Of a day the month and the day. */
  private static String shortened(String name) {
    return name.length() == 10 ? name.substring(5) : name;
  }
}
