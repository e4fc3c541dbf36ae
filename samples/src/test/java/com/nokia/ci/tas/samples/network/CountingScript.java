package com.nokia.ci.tas.samples.network;

import com.nokia.ci.tas.samples.farm.Program;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** An executor script that counts aloud, so that a line that is lost or doubled is noticed. */
final class CountingScript {
  private static final int LINES = 60;

  private CountingScript() {}

  /**
   * Counts and then packs its results.
   *
   * @param pause after each line, in seconds
   * @param data the file that becomes {@code results.tar}
   */
  static String packing(String data, String pause) {
    return "i=1\nwhile [ $i -le %d ]; do echo \"line $i\"; sleep %s; i=$((i+1)); done\n"
            .formatted(LINES, pause)
        + "tar cf results.tar "
        + data
        + "\n";
  }

  /** What a client shows when nothing was lost or doubled. */
  static List<String> allLines() {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();
  }

  /** What a client has shown of it so far. */
  static List<String> linesOf(Program client) {
    return client.lines().stream().filter(line -> line.matches("line [0-9]+")).toList();
  }

  /** Time that the world takes, not a wait for something that could be looked at. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
