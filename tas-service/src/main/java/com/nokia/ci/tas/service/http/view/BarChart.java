package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.figures.Figures.Day;
import com.nokia.ci.tas.service.figures.Figures.Ended;
import com.nokia.ci.tas.service.http.view.Plot.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How tests ended, as stacks of bars (guide, "Daily workloads").
 *
 * @param bars all of them
 * @param across marks below
 * @param up marks of the numbers
 * @param words the same as a sentence
 * @param rows the same in numbers
 */
public record BarChart(
    List<Bar> bars, List<Mark> across, List<Mark> up, String words, List<Row> rows) {
  private static final double SHARE_OF_A_BAR = 0.76;
  private static final double WIDEST = 90;
  private static final double NARROWEST = 0.5;
  private static final int MOST_MARKS = 12;

  /**
   * A bar of a stack.
   *
   * @param kind passed, failed or other
   * @param words what it stands for
   */
  public record Bar(String kind, double x, double y, double width, double height, String words) {}

  /** A stack in numbers. */
  public record Row(String name, Ended ended) {}

  private record Part(String kind, long count) {}

  /** Day by day; a mark is the month and the day. */
  static BarChart ofDays(List<Day> days) {
    return of(
        days.stream().map(it -> new Row(it.day().toString(), it.ended())).toList(),
        days.stream().map(it -> it.day().toString().substring(5)).toList());
  }

  /** Hour by hour of the day. */
  static BarChart ofHours(List<Ended> hours) {
    var names = IntStream.range(0, hours.size()).mapToObj(Plot::hour).toList();
    return of(
        IntStream.range(0, hours.size())
            .mapToObj(hour -> new Row(names.get(hour), hours.get(hour)))
            .toList(),
        names);
  }

  private static BarChart of(List<Row> rows, List<String> marks) {
    long most = Math.max(1, rows.stream().mapToLong(it -> it.ended().all()).max().orElse(1));
    var plot = Plot.upTo((double) most);
    var bars = new ArrayList<Bar>();
    var across = new ArrayList<Mark>();
    int every = (rows.size() + MOST_MARKS - 1) / MOST_MARKS;
    for (int i = 0; i < rows.size(); i++) {
      double middle = Plot.x((i + 0.5) / rows.size());
      stack(rows.get(i), middle, (double) Plot.INNER_WIDTH / rows.size(), plot, bars);
      if (i % every == 0) {
        across.add(new Mark(middle, marks.get(i)));
      }
    }
    return new BarChart(bars, across, plot.numbers(), words(rows), rows);
  }

  private static void stack(Row row, double middle, double room, Plot plot, List<Bar> to) {
    double width = Math.max(NARROWEST, Math.min(WIDEST, room * SHARE_OF_A_BAR));
    long below = 0;
    for (var part :
        List.of(
            new Part("passed", row.ended().passed()),
            new Part("failed", row.ended().failed()),
            new Part("other", row.ended().other()))) {
      below += part.count();
      if (part.count() > 0) {
        to.add(
            new Bar(
                part.kind(),
                middle - width / 2,
                plot.y((double) below),
                width,
                plot.height((double) part.count()),
                row.name() + ": " + part.count() + " " + part.kind()));
      }
    }
  }

  private static String words(List<Row> rows) {
    return rows.stream().mapToLong(it -> it.ended().passed()).sum()
        + " passed, "
        + rows.stream().mapToLong(it -> it.ended().failed()).sum()
        + " failed, "
        + rows.stream().mapToLong(it -> it.ended().other()).sum()
        + " stopped or refused";
  }
}
