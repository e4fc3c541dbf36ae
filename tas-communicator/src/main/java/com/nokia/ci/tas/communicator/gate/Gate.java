package com.nokia.ci.tas.communicator.gate;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.communicator.execution.SideProgram;
import com.nokia.ci.tas.communicator.execution.Workspace;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What stands between a run whose files are there and its executor: the conditions of the node's
 * owner and of the test, then a program of the owner, which opens the gate with exit code 0. Any
 * thread may look; nothing blocks.
 */
public final class Gate {
  private final Conditions conditions;
  private final Machine machine;
  private final Optional<SideProgram> program;

  /**
   * @param conditions of the owner
   * @param program of the owner
   */
  public Gate(Conditions conditions, Machine machine, Optional<SideProgram> program) {
    this.conditions = conditions;
    this.machine = machine;
    this.program = program;
  }

  /** Whether the owner demands anything of every run. */
  public boolean isWatched() {
    return program.isPresent() || !conditions.equals(Conditions.NONE);
  }

  /**
   * Looks.
   *
   * @return why a run may not pass now, as a sentence that begins with {@code waiting}; empty: it
   *     may. Cancelling it ends the program under way
   * @throws com.nokia.ci.tas.communicator.execution.ExecutionException when the test asks for
   *     something that is not understood
   */
  public CompletableFuture<Optional<String>> look(
      RuntimeId run, TestExecution execution, Workspace workspace) {
    var lacking = conditions.strictest(Conditions.askedBy(execution.parameters())).lacking(machine);
    if (lacking.isPresent() || program.isEmpty()) {
      return CompletableFuture.completedFuture(lacking);
    }
    return program.get().ask(run, workspace);
  }
}
