package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.service.farm.EndedTest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The tests that ended, as far back as the retention reaches; without secrets. For any thread. */
public interface History {

  /**
   * Finds tests, the last ended first.
   *
   * @return no more than the search allows
   */
  List<Entry> find(Search search);

  /** How many tests suit a search, its limit aside. */
  long count(Search search);

  /**
   * Shows the tests that ended in some time in short, in no order: for those who count. A million
   * take seconds; a taker that throws ends it.
   *
   * @param since they ended then or later, to the millisecond
   * @param before they ended before, likewise
   */
  void forEach(Instant since, Instant before, Consumer<Brief> taker);

  /**
   * A test in history.
   *
   * @param number grows in the order in which tests ended; unique, for ids may be used again
   */
  record Entry(long number, EndedTest test) {
    public Entry {
      Objects.requireNonNull(test, "test");
    }
  }
}
