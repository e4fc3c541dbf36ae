package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.figures.Figures;
import com.nokia.ci.tas.service.figures.Figures.Utilization;
import com.nokia.ci.tas.service.http.view.Plot.Mark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The use of products over a day (guide, "Test farm's utilization").
 *
 * @param today points of the line
 * @param envelope corners of the area between the least and the most of the days before; empty when
 *     there are none
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
    List<Row> rows) {
  private static final int HOURS = 24;
  private static final int HOURS_BETWEEN_MARKS = 3;

  /** The use of products in an hour, on average of its slices. */
  public record Row(String hour, String today, String least, String most) {}

  static UseChart of(Figures figures) {
    var use = figures.use();
    boolean isAlone = figures.period().days() == 1;
    var plot =
        Plot.upTo(
            Stream.of(use.last(), use.most())
                .mapToDouble(UseChart::highest)
                .reduce(Math.max(1, use.capacity()), Math::max));
    var drawn = use.last().subList(0, Math.min(use.last().size(), use.drawn()));
    return new UseChart(
        String.join(" ", points(drawn, use, plot)),
        isAlone ? "" : envelope(use, plot),
        plot.y(use.capacity()),
        IntStream.rangeClosed(0, HOURS / HOURS_BETWEEN_MARKS)
            .map(i -> i * HOURS_BETWEEN_MARKS)
            .mapToObj(
                hour ->
                    new Mark(
                        Plot.x((double) hour / HOURS), String.format(Locale.ROOT, "%02d", hour)))
            .toList(),
        plot.numbers(),
        words(figures, drawn)
            + (isAlone
                ? ""
                : "; on the days before " + Plot.number(highest(use.most())) + " at most"),
        IntStream.range(0, HOURS).mapToObj(hour -> row(hour, use)).toList());
  }

  private static String words(Figures figures, List<Double> drawn) {
    return "Products in use on "
        + figures.period().last()
        + ": "
        + Plot.number(drawn.stream().mapToDouble(it -> it).average().orElse(0))
        + " on average, "
        + Plot.number(highest(drawn))
        + " at most, of "
        + figures.use().capacity();
  }

  private static double highest(List<Double> values) {
    return values.stream().mapToDouble(it -> it).max().orElse(0);
  }

  /** There along the most, and back along the least. */
  private static String envelope(Utilization use, Plot plot) {
    var back = new ArrayList<>(points(use.least(), use, plot));
    Collections.reverse(back);
    return String.join(" ", points(use.most(), use, plot)) + " " + String.join(" ", back);
  }

  private static List<String> points(List<Double> values, Utilization use, Plot plot) {
    double slices = use.last().size();
    return IntStream.range(0, values.size())
        .mapToObj(
            i -> Plot.number(Plot.x((i + 0.5) / slices)) + "," + Plot.number(plot.y(values.get(i))))
        .toList();
  }

  private static Row row(int hour, Utilization use) {
    int slices = use.last().size();
    int from = hour * slices / HOURS;
    int to = Math.max(from + 1, (hour + 1) * slices / HOURS);
    return new Row(
        Plot.hour(hour),
        from < use.drawn() ? average(use.last(), from, to) : "",
        average(use.least(), from, to),
        average(use.most(), from, to));
  }

  private static String average(List<Double> values, int from, int to) {
    var some = values.subList(Math.min(values.size(), from), Math.min(values.size(), to));
    return Plot.number(some.stream().mapToDouble(it -> it).average().orElse(0));
  }
}
