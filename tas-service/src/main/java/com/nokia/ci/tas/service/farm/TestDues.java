package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Dues.Due;
import java.time.Instant;
import java.util.Optional;

/**
 * When something has to happen to tests, in {@linkplain Books#counted counted} time. Immutable.
 *
 * <p>Four lists instead of one, by what tests are due for: most tests of one list have the same
 * time from their arrival, so that a test that arrives is put at the end of a list; in one list of
 * all it would stand in the middle, between those that are due at once and those that run.
 *
 * @param gathering they wait, and products will be kept for them
 * @param patient they wait, and will have a claim
 * @param claiming they wait with a claim, for as long as they may
 * @param running they run
 */
record TestDues(
    Dues<Arrival> gathering, Dues<Arrival> patient, Dues<Arrival> claiming, Dues<Arrival> running) {
  static final TestDues NONE = new TestDues(Dues.none(), Dues.none(), Dues.none(), Dues.none());

  private enum Sort {
    GATHERING,
    PATIENT,
    CLAIMING,
    RUNNING
  }

  private static Sort sort(LiveTest test) {
    if (!Books.isWaiting(test)) {
      return Sort.RUNNING;
    }
    if (test.hasClaim()) {
      return Sort.CLAIMING;
    }
    return test.order().wish().isGroup() ? Sort.GATHERING : Sort.PATIENT;
  }

  /** The same when a test is another than before, has come or has gone. */
  TestDues moved(
      Arrival arrival,
      Optional<LiveTest> before,
      Optional<LiveTest> now,
      FarmSettings.TestLimits limits) {
    var from = before.map(TestDues::sort);
    var to = now.map(TestDues::sort);
    var was = before.map(test -> test.due(limits));
    var is = now.map(test -> test.due(limits));
    if (from.equals(to)) {
      return moved(to.orElseThrow(), arrival, was, is);
    }
    var left = from.isPresent() ? moved(from.get(), arrival, was, Optional.empty()) : this;
    return to.isPresent() ? left.moved(to.get(), arrival, Optional.empty(), is) : left;
  }

  private TestDues moved(Sort sort, Arrival test, Optional<Instant> from, Optional<Instant> to) {
    return with(sort, of(sort).moved(test, from, to));
  }

  private Dues<Arrival> of(Sort sort) {
    return switch (sort) {
      case GATHERING -> gathering;
      case PATIENT -> patient;
      case CLAIMING -> claiming;
      case RUNNING -> running;
    };
  }

  private TestDues with(Sort sort, Dues<Arrival> changed) {
    return switch (sort) {
      case GATHERING -> new TestDues(changed, patient, claiming, running);
      case PATIENT -> new TestDues(gathering, changed, claiming, running);
      case CLAIMING -> new TestDues(gathering, patient, changed, running);
      case RUNNING -> new TestDues(gathering, patient, claiming, changed);
    };
  }

  /** What is due first; of those that are at the same time the oldest. */
  Optional<Due<Arrival>> first() {
    return of(next()).first();
  }

  /** The same without the first. */
  TestDues withoutFirst() {
    return with(next(), of(next()).withoutFirst());
  }

  /** The list in which the first stands. */
  private Sort next() {
    var next = Sort.RUNNING;
    var earliest = of(next).first();
    for (var sort : Sort.values()) {
      var first = of(sort).first();
      if (first.isPresent() && (earliest.isEmpty() || first.get().compareTo(earliest.get()) < 0)) {
        next = sort;
        earliest = first;
      }
    }
    return next;
  }
}
