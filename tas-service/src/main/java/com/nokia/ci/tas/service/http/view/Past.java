package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** Its last tests, and its failures beside those of its peers. */
  TrackRecord of(Search.Aspect aspect, String name, List<String> peers, Telling telling) {
    var tests = tests(aspect, name, LOOKED_AT);
    var facts = new ArrayList<Frame.Fact>();
    facts.add(new Frame.Fact("tests looked at", "the last " + tests.size()));
    if (!tests.isEmpty()) {
      facts.add(new Frame.Fact("finished", share(tests, EndedTest.Verdict.FINISHED)));
      facts.add(new Frame.Fact("failed", share(tests, EndedTest.Verdict.FAILED)));
      facts.add(new Frame.Fact("failed by its fault", blamed(tests)));
      facts.add(new Frame.Fact("the same among its peers", ofPeers(aspect, peers)));
      facts.add(new Frame.Fact("in use over the last week", use(tests, telling.now())));
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

  /** How much of a week it had a test; by its last tests alone. */
  private static String use(List<EndedTest> tests, Instant now) {
    Instant begin = now.minus(WEEK);
    long used = 0;
    for (var test : tests) {
      var times = test.times();
      if (times.reserved().isPresent() && times.ended().isAfter(begin)) {
        var from = times.reserved().get().isBefore(begin) ? begin : times.reserved().get();
        used += Math.max(0, Duration.between(from, times.ended()).toMillis());
      }
    }
    return Math.min(100, Math.round(used * 100.0 / WEEK.toMillis())) + " %";
  }
}
