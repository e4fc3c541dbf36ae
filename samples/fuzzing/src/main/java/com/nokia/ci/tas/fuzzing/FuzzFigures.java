package com.nokia.ci.tas.fuzzing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the fuzzer did with one target, as it tells itself.
 *
 * @param executions how often the target was called
 * @param coverage edges of the code that were reached
 * @param features edges told apart by how often they were passed
 * @param corpus inputs that each reach something of their own
 */
record FuzzFigures(long executions, long coverage, long features, long corpus) {
  static final FuzzFigures NONE = new FuzzFigures(0, 0, 0, 0);

  private static final Pattern STATUS =
      Pattern.compile("^#(\\d+)\\s.*\\bcov: (\\d+) ft: (\\d+) corp: (\\d+)/.*");
  private static final Pattern UNITS =
      Pattern.compile("^stat::number_of_executed_units:\\s*(\\d+)");

  /** The figures after one more line of the fuzzer's output. */
  FuzzFigures after(String line) {
    Matcher status = STATUS.matcher(line);
    if (status.matches()) {
      return new FuzzFigures(
          Math.max(executions, number(status, 1)),
          number(status, 2),
          number(status, 3),
          number(status, 4));
    }
    Matcher units = UNITS.matcher(line);
    return units.find()
        ? new FuzzFigures(Math.max(executions, number(units, 1)), coverage, features, corpus)
        : this;
  }

  /** One row of the table that {@link #header} begins. */
  String row(String name, double seconds, int findings) {
    return String.format(
        Locale.ROOT,
        "%-56s %12d %8.0f %9d %9d %7d %8.0f %9d",
        name,
        executions,
        seconds == 0 ? 0 : executions / seconds,
        coverage,
        features,
        corpus,
        seconds,
        findings);
  }

  static String header() {
    return String.format(
        Locale.ROOT,
        "%-56s %12s %8s %9s %9s %7s %8s %9s",
        "target",
        "executions",
        "per s",
        "coverage",
        "features",
        "corpus",
        "seconds",
        "findings");
  }

  /** Sums of what can be summed. */
  FuzzFigures plus(FuzzFigures other) {
    return new FuzzFigures(
        executions + other.executions,
        coverage + other.coverage,
        features + other.features,
        corpus + other.corpus);
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }
}
