package com.nokia.ci.tas.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The statistics of a farm that has had two weeks of tests, as a person and a program see them. */
class StatisticsInBrowserTest {
  private static final Path SHOTS = Program.ROOT.resolve("samples/target/screenshots");
  private static final int PRODUCTS = 12;

  @TempDir static Path scratch;
  private static SeenFarm seen;
  private static LocalFarm farm;
  private static Chromium browser;
  private static FortnightBefore past;

  @BeforeAll
  @Timeout(600)
  static void startFarm() throws Exception {
    seen = SeenFarm.start(scratch, PRODUCTS);
    farm = seen.farm();
    browser = seen.browser();
    past = new FortnightBefore(LocalDate.now(ZoneId.systemDefault()), PRODUCTS);
    farm.killService();
    Path store = farm.serviceHome().resolve("store/" + farm.port());
    try (Stream<Path> files = Files.list(store)) {
      for (Path file :
          files.filter(it -> it.getFileName().toString().startsWith("farm")).toList()) {
        Files.delete(file);
      }
    }
    past.keepIn(store);
    farm.startService();
    Patience.untilTrue("the node is back", () -> farm.products().size() == PRODUCTS);
  }

  @AfterAll
  static void endFarm() {
    Closing.all(seen);
  }

  private static String period() {
    return "from=" + past.first() + "&to=" + past.last();
  }

  @Test
  void bothGraphicsOfTwoWeeksAreDrawnAndTheirTablesCountWhatEnded() throws Exception {
    browser.screen(1_280, "light");
    seen.open("/statistics?" + period());

    String use = label("#use svg[role=img]");
    assertTrue(use.startsWith("Products in use on " + past.last()), use);
    assertTrue(use.endsWith(" at most") && use.contains(" of " + PRODUCTS + ";"), use);
    assertTrue(count("#use polygon.envelope") == 1 && count("#use line.capacity") >= 1);
    assertTrue(count("#days rect.passed") >= 10 && count("#days rect.failed") >= 5);
    for (LocalDate day = past.first(); !day.isAfter(past.last()); day = day.plusDays(1)) {
      int row = (int) (day.toEpochDay() - past.first().toEpochDay()) + 1;
      assertEquals(past.count(day, Verdict.FINISHED), cell(row, "Passed"), "passed on " + day);
      assertEquals(past.count(day, Verdict.FAILED), cell(row, "Failed"), "failed on " + day);
    }
    browser.awaitText("#causes", "exit-code");
    browser.awaitText("#wanted", "environment:Bluetooth");
    browser.awaitText("#issuers", "anna");
    browser.awaitText("#projects", "camera");
    browser.shoot(SHOTS.resolve("statistics-fortnight-light.png"));
    browser.screen(1_280, "dark");
    browser.shoot(SHOTS.resolve("statistics-fortnight-dark.png"));
    browser.screen(390, "light");
    browser.shoot(SHOTS.resolve("statistics-fortnight-phone.png"));
  }

  private static long cell(int row, String label) throws Exception {
    return browser
        .ask(
            "Number(document.querySelector('#days tbody tr:nth-child("
                + row
                + ") [data-label="
                + label
                + "]').textContent)")
        .asLong();
  }

  private static int count(String selector) throws Exception {
    return browser.ask("document.querySelectorAll('" + selector + "').length").asInt();
  }

  private static String label(String selector) throws Exception {
    return browser
        .ask("document.querySelector('" + selector + "').getAttribute('aria-label')")
        .asText();
  }

  @Test
  void aProgramGetsTheSameFiguresAsObjectsAndAsATable() throws Exception {
    JsonNode figures =
        new ObjectMapper().readTree(farm.get("/api/v1/statistics?" + period()).body());
    String table = farm.get("/api/v1/statistics.csv?by=day&" + period()).body();

    var lines = table.lines().toList();
    assertEquals("day,passed,failed,other", lines.get(0));
    int row = 0;
    for (JsonNode day : figures.path("days")) {
      var date = LocalDate.parse(day.path("day").asText());
      assertEquals(past.count(date, Verdict.FINISHED), day.path("passed").asLong());
      assertEquals(past.count(date, Verdict.STOPPED), day.path("other").asLong());
      row++;
      assertTrue(lines.get(row).startsWith(date + "," + day.path("passed") + ","), lines.get(row));
    }
    assertEquals(14, row);
    assertTrue(figures.path("times").path("waiting").path("p95").asLong() > 0);
    assertTrue(figures.path("issuers").findValuesAsText("name").contains("anna"));
  }
}
