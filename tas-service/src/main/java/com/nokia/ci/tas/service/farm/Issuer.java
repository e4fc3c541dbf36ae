package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.TestId;
import java.time.Duration;
import java.time.Instant;

/**
 * A client that has tests here.
 *
 * @param heard when it last gave a sign of life
 * @param probed when it was last looked for
 * @param tests those that have not ended, never empty
 */
record Issuer(Instant heard, Instant probed, Table<TestId, TestId> tests) {
  Issuer heard(Instant at) {
    return new Issuer(Deadline.later(heard, at), probed, tests);
  }

  Issuer probed(Instant at) {
    return new Issuer(heard, at, tests);
  }

  Issuer with(TestId test) {
    return new Issuer(heard, probed, tests.with(test, test));
  }

  Issuer without(TestId test) {
    return new Issuer(heard, probed, tests.without(test));
  }

  Instant due(Duration period) {
    return Deadline.after(Deadline.later(heard, probed), period);
  }
}
