package com.nokia.ci.tas.communicator.gate;

import com.nokia.ci.tas.communicator.facts.MachineFacts;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The machine that this program runs on. */
public final class ThisMachine implements Machine {
  private final MachineFacts facts;

  /**
   * @param directory a place on the disk that tests need room on
   */
  public ThisMachine(Path directory) {
    this.facts = MachineFacts.of(directory);
  }

  @Override
  public OptionalLong freeDisk() {
    return facts.freeDisk();
  }

  @Override
  public OptionalLong freeMemory() {
    return facts.availableMemory();
  }

  @Override
  public OptionalDouble load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
  }
}
