package com.nokia.ci.tas.samples.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints how long the service takes to make the first page of a farm with 10,000 products and
 * 10,000 waiting tests; then how long it takes until pages of a farm with 10,000 products and
 * 10,000 waiting tests can be used in a browser, while the farm changes twenty times a second; and
 * how long the browser is kept busy by those changes at a time.
 */
final class FirstPageInBrowser {
  private static final int LOADS = 5;
  private static final int LIVE_SECONDS = 5;
  private static final Pattern PORT = Pattern.compile("listens on port (\\d+)\\.");

  /** All that is told of a page that was loaded, in milliseconds from the click on. */
  private static final String TIMES =
      "(() => { const n = performance.getEntriesByType('navigation')[0];"
          + " const p = performance.getEntriesByName('first-contentful-paint')[0];"
          + " return [n.responseEnd - n.requestStart, p ? p.startTime : n.domInteractive,"
          + " n.domContentLoadedEventEnd, n.loadEventEnd, n.transferSize / 1024,"
          + " document.querySelectorAll('*').length]; })()";

  private static final String WATCH =
      "window.busy = []; window.replaced = 0;"
          + "new PerformanceObserver(l => l.getEntries().forEach(e => busy.push(e.duration)))"
          + ".observe({entryTypes: ['longtask']});"
          + "new MutationObserver(() => { window.replaced++; }).observe("
          + "document.getElementById('waiting'), {childList: true}); 0";

  private FirstPageInBrowser() {}

  /**
   * Takes the class path of the service's tests, then addresses; the first page and a long one when
   * there are none.
   */
  public static void main(String[] args) throws Exception {
    var addresses =
        args.length > 1
            ? List.of(args).subList(1, args.length)
            : List.of("/", "/?q=waiting_77", "/?waiting=750&products=500");
    Path scratch = Files.createTempDirectory("first-page");
    try (var server = served(scratch, args[0]);
        var browser = new Chromium(scratch)) {
      String farm = "http://127.0.0.1:" + port(server);
      server.lines().stream().filter(line -> line.startsWith("/ ")).forEach(System.out::println);
      System.out.printf(
          Locale.ROOT,
          "%-28s %9s %9s %9s %9s %7s %9s%n",
          "median of " + LOADS + ", in ms",
          "answer",
          "painted",
          "usable",
          "loaded",
          "KB",
          "elements");
      for (String address : addresses) {
        load(browser, farm, address);
      }
      live(browser, farm);
    } finally {
      delete(scratch);
    }
  }

  private static Program served(Path scratch, String classPath) throws Exception {
    return Program.start(
        scratch,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            classPath + File.pathSeparator + Program.SERVICE,
            "com.nokia.ci.tas.service.http.FirstPage",
            "--serve"));
  }

  private static String port(Program server) throws Exception {
    return Patience.until(
        "the farm is there",
        () -> {
          var told = PORT.matcher(server.text());
          return told.find() ? Optional.of(told.group(1)) : Optional.empty();
        });
  }

  private static void load(Chromium browser, String farm, String address) throws Exception {
    var all = new ArrayList<double[]>();
    for (int i = -1; i < LOADS; i++) {
      browser.open(farm + address);
      browser.await("it is loaded", "performance.getEntriesByType('navigation')[0].loadEventEnd");
      if (i >= 0) {
        all.add(numbers(browser.ask(TIMES)));
      }
    }
    System.out.printf(Locale.ROOT, "%-28s", address);
    for (int column = 0; column < all.get(0).length; column++) {
      int of = column;
      double[] sorted = all.stream().mapToDouble(it -> it[of]).sorted().toArray();
      System.out.printf(Locale.ROOT, column == 4 ? " %7.0f" : " %9.0f", sorted[LOADS / 2]);
    }
    System.out.println();
  }

  private static double[] numbers(JsonNode array) {
    var numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  private static void live(Chromium browser, String farm) throws Exception {
    browser.open(farm + "/");
    browser.ask(WATCH);
    browser.ask("new Promise(over => setTimeout(over, " + LIVE_SECONDS * 1_000 + "))");
    double[] busy = numbers(browser.ask("busy"));
    System.out.printf(
        Locale.ROOT,
        "in %d s of changes: shown anew %d times; busy for 50 ms or more %d times, %.0f ms at most%n",
        LIVE_SECONDS,
        browser.ask("replaced").asInt(),
        busy.length,
        Arrays.stream(busy).max().orElse(0));
  }

  private static void delete(Path directory) throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
