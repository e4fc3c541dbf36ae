package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import com.nokia.ci.tas.service.store.StoreLock;
import com.nokia.ci.tas.service.store.sql.Candidate;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import com.nokia.ci.tas.service.store.sql.StoreCopy;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves what a farm has kept to another place. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = {
      "Copies journal, checkpoints and history of a farm to another place, from which a service",
      "then goes on as if nothing had happened. The first store stays as it is. All or nothing:",
      "until the end the other one stays empty."
    },
    footer = {
      "",
      "Refused while a service has one of them, and when the other one is not empty.",
      "Examples:",
      "  tas store copy store/31415 \"jdbc:postgresql://db.example.org/farms?user=tas\"",
      "  tas store copy \"jdbc:postgresql://db.example.org/farms?user=tas\" store/31415"
    })
final class CopyStoreCommand implements Callable<Integer> {
  /** A copy drops nothing, however old. */
  private static final Retention ALL =
      Retention.of(Duration.ofDays(36_500), Duration.ofDays(36_500));

  /** So many rows more are worth a line. */
  private static final long STEP = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "The directory store/PORT of a service, or jdbc:postgresql://….")
  private String from = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "Likewise; a directory that is missing is made.")
  private String to = "";

  @Mixin private final DatabaseOption database;

  CopyStoreCommand(Map<String, String> environment) {
    database = new DatabaseOption(environment);
  }

  /** A store that this process has for itself. */
  private record Held(Store store, Closeable hold) implements Closeable {
    @Override
    public void close() throws IOException {
      try (hold) {
        store.close();
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    requireStore();
    PrintWriter out = spec.commandLine().getOut();
    try (var source = held(from);
        var target = held(to)) {
      var copied = StoreCopy.copy(source.store(), target.store(), new Told(out)::tell);
      copied.forEach((table, rows) -> out.printf(Locale.ROOT, "%s: %d rows%n", table, rows));
      out.printf(Locale.ROOT, "copied %s to %s%n", source.store(), target.store());
    }
    return KeysProgram.DONE;
  }

  /** Says now and then how far it is. */
  private static final class Told {
    private final PrintWriter out;
    private long last;

    Told(PrintWriter out) {
      this.out = out;
    }

    void tell(String table, long rows) {
      if (rows < last || rows >= last + STEP) {
        last = rows;
        if (rows >= STEP) {
          out.printf(Locale.ROOT, "%s: %d rows so far%n", table, rows);
        }
      }
    }
  }

  /** What is not there must not be made only to be copied. */
  private void requireStore() {
    if (!DatabaseOption.isDatabase(from) && !Files.isDirectory(Path.of(from))) {
      throw new StoreException(
          "there is no store in "
              + from
              + "; name the directory store/PORT of a service, or a database jdbc:postgresql:…");
    }
  }

  private Held held(String name) throws IOException {
    if (DatabaseOption.isDatabase(name)) {
      var candidate = new Candidate(database.place(name), ALL);
      return new Held(candidate.lead(), candidate::close);
    }
    var directory = Path.of(name);
    var lock = StoreLock.take(directory);
    try {
      return new Held(SqlStores.embedded(directory, ALL), lock::close);
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
  }
}
