package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The table as a picture: for each figure that has a floor how much of the bare machine the farm
 * makes use of, the floor being a line. An SVG file that is readable on light and on dark pages.
 */
final class Chart {
  private static final int WIDTH = 970;
  private static final int LABELS = 500;
  private static final int LINE = 26;
  private static final int TOP = 40;
  private static final int BAR = 14;

  private static final String LABEL = "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n";

  /** So much more than the floor is shown in full. */
  private static final double LONGEST = 1.5;

  private static final double UNIT = (WIDTH - LABELS - 60) / LONGEST;
  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328; }
        .number, .axis { fill: #59636e; }
        .bar { fill: #2f6fbd; }
        .floor { stroke: #59636e; stroke-dasharray: 3 3; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; }
          .number, .axis { fill: #9198a1; }
          .bar { fill: #5b9ae8; }
          .floor { stroke: #9198a1; }
        }
      </style>
      """;

  private Chart() {}

  static void write(Path file, List<Row> rows) throws IOException {
    List<Row> shown = rows.stream().filter(row -> row.floor() > 0).toList();
    int height = TOP + LINE * shown.size() + 10;
    var svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
                + "<title>How much of what the bare machine does the farm reaches</title>%n",
            WIDTH,
            height));
    svg.append(STYLE);
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"axis\" x=\"%.0f\" y=\"20\" text-anchor=\"middle\">as fast as the floor"
                + "</text>%n<line class=\"floor\" x1=\"%1$.0f\" y1=\"28\" x2=\"%1$.0f\" y2=\"%d\"/>%n",
            LABELS + UNIT,
            height - 6));
    for (int i = 0; i < shown.size(); i++) {
      bar(svg, shown.get(i), TOP + LINE * i);
    }
    Files.writeString(file, svg.append("</svg>\n"));
  }

  private static void bar(StringBuilder svg, Row row, int y) {
    double share = row.moreIsBetter() ? row.ratio() : 1 / row.ratio();
    double length = UNIT * Math.min(share, LONGEST);
    svg.append(
        String.format(
            Locale.ROOT,
            LABEL
                + "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n"
                + "<text class=\"number\" x=\"%.1f\" y=\"%d\">%.2f</text>%n",
            LABELS - 8,
            y + BAR - 2,
            escaped(row.name()),
            LABELS,
            y,
            length,
            BAR,
            LABELS + length + 6,
            y + BAR - 2,
            share));
  }

  /**
   * Figures of one unit, the farm's as bars and the floors as marks.
   *
   * @param title what the picture shows, for who cannot see it
   */
  static void writeFigures(Path file, String title, List<Row> rows) throws IOException {
    double longest =
        rows.stream().mapToDouble(row -> Math.max(row.value(), row.floor())).max().orElse(1);
    double scale = (WIDTH - LABELS - 110) / longest;
    int height = LINE * rows.size() + 20;
    var svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
                + "<title>%s</title>%n",
            WIDTH,
            height,
            escaped(title)));
    svg.append(STYLE);
    for (int i = 0; i < rows.size(); i++) {
      figure(svg, rows.get(i), 10 + LINE * i, scale);
    }
    Files.writeString(file, svg.append("</svg>\n"));
  }

  private static void figure(StringBuilder svg, Row row, int y, double scale) {
    double end = LABELS + scale * Math.max(row.value(), row.floor());
    svg.append(
        String.format(
            Locale.ROOT,
            LABEL
                + "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n"
                + "<text class=\"number\" x=\"%.1f\" y=\"%d\">%s %s</text>%n",
            LABELS - 8,
            y + BAR - 2,
            escaped(row.name()),
            LABELS,
            y,
            scale * row.value(),
            BAR,
            end + 6,
            y + BAR - 2,
            row.shownValue(),
            escaped(row.unit())));
    if (row.floor() > 0) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"floor\" x1=\"%.1f\" y1=\"%d\" x2=\"%1$.1f\" y2=\"%d\"/>%n",
              LABELS + scale * row.floor(),
              y - 3,
              y + BAR + 3));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
