package com.nokia.ci.tas.service.farm;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs the tests of the rules but for the simulation, then plays farms until one breaks a promise,
 * and writes what came of it: a process of its own, for the rules may be broken.
 */
final class MutantCheck {
  static final String TESTS = "tests: ";
  static final String FARMS = "farms: ";
  static final String SURVIVED = "survived ";
  private static final String NOTICED = "farm ";

  /** The simulation, which is played farm by farm, and what knows no rules. */
  private static final Set<String> NOT_OF_RULES =
      Set.of(
          SimulationTest.class.getName(),
          MakeTest.class.getName(),
          MutantTest.class.getName(),
          TableTest.class.getName(),
          RegisterTest.class.getName());

  private MutantCheck() {}

  /** Takes the file of the report, the number of farms, and for how many seconds to play them. */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
    Path report = Path.of(arguments[0]);
    say(report, TESTS + failures());
    int farms = Integer.parseInt(arguments[1]);
    int played = 0;
    boolean isKept = true;
    while (isKept && played < farms && (played == 0 || System.nanoTime() < end)) {
      isKept = isKept(played);
      played++;
    }
    say(report, FARMS + (isKept ? SURVIVED : NOTICED) + played);
    System.exit(0); // threads that a test left behind do not count
  }

  private static void say(Path report, String line) throws IOException {
    Files.writeString(report, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static boolean isKept(long seed) {
    try {
      Simulation.of(Scenario.of(seed)).run();
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  private static long failures() throws IOException, URISyntaxException {
    var request = LauncherDiscoveryRequestBuilder.request();
    tests().forEach(test -> request.selectors(selectClass(test)));
    var summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request.build(), summary);
    return summary.getSummary().getTotalFailureCount();
  }

  /** The tests in the directory of this class. */
  private static List<String> tests() throws IOException, URISyntaxException {
    Path here = Path.of(MutantCheck.class.getResource("MutantCheck.class").toURI()).getParent();
    try (var files = Files.list(here)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.class") && !name.contains("$"))
          .map(name -> MutantCheck.class.getPackageName() + "." + name.replace(".class", ""))
          .filter(name -> !NOT_OF_RULES.contains(name))
          .sorted()
          .toList();
    }
  }
}
