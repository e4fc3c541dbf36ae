package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page that shows a table of measurements to readers: what stands between its two marks is
 * written anew, with the pictures that it shows, all else stays.
 */
final class PerformancePage {
  private static final Path DOCS = Program.ROOT.resolve("docs");
  private static final String BEGIN = "<!-- ./tas bench --publish writes from here … -->";
  private static final String END = "<!-- … to here -->";
  private static final String RATIOS =
      "For each figure with a floor how much of it the farm reaches";
  private static final String THROUGHPUT = "Tests a second; the dashed marks are the floors";
  private static final String DECISIONS = "How long decisions take, in microseconds";
  private static final int LEAST_FOR_A_PICTURE = 2;

  private final Path docs;

  PerformancePage(Path docs) {
    this.docs = docs;
  }

  /** The page of this project. */
  static PerformancePage ofThisProject() {
    return new PerformancePage(DOCS);
  }

  private Path page() {
    return docs.resolve("performance.md");
  }

  /**
   * Shows a run.
   *
   * @throws IOException with a sentence when the page is not there or has lost its marks
   */
  void show(KeptRun run) throws IOException {
    String text = Files.readString(page());
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page() + " needs the lines " + BEGIN + " and " + END);
    }
    Path pictures = Files.createDirectories(docs.resolve("images"));
    Files.writeString(
        page(),
        text.substring(0, begin + BEGIN.length())
            + "\n\n"
            + table(run, pictures)
            + text.substring(end));
  }

  private static String table(KeptRun run, Path pictures) throws IOException {
    long bars = run.rows().stream().filter(row -> row.bar().exists()).count();
    long held = run.rows().stream().filter(row -> row.bar().exists() && row.holds()).count();
    var text = new StringBuilder();
    text.append("Measured on ").append(run.machine()).append(".\n");
    text.append(String.format(Locale.ROOT, "%d of %d bars hold.%n", held, bars));
    var withFloor = run.rows().stream().filter(row -> row.floor() > 0).toList();
    if (!withFloor.isEmpty()) {
      Chart.write(pictures.resolve("performance.svg"), withFloor);
      text.append("\n![").append(RATIOS).append("](images/performance.svg)\n");
    }
    picture(text, run, pictures.resolve("throughput.svg"), "tests/s", THROUGHPUT);
    picture(text, run, pictures.resolve("decisions.svg"), "us", DECISIONS);
    bySection(run.rows()).forEach((section, rows) -> section(text, section, rows));
    return text.append('\n').toString();
  }

  /** Of all figures of a unit, if there are several. */
  private static void picture(StringBuilder text, KeptRun run, Path file, String unit, String title)
      throws IOException {
    var shown = run.rows().stream().filter(row -> row.unit().equals(unit)).toList();
    if (shown.size() >= LEAST_FOR_A_PICTURE) {
      Chart.writeFigures(file, title, shown);
      text.append("\n![")
          .append(title)
          .append("](images/")
          .append(file.getFileName())
          .append(")\n");
    }
  }

  private static Map<String, List<Row>> bySection(List<Row> rows) {
    var sections = new LinkedHashMap<String, List<Row>>();
    for (Row row : rows) {
      sections.computeIfAbsent(row.section(), name -> new ArrayList<>()).add(row);
    }
    return sections;
  }

  private static void section(StringBuilder text, String section, List<Row> rows) {
    text.append("\n`./tas bench ").append(section).append("`\n\n");
    text.append("| figure | farm | floor | ratio | spread | unit | bar |\n");
    text.append("|---|---:|---:|---:|---:|---|---|\n");
    for (Row row : rows) {
      text.append(
          String.join(
              " | ",
              "| " + row.name().replace("|", "\\|"),
              row.shownValue(),
              row.shownFloor(),
              row.shownRatio(),
              row.shownSpread(),
              row.unit(),
              row.shownBar().replace("MISSED", "**missed**") + " |\n"));
    }
  }
}
