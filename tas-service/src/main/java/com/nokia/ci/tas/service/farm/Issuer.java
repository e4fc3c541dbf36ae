package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Duration;
import java.time.Instant;

/**
 * A client that has tests here, or ends that it has yet to hear of.
 *
 * @param id which its tests have in common, so that it is kept once
 * @param heard when it last gave a sign of life
 * @param probed when it was last looked for
 * @param line how it spoke when it last started a test
 * @param tests those that have not ended, by age: what comes is put at the end
 * @param untold how those ended that it has not heard of for certain
 */
record Issuer(
    ClientId id,
    Instant heard,
    Instant probed,
    Event.Line line,
    Table<Arrival, TestId> tests,
    Table<TestId, UntoldEnd> untold) {

  /** One that has just been heard of. */
  static Issuer arriving(ClientId id, Instant at) {
    return new Issuer(id, at, Instant.EPOCH, Event.Line.PLAIN, Table.empty(), Table.empty());
  }

  Issuer heard(Instant at) {
    return new Issuer(id, Deadline.later(heard, at), probed, line, tests, untold);
  }

  Issuer probed(Instant at) {
    return new Issuer(id, heard, at, line, tests, untold);
  }

  /** The same with one more test, which is a sign of life too. */
  Issuer with(Arrival arrival) {
    var more = tests.with(arrival, arrival.test().test());
    return new Issuer(id, Deadline.later(heard, arrival.received()), probed, line, more, untold);
  }

  Issuer without(Arrival arrival) {
    return new Issuer(id, heard, probed, line, tests.without(arrival), untold);
  }

  /** The same, speaking in another way. */
  Issuer by(Event.Line newLine) {
    return newLine == line ? this : new Issuer(id, heard, probed, newLine, tests, untold);
  }

  /** The same, with an end that it has to hear of. */
  Issuer owed(UntoldEnd end) {
    return new Issuer(id, heard, probed, line, tests, untold.with(end.id(), end));
  }

  /** The same, and it knows how a test ended. */
  Issuer told(TestId test) {
    return new Issuer(id, heard, probed, line, tests, untold.without(test));
  }

  /** The same, of which nobody knows any more what it has heard. */
  Issuer toldAll() {
    return new Issuer(id, heard, probed, line, tests, Table.empty());
  }

  boolean isNeedless() {
    return tests.isEmpty() && untold.isEmpty();
  }

  Instant due(Duration period) {
    return Deadline.after(Deadline.later(heard, probed), period);
  }
}
