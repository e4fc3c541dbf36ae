package com.nokia.ci.tas.ciproxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this process may read from its terminal. On Linux a process in the background that tries
 * is stopped, all of it; a daemon must not let that happen.
 */
final class Terminal {
  private static final int PROCESS_GROUP = 2;
  private static final int TERMINAL = 4;
  private static final int FOREGROUND_GROUP = 5;

  private Terminal() {}

  /** False only for a process in the background of a terminal. */
  static boolean isOurs() {
    Path status = Path.of("/proc/self/stat");
    try {
      return !Files.exists(status) || isForeground(Files.readString(status));
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Reads the kernel's line on a process: number, name in brackets, state, parent, group, session,
   * terminal, foreground group of the terminal.
   */
  static boolean isForeground(String status) {
    String[] fields = status.substring(status.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length <= FOREGROUND_GROUP
        || fields[TERMINAL].equals("0")
        || fields[PROCESS_GROUP].equals(fields[FOREGROUND_GROUP]);
  }
}
