package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.figures.Figures;
import com.nokia.ci.tas.service.figures.Spread;
import com.nokia.ci.tas.service.json.OpenText;
import java.time.Duration;
import java.util.List;

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

  private static final List<String> TABLES =
      List.of("day", "hour", "cause", "wanted", "issuer", "project");

  /** How long something took. */
  public record SpreadRow(
      String name, long count, String median, String most, String nearlyAll, String longest) {}

  /** Draws what was counted. */
  public static StatisticsPage of(Frame frame, Figures figures) {
    return new StatisticsPage(
        frame,
        figures,
        UseChart.of(figures),
        BarChart.ofDays(figures.days()),
        BarChart.ofHours(figures.hours()),
        List.of(
            row("Waiting for products", figures.spreads().waiting()),
            row("Preparing: artifacts", figures.spreads().preparing()),
            row("Running", figures.spreads().running())));
  }

  /** Whether there was a test at all. */
  public boolean hasEnded() {
    return figures.days().stream().anyMatch(it -> it.ended().all() > 0);
  }

  /** Its tables as files. */
  public List<Link> tables() {
    var period = figures.period();
    return TABLES.stream()
        .map(
            it ->
                new Link(
                    it,
                    "/api/v1/statistics.csv?by=%s&from=%s&to=%s"
                        .formatted(it, period.first(), period.last())))
        .toList();
  }

  /** A duration as pages say it. */
  public static String words(Duration duration) {
    return Words.exactly(duration);
  }

  /** An expression without the codes it may ask for, in parts between which a line may end. */
  public static List<String> parts(String expression) {
    return List.of(OpenText.ofExpression(expression).split("(?<=[;,])", -1));
  }

  /** A share of something. */
  public static String percent(long some, long all) {
    return all == 0 ? "–" : Math.round(some * 100.0 / all) + " %";
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
}
