package com.nokia.ci.tas.communicator.gate;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a machine has to spare; empty where the system does not tell. Any thread may ask. */
public interface Machine {
  /** Bytes that can still be written beside the workspaces. */
  OptionalLong freeDisk();

  /** Bytes of memory that programs can have. */
  OptionalLong freeMemory();

  /** Programs that ran or wanted to, on average of the last minute. */
  OptionalDouble load();
}
