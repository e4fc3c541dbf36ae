package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.StandIns;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Everything that can be set about a {@link Transport}.
 *
 * @param deadlines how long peers may take
 * @param caps how much peers may use up
 * @param eventLoops threads that serve all connections
 * @param fileThreads threads that read and write all files
 * @param standIns where peers may be instead
 */
public record TransportSettings(
    Deadlines deadlines, Caps caps, int eventLoops, int fileThreads, StandIns standIns) {

  public TransportSettings {
    if (eventLoops < 1 || fileThreads < 1) {
      throw new IllegalArgumentException(
          "eventLoops is "
              + eventLoops
              + " and fileThreads is "
              + fileThreads
              + ", both must be at least 1");
    }
  }

  /** Peers are where they say. */
  public TransportSettings(Deadlines deadlines, Caps caps, int eventLoops, int fileThreads) {
    this(deadlines, caps, eventLoops, fileThreads, StandIns.NONE);
  }

  /**
   * What suits a daemon: two to four event loops by the cores of the machine, 8 file threads, and
   * no more connections than half of the files that the process may have open.
   */
  public static TransportSettings defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    long connections = Math.min(Caps.DEFAULT.connections(), Math.max(1, openFiles() / 2));
    return new TransportSettings(
        Deadlines.DEFAULT,
        Caps.DEFAULT.withConnections((int) connections),
        Math.max(2, Math.min(4, cores)),
        8);
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  public TransportSettings with(Deadlines other) {
    return new TransportSettings(other, caps, eventLoops, fileThreads, standIns);
  }

  public TransportSettings with(Caps other) {
    return new TransportSettings(deadlines, other, eventLoops, fileThreads, standIns);
  }

  public TransportSettings with(StandIns other) {
    return new TransportSettings(deadlines, caps, eventLoops, fileThreads, other);
  }
}
