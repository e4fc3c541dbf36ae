package com.nokia.ci.tas.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptRunTest {
  @TempDir private Path directory;

  @Test
  void aRunIsReadAsItWasWritten() throws Exception {
    Path file = directory.resolve("run.json");
    List<Row> rows =
        List.of(
            rate(100, 1_000, 90, 1_100),
            time(5, 1),
            Row.of("s", List.of(Figure.cost("t", 5, 4, "ms").with(Bar.ofRatio(1.3)))));

    var run = new KeptRun("two cores", rows);

    run.write(file);

    assertEquals(run, KeptRun.read(file));
  }

  @Test
  void whatIsThereNotOrNoRunIsSaid() throws Exception {
    Path missing = directory.resolve("missing.json");
    Path other = Files.writeString(directory.resolve("other.json"), "{\"a\": 1}");

    assertTrue(
        assertThrows(IOException.class, () -> KeptRun.read(missing))
            .getMessage()
            .startsWith(missing + " is not there"));
    assertTrue(
        assertThrows(IOException.class, () -> KeptRun.read(other))
            .getMessage()
            .startsWith(other + " is no run"));
  }

  @Test
  void aLowerShareOfTheFloorIsWorse() {
    Row before = rate(900, 1_000, 910, 1_000);

    assertEquals(List.of(), worse(List.of(before), List.of(rate(450, 500, 455, 500))));
    assertEquals(
        List.of("rate: 1.51 times worse, ratio 0.60, was 0.91"),
        worse(List.of(before), List.of(rate(600, 1_000, 600, 1_000))));
  }

  @Test
  void aLongerTimeIsWorseUnlessItIsNoise() {
    Row calm = time(10, 10.2);
    Row noisy = time(10, 16);

    assertEquals(1, worse(List.of(calm), List.of(time(12, 12.2))).size());
    assertEquals(List.of(), worse(List.of(noisy), List.of(time(15, 15.2))));
    assertEquals(List.of(), worse(List.of(time(12, 12.2)), List.of(calm)));
  }

  @Test
  void ofOneRoundNobodyKnowsTheNoise() {
    Row once = Row.of("section", List.of(new Figure("rate", 900, 1_000, "a second", true)));

    assertTrue(once.spread() < 0);
    assertEquals(List.of(), worse(List.of(once), List.of(rate(750, 1_000, 750, 1_000))));
    assertFalse(worse(List.of(once), List.of(rate(600, 1_000, 600, 1_000))).isEmpty());
  }

  @Test
  void theChartEscapesWhatItShows() throws Exception {
    Path file = directory.resolve("chart.svg");
    Row odd = Row.of("s", List.of(new Figure("a < b & c", 5, 10, "a second", true)));

    Chart.write(file, List.of(odd, time(1, 2)));

    String svg = Files.readString(file);
    assertTrue(svg.contains(">a &lt; b &amp; c</text>"), svg);
    assertTrue(svg.contains(">0.50</text>"), svg);
    assertFalse(svg.contains(">time<"), "it has no floor");
  }

  @Test
  void aBarHoldsForTheRatioOrForTheValueAsItSays() {
    Figure slow = Figure.cost("time", 2.6, 2, "ms");
    Figure much = Figure.rate("rate", 60, 100, "a second");

    assertEquals("≤ 1.30 holds", row(slow.with(Bar.ofRatio(1.3))).shownBar());
    assertEquals("≤ 2.50 MISSED", row(slow.with(Bar.ofValue(2.5))).shownBar());
    assertEquals("≥ 0.50 holds", row(much.with(Bar.ofRatio(0.5))).shownBar());
    assertEquals("≥ 61.00 MISSED", row(much.with(Bar.ofValue(61))).shownBar());
    assertEquals("", row(much).shownBar());
  }

  @Test
  void thePageShowsTheRunBetweenItsMarksAndKeepsAllElse() throws Exception {
    Path page = directory.resolve("performance.md");
    Files.writeString(
        page,
        "# Before\n<!-- ./tas bench --publish writes from here … -->\nold\n<!-- … to here -->\nAfter\n");
    Row missed = row(Figure.rate("rate", 40, 100, "a second").with(Bar.ofRatio(0.5)));

    new PerformancePage(directory).show(new KeptRun("two cores", List.of(missed, time(1, 2))));

    String text = Files.readString(page);
    assertTrue(
        text.startsWith("# Before\n<!-- ./tas bench --publish writes from here … -->\n"), text);
    assertTrue(text.endsWith("<!-- … to here -->\nAfter\n"), text);
    assertTrue(text.contains("Measured on two cores.\n0 of 1 bars hold.\n"), text);
    assertTrue(
        text.contains("| rate | 40.00 | 100 | 0.40 |  | a second | ≥ 0.50 **missed** |\n"), text);
    assertFalse(text.contains("\nold\n"), text);
  }

  @Test
  void aPageWithoutMarksIsLeftAlone() throws Exception {
    Path page = Files.writeString(directory.resolve("performance.md"), "# No marks\n");

    assertThrows(
        IOException.class,
        () -> new PerformancePage(directory).show(new KeptRun("two cores", List.of())));
    assertEquals("# No marks\n", Files.readString(page));
  }

  private static Row row(Figure figure) {
    return Row.of("section", List.of(figure));
  }

  private static List<String> worse(List<Row> former, List<Row> now) {
    return new KeptRun("", now).worseThan(new KeptRun("", former));
  }

  private static Row rate(double first, double firstFloor, double second, double secondFloor) {
    return Row.of(
        "section",
        List.of(
            new Figure("rate", first, firstFloor, "a second", true),
            new Figure("rate", second, secondFloor, "a second", true)));
  }

  private static Row time(double first, double second) {
    return Row.of(
        "section",
        List.of(
            new Figure("time", first, 0, "ms", false), new Figure("time", second, 0, "ms", false)));
  }
}
