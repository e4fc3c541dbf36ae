package com.nokia.ci.tas.service.audit;

import com.nokia.ci.tas.service.access.AuditEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of a running service: {@code logs/audit-yyyy-MM-dd.jsonl}.
 *
 * <p>Written on a thread of its own; nobody waits for it, and {@link #close} writes what is left.
 * Entries beyond {@value #MOST_WAITING} that wait are counted and lost, which is logged. Safe for
 * use by any thread.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST_WAITING = 10_000;
  private static final long HOURS_BETWEEN_LOOKS = 1;

  private final AuditFiles files;
  private final Supplier<Duration> period;
  private final InstantSource clock;
  private final AtomicLong lost = new AtomicLong();
  private final ScheduledThreadPoolExecutor writer;

  private AuditLog(AuditFiles files, Supplier<Duration> period, InstantSource clock) {
    this.files = files;
    this.period = period;
    this.clock = clock;
    this.writer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "tas-audit");
              thread.setDaemon(true);
              return thread;
            });
    writer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /**
   * Opens the log.
   *
   * @param directory created with the first entry if it is missing
   * @param period how long entries are kept, as it is in force
   */
  public static AuditLog open(Path directory, Supplier<Duration> period, InstantSource clock) {
    var log = new AuditLog(new AuditFiles(directory), period, clock);
    log.writer.execute(log::removeOld);
    var unused =
        log.writer.scheduleWithFixedDelay(
            log::removeOld, HOURS_BETWEEN_LOOKS, HOURS_BETWEEN_LOOKS, TimeUnit.HOURS);
    return log;
  }

  /**
   * Takes an entry of this moment and returns at once; see {@link AuditEntry} for what the texts
   * are.
   */
  public void record(String who, String from, String what, String on, String outcome) {
    var entry = new AuditEntry(clock.instant(), who, from, what, on, outcome);
    if (writer.getQueue().size() >= MOST_WAITING) {
      if (lost.getAndIncrement() == 0) {
        LOG.atError().log("entries of the audit log are lost, the disk is too slow");
      }
      return;
    }
    try {
      writer.execute(() -> write(entry));
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("an entry of the audit log comes after the end of the service");
    }
  }

  /** Writes what was recorded so far, for ten seconds at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void write(AuditEntry entry) {
    try {
      files.append(entry);
      long missing = lost.getAndSet(0);
      if (missing > 0) {
        files.append(
            new AuditEntry(
                clock.instant(), "the service", "", "audit log", "", missing + " entries lost"));
      }
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("error", e.toString())
          .log("an entry of the audit log cannot be written; look at the disk");
    }
  }

  private void removeOld() {
    try {
      files.removeOlderThan(clock.instant().minus(period.get()));
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().addKeyValue("error", e.toString()).log("old audit logs cannot be removed");
    }
  }
}
