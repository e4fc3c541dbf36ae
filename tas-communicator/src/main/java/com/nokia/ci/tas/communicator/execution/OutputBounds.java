package com.nokia.ci.tas.communicator.execution;

/**
 * How much output of one executor a node takes.
 *
 * @param kept bytes of it that are kept in a file; what comes then is left out but for its end
 * @param unshown bytes of it that may wait for a client that does not keep up; then it is not shown
 *     some of it
 */
public record OutputBounds(long kept, long unshown) {
  /** 512 MiB and 16 MiB. */
  public static final OutputBounds DEFAULT = new OutputBounds(512L << 20, 16L << 20);
}
