package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Appends to a store until it is killed: a program of its own, and its handle. Says each number on
 * its standard output when the store has acknowledged it.
 */
final class WriterProcess {
  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));
  private static final int CHECKPOINT = 50;

  private final Process process;

  private WriterProcess(Process process) {
    this.process = process;
  }

  /** Runs: a directory, or URL and farm. */
  public static void main(String[] args) {
    try (var store = open(args)) {
      var numbers = new ArrayList<Long>(List.of(last(store)));
      Thread checkpoints = null;
      for (long number = numbers.get(0) + 1; ; number++) {
        store.append(StoreContract.batch(number), List.of());
        System.out.println(number);
        if (number % CHECKPOINT == 0 && (checkpoints == null || !checkpoints.isAlive())) {
          long reached = number;
          checkpoints =
              new Thread(
                  () -> store.checkpoint(reached, StoreContract.image(reached, Instant.EPOCH)));
          checkpoints.setDaemon(true);
          checkpoints.start();
        }
      }
    }
  }

  private static Store open(String... args) {
    return args.length == 1
        ? SqlStores.embedded(Path.of(args[0]), LONG)
        : new Candidate(new PostgresPlace(args[0], args[1], Optional.empty()), LONG)
            .await()
            .orElseThrow();
  }

  private static long last(Store store) {
    var past = store.past();
    var batches = new ArrayList<Batch>();
    past.forEach(batches::add);
    return past.checkpoint().map(it -> it.batch()).orElse(0L) + batches.size();
  }

  /** Starts one. */
  static WriterProcess start(String... args) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName()));
    command.addAll(Arrays.asList(args));
    return new WriterProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Kills it, without a word of warning, when it has said so many numbers.
   *
   * @return the last number that it said, later ones that were on their way included
   */
  long killedAfter(int numbers) throws IOException, InterruptedException {
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      long last = 0;
      int count = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.matches("[0-9]+")) {
          last = Long.parseLong(line);
          count++;
        }
        if (count == numbers) {
          process.toHandle().destroyForcibly();
        }
      }
      process.waitFor();
      if (count < numbers) {
        throw new IOException("the writer ended after " + count + " batches");
      }
      return last;
    } finally {
      process.destroyForcibly();
    }
  }
}
