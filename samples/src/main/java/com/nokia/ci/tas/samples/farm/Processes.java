package com.nokia.ci.tas.samples.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is known of processes that are not ours to wait for. */
public final class Processes {
  private Processes() {}

  /**
   * Whether a process runs. One that has ended does not, even when nobody has taken note of its end
   * yet: Java calls such a process alive.
   */
  public static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !hasEnded(pid);
  }

  private static boolean hasEnded(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      return Files.exists(stat) && Files.readString(stat).matches("(?s).*\\) [ZX] .*");
    } catch (IOException e) {
      return true; // somebody has taken note of it meanwhile
    }
  }
}
