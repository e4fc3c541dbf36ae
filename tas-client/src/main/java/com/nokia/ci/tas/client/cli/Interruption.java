package com.nokia.ci.tas.client.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What happens when the process is told to end (Ctrl-C, SIGTERM) while a command runs. */
final class Interruption {
  private static final long LONGEST_WAIT_IN_SECONDS = 15;

  private Interruption() {}

  /**
   * Runs a command. When the process is told to end meanwhile, the ending is begun, and the process
   * lasts until the command has come to its own end, but not for ever.
   */
  static <T> T during(Supplier<T> command, Runnable ending) {
    var over = new CountDownLatch(1);
    var hook =
        new Thread(
            () -> {
              ending.run();
              await(over);
            },
            "tas-client-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return command.get();
    } finally {
      over.countDown();
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending: the hook is at work
    }
  }

  private static void await(CountDownLatch over) {
    try {
      var unused = over.await(LONGEST_WAIT_IN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
