package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.farm.EndedTest;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many tests have ended since the start of the service, by verdict. Safe for any thread. */
public final class EndedCounts {
  private final Map<EndedTest.Verdict, LongAdder> counts = new EnumMap<>(EndedTest.Verdict.class);

  /** Begins at zero. */
  public EndedCounts() {
    for (var verdict : EndedTest.Verdict.values()) {
      counts.put(verdict, new LongAdder());
    }
  }

  /** One more. */
  public void count(EndedTest test) {
    counts.get(test.verdict()).increment();
  }

  long of(EndedTest.Verdict verdict) {
    return counts.get(verdict).sum();
  }
}
