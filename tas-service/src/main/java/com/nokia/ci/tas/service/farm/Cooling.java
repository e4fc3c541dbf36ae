package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Names of runs that ended on a node a moment ago. A late or repeated report of such a run could be
 * taken for one of another run of that name, and a plain node may still be clearing it away; so no
 * run of that name begins there for a while. Immutable.
 */
record Cooling(Table<RuntimeId, Instant> until, Dues<RuntimeId> dues) {
  /** How late a message may be. */
  static final Duration GAP = Duration.ofSeconds(5);

  static final Cooling NONE = new Cooling(Table.empty(), Dues.none());

  Cooling with(RuntimeId name, Instant now) {
    return until(name, Deadline.after(now, GAP));
  }

  Cooling until(RuntimeId name, Instant end) {
    return new Cooling(until.with(name, end), dues.moved(name, until.get(name), Optional.of(end)));
  }

  Cooling without(RuntimeId name) {
    return new Cooling(until.without(name), dues.moved(name, until.get(name), Optional.empty()));
  }

  boolean contains(RuntimeId name) {
    return until.contains(name);
  }

  /** The name that may be used again first. */
  Optional<Dues.Due<RuntimeId>> first() {
    return dues.first();
  }
}
