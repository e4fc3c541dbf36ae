package com.nokia.ci.tas.communicator.execution;

/**
 * Which workspaces stay after their run for a person to look at (guide, "Installing and launching
 * Test Automation Communicator": the keep parameters).
 */
public enum KeepRule {
  /** Every workspace is deleted when its run has ended. */
  NONE,
  /** Workspaces of failed runs stay, with the reason in {@link Workspace#FAILURE_NOTE}. */
  FAILED,
  /** All workspaces stay. */
  ALL;

  boolean keeps(boolean failed) {
    return this == ALL || (this == FAILED && failed);
  }
}
