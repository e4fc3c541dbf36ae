package com.nokia.ci.tas.service.figures;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints how long the figures of a week and of a year take with as many ended tests as are asked
 * for (200,000 when nobody says), spread over a year, in an embedded store.
 */
final class CountMany {
  private static final LocalDate BEGIN = LocalDate.parse("2026-01-01");
  private static final int AT_ONCE = 5_000;

  private static final List<Step> STEPS =
      List.of(new Step(new Event.TimePassed(Instant.EPOCH), List.of()));

  private CountMany() {}

  /** Takes the directory of the store, which must not be there yet, and how many tests. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int tests = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    Files.createDirectories(directory.getParent());
    var year = Duration.ofDays(365);
    try (var store =
        SqlStores.embedded(
            directory, new Retention(() -> year.multipliedBy(10), () -> year.multipliedBy(10)))) {
      var batch = new ArrayList<EndedTest>(AT_ONCE);
      long batches = 0;
      for (int i = 0; i < tests; i++) {
        batch.add(ended(i, year.dividedBy(tests).multipliedBy(i)));
        if (batch.size() == AT_ONCE || i == tests - 1) {
          store.append(new Batch(++batches, STEPS), batch);
          batch.clear();
        }
      }
      var farm = new Farm(FarmSettings.defaults(new Endpoint("farm.example", 31_415))).snapshot();
      Instant now = BEGIN.plusDays(365).atStartOfDay().toInstant(ZoneOffset.UTC);
      for (int days : new int[] {7, 365, 7, 365}) {
        var period = new Figures.Period(BEGIN.plusDays(365 - days), BEGIN.plusDays(364));
        long begun = System.nanoTime();
        var figures =
            Count.of(period, Duration.ofMinutes(5), ZoneOffset.UTC, store.history(), farm, now);
        System.out.printf(
            Locale.ROOT,
            "%d days, %d tests: %.0f ms%n",
            days,
            figures.hours().stream().mapToLong(Figures.Ended::all).sum(),
            (System.nanoTime() - begun) / 1e6);
      }
    }
  }

  private static EndedTest ended(int number, Duration since) {
    Instant received = BEGIN.atStartOfDay().toInstant(ZoneOffset.UTC).plus(since);
    var product = Map.of("imei", "35" + number % 1_000, "rm-code", "RM-" + number % 100);
    var test =
        TestDescription.named(RuntimeId.of("test_" + number))
            .with(
                new TestDemand(
                    Target.FLASH,
                    ReleasingMode.AUTOMATIC,
                    Duration.ofMinutes(5),
                    "(rm-code:RM-" + number % 100 + ";)",
                    List.of()));
    test = test.with(test.progress().reserving(List.of(ProductDescription.of(product))));
    boolean isGood = number % 10 != 0;
    return new EndedTest(
        test,
        new ClientId(new Endpoint("ci" + number % 50 + ".example", 16_180)),
        isGood ? EndedTest.Verdict.FINISHED : EndedTest.Verdict.FAILED,
        isGood ? Optional.empty() : Optional.of(new Reason(Fault.TEST, "run-failed", "failed")),
        1,
        Optional.of(new NodeId(new Endpoint("node" + number % 100 + ".example", 27_182))),
        new EndedTest.Times(
            received,
            Optional.of(received.plusSeconds(number % 300)),
            Optional.of(received.plusSeconds(number % 300 + 5)),
            received.plusSeconds(number % 300 + 600)));
  }
}
