package com.nokia.ci.tas.communicator.execution;

import java.util.Locale;

/** The kinds of operating system that start and end processes differently. */
public enum Platform {
  /** Has {@code /proc}. */
  LINUX,
  WINDOWS,
  OTHER;

  /** The one this program runs on. */
  public static Platform own() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.contains("win") && !name.contains("darwin")
        ? WINDOWS
        : name.contains("linux") ? LINUX : OTHER;
  }
}
