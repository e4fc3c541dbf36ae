package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What history has of a product or a node.
 *
 * @param history to ask
 * @param mayBeSeen which tests whoever looks may see; all count, not all are listed
 */
public record Past(History history, Predicate<TestDescription> mayBeSeen) {
  /** So many others are compared with. */
  static final int MOST_PEERS = 8;

  private static final int LOOKED_AT = 100;
  private static final int LISTED = 30;
  private static final int OF_A_PEER = 25;
  private static final Duration WEEK = Duration.ofDays(7);

  /**
   * Its last tests, and its failures beside those of its peers.
   *
   * @param busySince when it got the test that it has, if it has one
   */
  TrackRecord of(
      Search.Aspect aspect,
      String name,
      List<String> peers,
      Optional<Instant> busySince,
      Telling telling) {
    var tests = tests(aspect, name, LOOKED_AT);
    var facts = new ArrayList<Frame.Fact>();
    facts.add(new Frame.Fact("tests looked at", "the last " + tests.size()));
    if (!tests.isEmpty()) {
      facts.add(new Frame.Fact("finished", share(tests, EndedTest.Verdict.FINISHED)));
      facts.add(new Frame.Fact("failed", share(tests, EndedTest.Verdict.FAILED)));
      facts.add(new Frame.Fact("failed by its fault", blamed(tests)));
      facts.add(new Frame.Fact("the same among its peers", ofPeers(aspect, peers)));
    }
    if (!tests.isEmpty() || busySince.isPresent()) {
      facts.add(use(tests, busySince, telling.now()));
    }
    return new TrackRecord(
        tests.stream()
            .filter(test -> mayBeSeen.test(test.test()))
            .limit(LISTED)
            .map(test -> EndedRow.of(test, telling))
            .toList(),
        facts,
        "/history?" + aspect.name().toLowerCase(Locale.ROOT) + "=" + Address.encoded(name));
  }

  private List<EndedTest> tests(Search.Aspect aspect, String name, int most) {
    return history.find(Search.LATEST.with(aspect, name).atMost(most)).stream()
        .map(History.Entry::test)
        .toList();
  }

  private static String share(List<EndedTest> tests, EndedTest.Verdict verdict) {
    return share(tests.stream().filter(it -> it.verdict() == verdict).count(), tests.size());
  }

  private static String share(long some, int all) {
    return some + " of " + all + " (" + Math.round(some * 100.0 / all) + " %)";
  }

  private static String blamed(List<EndedTest> tests) {
    return share(tests.stream().filter(Past::isOfTheThing).count(), tests.size());
  }

  private static boolean isOfTheThing(EndedTest test) {
    return test.reason()
        .filter(it -> it.fault() == Fault.PRODUCT || it.fault() == Fault.NODE)
        .isPresent();
  }

  private String ofPeers(Search.Aspect aspect, List<String> peers) {
    var theirs = new ArrayList<EndedTest>();
    peers.forEach(peer -> theirs.addAll(tests(aspect, peer, OF_A_PEER)));
    return theirs.isEmpty() ? "no peer has had a test" : blamed(theirs);
  }

  /** For how much of the last week it had a test, or of the time that its last tests go back to. */
  private static Frame.Fact use(List<EndedTest> tests, Optional<Instant> busySince, Instant now) {
    Instant week = now.minus(WEEK);
    Instant oldest = tests.size() < LOOKED_AT ? week : tests.get(LOOKED_AT - 1).times().ended();
    boolean isWeek = !oldest.isAfter(week);
    Instant begin = isWeek ? week : oldest;
    var spans = new ArrayList<Span>();
    busySince.ifPresent(since -> spans.add(new Span(since, now)));
    for (var test : tests) {
      var times = test.times();
      times.reserved().ifPresent(at -> spans.add(new Span(at, times.ended())));
    }
    long whole = Math.max(1, Duration.between(begin, now).toMillis());
    return new Frame.Fact(
        "in use over the last " + (isWeek ? "week" : Words.duration(Duration.between(begin, now))),
        percent(covered(spans, begin), whole));
  }

  private static String percent(long part, long whole) {
    long percent = Math.round(part * 100.0 / whole);
    return percent == 0 && part > 0 ? "less than 1 %" : percent + " %";
  }

  private record Span(Instant from, Instant to) {}

  /** Milliseconds behind a moment that are in at least one of the spans. */
  private static long covered(List<Span> spans, Instant begin) {
    long covered = 0;
    Instant behind = begin;
    for (var span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
      Instant from = span.from().isAfter(behind) ? span.from() : behind;
      if (span.to().isAfter(from)) {
        covered += Duration.between(from, span.to()).toMillis();
        behind = span.to();
      }
    }
    return covered;
  }
}
