package com.nokia.ci.tas.service.statistics;

import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.json.FarmJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file a day, {@code yyyy-MM-dd.jsonl}, with one line of JSON for each test that ended then.
 *
 * <p>Written on a thread of its own; nobody waits for it. Files whose day lies further back than
 * the threshold period are removed. A record that cannot be written is reported and lost: the farm
 * goes on.
 */
public final class StatisticsDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatisticsDirectory.class);
  private static final String SUFFIX = ".jsonl";
  private static final int MOST_WAITING = 100_000;

  private final Path directory;
  private final Periods periods;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor writer;

  /**
   * How long records live.
   *
   * @param threshold how far back records are kept, as it is in force
   * @param update how often older ones are looked for, as it is in force
   */
  public record Periods(Supplier<Duration> threshold, Supplier<Duration> update) {}

  private StatisticsDirectory(Path directory, Periods periods, InstantSource clock) {
    this.directory = directory;
    this.periods = periods;
    this.clock = clock;
    this.writer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "tas-statistics");
              thread.setDaemon(true);
              return thread;
            });
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Opens the directory.
   *
   * @param directory created if it is missing
   * @throws IOException when it cannot be
   */
  public static StatisticsDirectory open(Path directory, Periods periods, InstantSource clock)
      throws IOException {
    Files.createDirectories(directory);
    var statistics = new StatisticsDirectory(directory, periods, clock);
    statistics.writer.execute(statistics::removeOldAndAgainLater);
    return statistics;
  }

  /** Takes a record and returns at once. */
  public void record(EndedTest test) {
    if (writer.getQueue().size() >= MOST_WAITING) {
      LOG.atWarn()
          .addKeyValue("test", test.test().id())
          .log("record of an ended test is lost, the disk is too slow");
      return;
    }
    try {
      writer.execute(() -> write(test));
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("record of an ended test comes after the end of the service");
    }
  }

  /** Writes what was recorded so far, for two seconds at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(2, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void write(EndedTest test) {
    Path file = directory.resolve(day(test.times().ended()) + SUFFIX);
    try {
      Files.writeString(
          file,
          FarmJson.test(test) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("record of an ended test cannot be written; look at the disk");
    }
  }

  private void removeOldAndAgainLater() {
    try {
      removeOld();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("file", directory)
          .addKeyValue("error", e.toString())
          .log("old statistics cannot be removed");
    }
    var unused =
        writer.schedule(
            this::removeOldAndAgainLater, periods.update().get().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void removeOld() throws IOException {
    LocalDate oldest = day(clock.instant().minus(periods.threshold().get()));
    List<Path> files;
    try (var listing = Files.list(directory)) {
      files = listing.toList();
    }
    for (Path file : files) {
      if (dayOf(file).filter(day -> day.isBefore(oldest)).isPresent()) {
        Files.delete(file);
        LOG.atInfo().addKeyValue("file", file).log("old statistics removed");
      }
    }
  }

  /** The day that a file of ours is about; empty for any other file. */
  private static Optional<LocalDate> dayOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneId.systemDefault());
  }
}
