package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drops what lies beyond its retention, a little in each transaction. */
final class Leftovers {
  private static final String DOING = "dropping what is too old";
  private static final int ROWS = 200;

  /** So many checkpoints are kept within the retention of the journal. */
  private static final int STEPS = 4;

  private final Writer writer;
  private final Vendor vendor;
  private final Retention retention;

  Leftovers(Writer writer, Vendor vendor, Retention retention) {
    this.writer = writer;
    this.vendor = vendor;
    this.retention = retention;
  }

  /** Drops, as it is seen at some time. */
  void drop(Instant now) {
    var kept = writer.transaction(DOING, Images::kept);
    dropImages(kept, before(now, retention.journal().get()), retention.journal().get());
    long ended = before(now, retention.history().get());
    while (writer.transaction(DOING, c -> SqlHistory.dropBefore(c, vendor, ended, ROWS)) == ROWS) {
      // The next transaction drops the next ones.
    }
  }

  /**
   * A replay begins at the last checkpoint that is old enough. Of those behind it, a few are enough
   * to move on to; the last is what a start needs.
   */
  private void dropImages(List<Images.Kept> kept, long old, Duration reach) {
    if (kept.isEmpty()) {
      return;
    }
    var last = kept.get(kept.size() - 1);
    var base = kept.stream().filter(one -> one.happened() <= old).reduce((a, b) -> b);
    long grain = reach.dividedBy(STEPS).toMillis();
    long mark = base.map(Images.Kept::happened).orElse(Long.MIN_VALUE);
    var dropped = new ArrayList<Images.Kept>();
    for (var one : kept) {
      boolean isStep =
          one.happened() > mark && (mark == Long.MIN_VALUE || one.happened() - mark >= grain);
      if (one.equals(last) || base.filter(one::equals).isPresent()) {
        continue;
      }
      if (isStep) {
        mark = one.happened();
      } else {
        dropped.add(one);
      }
    }
    dropped.forEach(this::dropImage);
    base.ifPresent(one -> dropJournal(one.batch()));
  }

  private void dropImage(Images.Kept image) {
    writer.transaction(
        DOING,
        connection -> {
          try (var delete = connection.prepareStatement("delete from checkpoint where batch = ?")) {
            delete.setLong(1, image.batch());
            return delete.executeUpdate();
          }
        });
    writer.transaction(DOING, connection -> Images.dropParts(connection, image.batch()));
  }

  private void dropJournal(long last) {
    long first = writer.transaction(DOING, connection -> Journal.first(connection, last + 1));
    for (long from = first; from <= last; from += ROWS) {
      long to = Math.min(last, from + ROWS - 1);
      writer.transaction(DOING, connection -> dropBatches(connection, to));
    }
  }

  private static Optional<Void> dropBatches(Connection connection, long last) throws SQLException {
    try (var delete = connection.prepareStatement("delete from journal where number <= ?")) {
      delete.setLong(1, last);
      delete.executeUpdate();
      return Optional.empty();
    }
  }

  private static long before(Instant now, Duration retention) {
    try {
      return now.minus(retention).toEpochMilli();
    } catch (ArithmeticException | DateTimeException e) {
      return Long.MIN_VALUE;
    }
  }
}
