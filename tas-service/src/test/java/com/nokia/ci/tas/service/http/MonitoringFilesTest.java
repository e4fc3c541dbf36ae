package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files for Prometheus and Grafana against what a service writes. */
final class MonitoringFilesTest {
  private static final Path FILES = Path.of("..", "docs", "monitoring");
  private static final Pattern NAME = Pattern.compile("\\btas_[a-z_]+");
  private static final Pattern LABEL = Pattern.compile("(tas_[a-z_]+)\\{([a-z]+)=\"([a-z_]+)\"");

  private final String metrics =
      Asked.answer(SiteTest.site(SampleFarm.friendly()), Asked.get("/metrics")).body();

  @Test
  void rulesAndDashboardUseMetricsThatThereAre() throws IOException {
    Set<String> series =
        metrics
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceAll("[{ ].*", ""))
            .collect(Collectors.toSet());

    for (String file : new String[] {"alerts.yml", "dashboard.json"}) {
      var used = names(Files.readString(FILES.resolve(file)));
      assertTrue(used.size() > 5, file);
      used.removeAll(series);
      assertEquals(Set.of(), used, file);
    }
  }

  @Test
  void labelsInRulesHaveValuesThatThereAre() throws IOException {
    var pairs = LABEL.matcher(Files.readString(FILES.resolve("alerts.yml")));
    int found = 0;
    while (pairs.find()) {
      found++;
      String series = pairs.group();
      assertTrue(metrics.contains(series), series);
    }
    assertTrue(found >= 3, "rules with labels: " + found);
  }

  @Test
  void thePageNamesEveryMetricAndNoOther() throws IOException {
    Set<String> families =
        metrics
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(families, names(Files.readString(FILES.resolve("README.md"))));
  }

  @Test
  void metricsAreAsTheFormatAsksForThem() {
    var families = new HashSet<String>();
    String type = "";
    for (String line : metrics.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        type = line.split(" ")[3];
        String family = line.split(" ")[2];
        assertTrue(families.add(family), "twice: " + family);
        assertEquals(type.equals("counter"), family.endsWith("_total"), family);
      } else if (!line.startsWith("#")) {
        assertTrue(line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]*\"})? -?[0-9]+(\\.[0-9]+)?"), line);
      }
    }
    assertTrue(metrics.contains("tas_test_waiting_seconds_bucket{le=\"+Inf\"} 0"), metrics);
  }

  @Test
  void theDashboardIsReadByGrafana() throws IOException {
    var dashboard = new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());

    assertTrue(dashboard.path("panels").size() > 10);
    for (var panel : dashboard.path("panels")) {
      assertTrue(!panel.path("targets").path(0).path("expr").asText().isEmpty(), panel.toString());
    }
  }

  private static Set<String> names(String text) {
    var names = new TreeSet<String>();
    var found = NAME.matcher(text);
    while (found.find()) {
      names.add(found.group());
    }
    return names;
  }
}
