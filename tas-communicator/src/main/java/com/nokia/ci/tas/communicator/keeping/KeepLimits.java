package com.nokia.ci.tas.communicator.keeping;

import java.time.Duration;

/**
 * How much of the runs that have ended stays on the node.
 *
 * @param retention how long output and results stay, and how long it is tried to deliver them
 * @param bytes how many in all; beyond that the oldest go, those that were delivered first
 * @param freeDisk bytes free on the disk below which the node warns, and what was delivered goes
 */
public record KeepLimits(Duration retention, long bytes, long freeDisk) {
  /** A day, 10 GiB, 1 GiB. */
  public static final KeepLimits DEFAULT =
      new KeepLimits(Duration.ofHours(24), 10L << 30, 1L << 30);
}
