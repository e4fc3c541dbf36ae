package com.nokia.ci.tas.samples.browser;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Tests that a farm of some products has had in two weeks: many in working hours, few at night and
 * at weekends, and the same ones each time it is made for the same days.
 */
final class FortnightBefore {
  private static final int DAYS = 14;
  private static final List<Reason> REASONS =
      List.of(
          new Reason(Fault.TEST, "exit-code", "the executor ended with exit code 1"),
          new Reason(Fault.TEST, "exit-code", "the executor ended with exit code 3"),
          new Reason(Fault.TEST, "timeout", "the test took longer than 60 min"),
          new Reason(Fault.PRODUCT, "product-lost", "the product was unplugged"),
          new Reason(Fault.ARTIFACT, "artifact-missing", "image.zip is not there"));
  private static final List<String> WANTED =
      List.of(
          "(rm-code:RM-763;environment:Bluetooth)",
          "(rm-code:RM-763)",
          "(rm-code:RM-701;role:main)");

  private final Random random = new Random(17);
  private final List<EndedTest> tests = new ArrayList<>();
  private final LocalDate until;

  /** Makes the tests of the two weeks before a day, on that many products. */
  FortnightBefore(LocalDate until, int products) {
    this.until = until;
    for (int product = 0; product < products; product++) {
      fill(product);
    }
    tests.sort(Comparator.comparing(test -> test.times().ended()));
  }

  /** Makes them the history of a service that does not run. */
  void keepIn(Path store) {
    var forever = Retention.of(Duration.ofDays(10_000), Duration.ofDays(10_000));
    try (var opened = SqlStores.embedded(store, forever)) {
      var last = new Step(new Event.TimePassed(begin(until)), List.of());
      opened.append(new Batch(1, List.of(last)), tests);
    }
  }

  LocalDate first() {
    return until.minusDays(DAYS);
  }

  LocalDate last() {
    return until.minusDays(1);
  }

  /** How many ended on a day like this. */
  long count(LocalDate day, Verdict verdict) {
    return tests.stream()
        .filter(test -> test.verdict() == verdict)
        .map(test -> test.times().ended())
        .filter(at -> !at.isBefore(begin(day)) && at.isBefore(begin(day.plusDays(1))))
        .count();
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
  }

  /** A product has one test behind the other, with more time between them when nobody works. */
  private void fill(int product) {
    Instant end = begin(until);
    Instant at = begin(first());
    while (true) {
      var local = at.atZone(ZoneId.systemDefault());
      boolean isWeekend = local.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
      boolean isWork = !isWeekend && local.getHour() >= 7 && local.getHour() < 19;
      Instant reserved = at.plusSeconds(60 + random.nextInt(isWork ? 900 : 14_400));
      Instant started = reserved.plusSeconds(15 + random.nextInt(90));
      Instant ended = started.plusSeconds(240 + random.nextInt(2_400));
      if (!ended.isBefore(end)) {
        return;
      }
      Instant received = reserved.minusSeconds(isWork ? random.nextInt(1_800) : 1);
      tests.add(test(product, received, reserved, started, ended));
      at = ended;
    }
  }

  private EndedTest test(
      int number, Instant received, Instant reserved, Instant started, Instant ended) {
    int chance = random.nextInt(100);
    var verdict = chance < 83 ? Verdict.FINISHED : chance < 96 ? Verdict.FAILED : Verdict.STOPPED;
    var product =
        ProductDescription.of(
            Map.of("imei", String.valueOf(4_402_136_000_000L + number), "rm-code", "RM-763"));
    var progress =
        new TestProgress(
            verdict == Verdict.FINISHED ? TestStatus.FINISHED : TestStatus.FAILED,
            "",
            started.truncatedTo(ChronoUnit.MILLIS),
            Duration.ofHours(1),
            1,
            List.of(product));
    return new EndedTest(
        new TestDescription(
            RuntimeId.of("nightly_" + tests.size()),
            new TestOrigin(
                "/w",
                "",
                Optional.of(new ProjectId(random.nextInt(3) == 0 ? "camera" : "radio")),
                Optional.of(new UserId(List.of("anna", "bert", "ci").get(random.nextInt(3))))),
            TestDemand.NOTHING.asking(WANTED.get(Math.min(2, random.nextInt(5)))),
            new TestExecution("python3", "run.py", List.of(), Map.of(), List.of(), ""),
            progress,
            List.of()),
        new ClientId(new Endpoint("ci.example", 16_180)),
        verdict,
        switch (verdict) {
          case FINISHED -> Optional.empty();
          case FAILED -> Optional.of(REASONS.get(random.nextInt(REASONS.size())));
          case STOPPED, REFUSED ->
              Optional.of(new Reason(Fault.REQUESTER, "stopped", "stopped by anna"));
        },
        1,
        Optional.of(new NodeId(new Endpoint("lab4.example", 27_182))),
        new EndedTest.Times(received, Optional.of(reserved), Optional.of(started), ended));
  }
}
