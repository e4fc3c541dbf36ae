package com.nokia.ci.tas.communicator.gate;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node's owner demands before an executor is started.
 *
 * @param conditions of the machine
 * @param program that opens the gate with exit code 0, as an executor application is written
 * @param programLimit how long it may take
 * @param pause from one look at a closed gate to the next
 * @param limit how long a gate may stay closed before the run fails
 * @param spacing from the start of one executor to that of the next; zero: none
 */
public record GateSettings(
    Conditions conditions,
    Optional<String> program,
    Duration programLimit,
    Duration pause,
    Duration limit,
    Duration spacing) {
  /** Nothing is demanded; what tests ask for is looked at every five seconds, for ten minutes. */
  public static final GateSettings NONE =
      new GateSettings(
          Conditions.NONE,
          Optional.empty(),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ZERO);
}
