package com.nokia.ci.tas.service.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.figures.Figures.Ended;
import com.nokia.ci.tas.service.figures.Figures.Period;
import com.nokia.ci.tas.service.store.Brief;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CountTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final Period TWO_DAYS = new Period(MONDAY, MONDAY.plusDays(1));
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void theUseOfProductsIsTheTimeTheyWereReservedSliceBySlice() {
    var figures =
        count(
            test("finished", at(0, 10, 0), at(0, 10, 30), at(0, 12, 0), 2),
            test("finished", at(0, 23, 0), at(0, 23, 0), at(1, 1, 0), 1));

    var monday = figures.use().most();
    assertEquals(1.0, monday.get(10), 1e-9);
    assertEquals(2.0, monday.get(11), 1e-9);
    assertEquals(0.0, monday.get(12), 1e-9);
    assertEquals(1.0, monday.get(23), 1e-9);
    assertEquals(1.0, figures.use().last().get(0), 1e-9);
    assertEquals(0.0, figures.use().last().get(1), 1e-9);
    assertEquals(Integer.MAX_VALUE, figures.use().drawn());
  }

  @Test
  void theEnvelopeReachesFromTheLeastToTheMostOfTheDaysBefore() {
    var history =
        List.of(
            test("finished", at(0, 9, 0), at(0, 9, 0), at(0, 10, 0), 3),
            test("finished", at(1, 9, 0), at(1, 9, 0), at(1, 10, 0), 1),
            test("finished", at(2, 9, 0), at(2, 9, 0), at(2, 10, 0), 2));

    var figures = count(new Period(MONDAY, MONDAY.plusDays(2)), history);

    assertEquals(1.0, figures.use().least().get(9), 1e-9);
    assertEquals(3.0, figures.use().most().get(9), 1e-9);
    assertEquals(2.0, figures.use().last().get(9), 1e-9);
  }

  @Test
  void daysAndHoursTellHowTestsEnded() {
    var figures =
        count(
            test("finished", at(0, 9, 0), at(0, 9, 0), at(0, 10, 0), 1),
            test("failed", at(0, 9, 0), at(0, 9, 0), at(0, 10, 5), 1),
            test("stopped", at(1, 9, 0), at(1, 9, 0), at(1, 10, 10), 1));

    assertEquals(
        List.of(new Ended(1, 1, 0), new Ended(0, 0, 1)),
        figures.days().stream().map(Figures.Day::ended).toList());
    assertEquals(new Ended(1, 1, 1), figures.hours().get(10));
    assertEquals(List.of(new Figures.Cause("node", "lost", 2)), figures.causes());
  }

  @Test
  void whatWasWaitedForLongestComesFirst() {
    var figures =
        count(
            wanting("rm-code:A;", Duration.ofMinutes(1)),
            wanting("rm-code:B;", Duration.ofMinutes(2)),
            wanting("rm-code:A;", Duration.ofMinutes(9)));

    var first = figures.wanted().get(0);
    assertEquals("rm-code:A;", first.expression());
    assertEquals(Duration.ofMinutes(10), first.waited());
    assertEquals(2, first.tests());
    assertEquals("rm-code:B;", figures.wanted().get(1).expression());
    assertEquals(3, figures.spreads().waiting().count());
  }

  @Test
  void useIsToldByIssuerAndProject() {
    var figures = count(test("finished", at(0, 9, 0), at(0, 9, 0), at(0, 10, 0), 2));

    var issuer = new Figures.User("anna", 1, 1, Duration.ofHours(2));
    assertEquals(List.of(issuer), figures.issuers());
    assertEquals("radio", figures.projects().get(0).name());
  }

  @Test
  void percentilesAreRightToTwoPercent() {
    var spread = new Spread();
    for (int i = 1; i <= 1_000; i++) {
      spread.add(Duration.ofSeconds(i));
    }

    assertTrue(Math.abs(spread.percentile(50).toMillis() / 500_000.0 - 1) <= 0.021);
    assertTrue(Math.abs(spread.percentile(99).toMillis() / 990_000.0 - 1) <= 0.021);
    assertEquals(Duration.ofSeconds(1_000), spread.percentile(100));
    assertEquals(Duration.ZERO, new Spread().percentile(50));
  }

  @Test
  void aPeriodEndsBehindItsBeginningAndWithinAYear() {
    assertThrows(IllegalArgumentException.class, () -> new Period(MONDAY, MONDAY.minusDays(1)));
    assertThrows(IllegalArgumentException.class, () -> new Period(MONDAY, MONDAY.plusDays(400)));
  }

  private static Figures count(Brief... tests) {
    return count(TWO_DAYS, List.of(tests));
  }

  private static Figures count(Period period, List<Brief> tests) {
    var farm = new Farm(FarmSettings.defaults(new Endpoint("farm.example", 31_415)));
    return Count.of(period, HOUR, ZoneOffset.UTC, history(tests), farm.snapshot(), at(5, 12, 0));
  }

  private static Instant at(int day, int hour, int minute) {
    return MONDAY.plusDays(day).atTime(hour, minute).toInstant(ZoneOffset.UTC);
  }

  private static Brief test(
      String verdict, Instant received, Instant reserved, Instant ended, int products) {
    boolean isGood = verdict.equals("finished");
    return new Brief(
        new EndedTest.Times(received, Optional.of(reserved), Optional.of(reserved), ended),
        EndedTest.Verdict.valueOf(verdict.toUpperCase(java.util.Locale.ROOT)),
        isGood ? "" : "node",
        isGood ? "" : "lost",
        1,
        products,
        "radio",
        "anna",
        "ci.example:16180",
        "node1.example:27182",
        "");
  }

  private static Brief wanting(String expression, Duration waited) {
    Instant received = at(0, 9, 0);
    Instant reserved = received.plus(waited);
    return new Brief(
        new EndedTest.Times(
            received, Optional.of(reserved), Optional.empty(), reserved.plusSeconds(60)),
        EndedTest.Verdict.FINISHED,
        "",
        "",
        1,
        1,
        "",
        "",
        "ci.example:16180",
        "node1.example:27182",
        expression);
  }

  private static History history(List<Brief> tests) {
    return new History() {
      @Override
      public List<Entry> find(Search search) {
        return List.of();
      }

      @Override
      public long count(Search search) {
        return 0;
      }

      @Override
      public void forEach(Instant since, Instant before, Consumer<Brief> taker) {
        tests.forEach(taker);
      }
    };
  }
}
