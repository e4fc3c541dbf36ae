package com.nokia.ci.tas.communicator.gate;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A machine that has to spare what a test says. */
record FakeMachine(OptionalLong freeDisk, OptionalLong freeMemory, OptionalDouble load)
    implements Machine {
  /** A machine that tells nothing. */
  static final FakeMachine SILENT =
      new FakeMachine(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());

  static FakeMachine of(long freeDisk, long freeMemory, double load) {
    return new FakeMachine(
        OptionalLong.of(freeDisk), OptionalLong.of(freeMemory), OptionalDouble.of(load));
  }
}
