package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a test ended, kept until its issuer is known to have heard of it: whatever happens to the
 * service meanwhile, the issuer is told.
 *
 * @param test as its issuer is told, codes of its products included
 * @param reason why, unless it finished
 * @param ended when
 */
public record UntoldEnd(TestDescription test, Optional<Reason> reason, Instant ended) {
  TestId id() {
    return test.id().test();
  }
}
