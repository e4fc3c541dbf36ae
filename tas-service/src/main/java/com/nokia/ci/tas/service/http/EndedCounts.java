package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many tests have ended, as far back as history reaches, by verdict and by whose fault; and,
 * since the service started, how long they waited, were prepared and ran. Safe for any thread.
 */
public final class EndedCounts {
  private final Map<EndedTest.Verdict, LongAdder> counts = new EnumMap<>(EndedTest.Verdict.class);

  private final Map<Fault, LongAdder> faults = new EnumMap<>(Fault.class);
  private final Histogram waited = Histogram.ofTests();
  private final Histogram prepared = Histogram.ofTests();
  private final Histogram ran = Histogram.ofTests();

  /** Begins at zero. */
  public EndedCounts() {
    for (var verdict : EndedTest.Verdict.values()) {
      counts.put(verdict, new LongAdder());
    }
    for (var fault : Fault.values()) {
      faults.put(fault, new LongAdder());
    }
  }

  /** Begins with what ended in earlier lives of the service. */
  public static EndedCounts from(History history) {
    var counts = new EndedCounts();
    counts.counts.forEach(
        (verdict, count) -> count.add(history.count(Search.LATEST.with(verdict))));
    counts.faults.forEach(
        (fault, count) ->
            count.add(history.count(Search.LATEST.with(Search.Aspect.FAULT, fault.text()))));
    return counts;
  }

  /** One more. */
  public void count(EndedTest test) {
    counts.get(test.verdict()).increment();
    test.reason().ifPresent(reason -> faults.get(reason.fault()).increment());
    var times = test.times();
    times.reserved().ifPresent(at -> waited.note(Duration.between(times.received(), at)));
    if (times.reserved().isPresent() && times.started().isPresent()) {
      prepared.note(Duration.between(times.reserved().get(), times.started().get()));
    }
    times.started().ifPresent(at -> ran.note(Duration.between(at, times.ended())));
  }

  long of(Fault fault) {
    return faults.get(fault).sum();
  }

  Histogram waited() {
    return waited;
  }

  Histogram prepared() {
    return prepared;
  }

  Histogram ran() {
    return ran;
  }

  long of(EndedTest.Verdict verdict) {
    return counts.get(verdict).sum();
  }
}
