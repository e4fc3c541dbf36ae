package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a product is at its node. */
public sealed interface Presence {
  /** It is. */
  record Here() implements Presence {
    Missing toMissing(Instant at) {
      return new Missing(at);
    }
  }

  /** It was unplugged and may come back. */
  record Missing(Instant since) implements Presence {
    /** The same, and for a while nobody could have heard of its return. */
    Missing unheard(Duration away) {
      return new Missing(since.plus(away));
    }

    Dead toDead() {
      return new Dead(since);
    }
  }

  /** It was gone for so long that the run that used it failed. */
  record Dead(Instant since) implements Presence {}

  /** Since when it is gone. */
  default Optional<Instant> goneSince() {
    if (this instanceof Missing missing) {
      return Optional.of(missing.since());
    }
    return this instanceof Dead dead ? Optional.of(dead.since()) : Optional.empty();
  }
}
