package com.nokia.ci.tas.communicator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what nobody tells: looks again and again, without taking the processor for it. */
public final class Until {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_MILLISECONDS = 5;

  private Until() {}

  /** Returns once it is so, and fails when it is not within a minute. */
  public static void isSo(String what, Callable<Boolean> condition) throws Exception {
    long begin = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - begin > LONGEST) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(PAUSE_MILLISECONDS);
    }
  }

  /** Returns once there is such a file. */
  public static void exists(Path file) throws Exception {
    isSo(file + " exists", () -> Files.exists(file));
  }

  /** Returns once there is no such file any more. */
  public static void isGone(Path file) throws Exception {
    isSo(file + " is gone", () -> !Files.exists(file));
  }

  /** The text of a file that is written whole, once it is there. */
  public static String text(Path file) throws Exception {
    exists(file);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
