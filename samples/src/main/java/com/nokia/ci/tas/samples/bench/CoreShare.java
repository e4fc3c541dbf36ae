package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.Program;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Processor time that a program uses over a stretch of time, as a share of one core. */
final class CoreShare {
  private final Program program;
  private final Duration before;
  private final long begin = System.nanoTime();

  private CoreShare(Program program) {
    this.program = program;
    this.before = program.processorTime();
  }

  /** The stretch begins now. */
  static CoreShare begin(Program program) {
    return new CoreShare(program);
  }

  /** In percent, from the beginning of the stretch to now. */
  double percent() {
    double elapsed = System.nanoTime() - begin;
    return 100 * processorTime().toNanos() / elapsed;
  }

  /** Used since the beginning of the stretch. */
  Duration processorTime() {
    return program.processorTime().minus(before);
  }

  /** Waits so long; nothing is to happen meanwhile. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
