package com.nokia.ci.tas.commons.transport;

/**
 * Everything that can be set about a {@link Transport}.
 *
 * @param deadlines how long peers may take
 * @param caps how much peers may use up
 * @param eventLoops threads that serve all connections
 * @param fileThreads threads that read and write all files
 */
public record TransportSettings(Deadlines deadlines, Caps caps, int eventLoops, int fileThreads) {

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

  /** What suits a daemon: two to four event loops by the cores of the machine, 8 file threads. */
  public static TransportSettings defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new TransportSettings(
        Deadlines.DEFAULT, Caps.DEFAULT, Math.max(2, Math.min(4, cores)), 8);
  }

  public TransportSettings with(Deadlines other) {
    return new TransportSettings(other, caps, eventLoops, fileThreads);
  }

  public TransportSettings with(Caps other) {
    return new TransportSettings(deadlines, other, eventLoops, fileThreads);
  }
}
