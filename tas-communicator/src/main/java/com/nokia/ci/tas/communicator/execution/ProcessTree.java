package com.nokia.ci.tas.communicator.execution;

import java.util.List;

/** All processes that belong together because one executor, directly or not, started them. */
interface ProcessTree {
  /** The members that are alive now; looking again may show others, for they may fork meanwhile. */
  List<ProcessHandle> members();

  /** Asks a member to end; the default is what the platform does politely. */
  default void ask(ProcessHandle member) {
    member.destroy();
  }

  /** Ends a member at once. */
  default void kill(ProcessHandle member) {
    member.destroyForcibly();
  }
}
