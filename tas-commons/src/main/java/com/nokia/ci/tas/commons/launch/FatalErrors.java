package com.nokia.ci.tas.commons.launch;

/**
 * Ends a program in which the Java machine has failed a thread, for want of memory above all: half
 * a program holds what it has and answers nobody. Whoever supervises it starts another, which takes
 * over what the first one left, as behind a {@code kill -9}.
 */
public final class FatalErrors {
  /** What the program ends with. */
  public static final int EXIT_CODE = 3;

  private FatalErrors() {}

  /**
   * From now on an error of the Java machine that ends a thread ends this program.
   *
   * @param end ends it at once, without anything that a failed machine could not do any more
   */
  public static void end(Runnable end) {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> ended(thread, failure, end));
  }

  static void ended(Thread thread, Throwable failure, Runnable end) {
    try {
      System.err.println("the thread " + thread.getName() + " has ended: " + failure);
      failure.printStackTrace();
    } finally {
      if (failure instanceof VirtualMachineError) {
        end.run();
      }
    }
  }
}
