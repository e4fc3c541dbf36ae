package com.nokia.ci.tas.communicator.execution;

import java.util.Optional;

/** Finds out what the system knows of the end of an executor beside its exit code. */
final class ExitNote {
  private static final int SIGNALS = 128;
  private static final int KILL = SIGNALS + 9;
  private static final int CPU_TIME = SIGNALS + 24;

  private final ProcDirectory processes;
  private final ExecutorLimits limits;
  private final long killsBefore;

  /** Made when the executor has just been started: what is read here takes no time from that. */
  ExitNote(ProcDirectory processes, ExecutorLimits limits) {
    this.processes = processes;
    this.limits = limits;
    this.killsBefore = processes.killsForWantOfMemory();
  }

  /** What is to be said of an executor that ended with this code; empty: nothing. */
  String of(int exitCode) {
    if (exitCode == KILL && processes.killsForWantOfMemory() > killsBefore) {
      return "the system ran out of memory and killed processes meanwhile";
    }
    Optional<Long> seconds = limits.cpuSeconds();
    if ((exitCode == CPU_TIME || exitCode == KILL) && seconds.isPresent()) {
      return "it may use " + seconds.get() + " s of CPU time";
    }
    return "";
  }
}
