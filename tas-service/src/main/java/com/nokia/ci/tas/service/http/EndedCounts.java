package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.farm.EndedTest;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** How many tests have ended, as far back as history reaches, by verdict. Safe for any thread. */
public final class EndedCounts {
  private final Map<EndedTest.Verdict, LongAdder> counts = new EnumMap<>(EndedTest.Verdict.class);

  /** Begins at zero. */
  public EndedCounts() {
    for (var verdict : EndedTest.Verdict.values()) {
      counts.put(verdict, new LongAdder());
    }
  }

  /** Begins with so many of each verdict, which ended in earlier lives of the service. */
  public static EndedCounts from(ToLongFunction<EndedTest.Verdict> earlier) {
    var counts = new EndedCounts();
    for (var verdict : EndedTest.Verdict.values()) {
      counts.counts.get(verdict).add(earlier.applyAsLong(verdict));
    }
    return counts;
  }

  /** One more. */
  public void count(EndedTest test) {
    counts.get(test.verdict()).increment();
  }

  long of(EndedTest.Verdict verdict) {
    return counts.get(verdict).sum();
  }
}
