package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.TestObserver.Transfer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far the files are that are on their way, in one line: which, how much of it, how fast, how
 * long still. For any thread.
 */
final class Transfers {
  private static final int WIDTH = 20;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private final LongSupplier nanos;
  private final Map<String, OnItsWay> files = new LinkedHashMap<>();

  /**
   * Nothing is on its way yet.
   *
   * @param nanos a clock as {@link System#nanoTime}
   */
  Transfers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A file, when it was first heard of, and how far it was then: the rate counts from there. */
  private record OnItsWay(Transfer latest, long since, long before) {}

  /** A file has got on; what to show of it, and of the others. */
  synchronized String on(Transfer transfer) {
    long now = nanos.getAsLong();
    files.merge(
        transfer.name(),
        new OnItsWay(transfer, now, transfer.bytes()),
        (known, fresh) ->
            transfer.bytes() < known.latest().bytes()
                ? fresh
                : new OnItsWay(transfer, known.since(), known.before()));
    String others = files.size() == 1 ? "" : ", and " + (files.size() - 1) + " more";
    return line(files.get(transfer.name()), now) + others;
  }

  /** A file has arrived; whether it was shown. */
  synchronized boolean over(String name) {
    return files.remove(name) != null;
  }

  private static String line(OnItsWay file, long now) {
    var latest = file.latest();
    double seconds = (now - file.since()) / NANOS_PER_SECOND;
    Optional<Double> rate =
        seconds > 0 ? Optional.of((latest.bytes() - file.before()) / seconds) : Optional.empty();
    boolean isKnown = latest.total() > 0;
    var line = new StringBuilder(latest.isResults() ? "getting " : "sending ");
    line.append(latest.name());
    if (isKnown) {
      line.append(' ').append(bar(latest.bytes(), latest.total()));
    }
    line.append(' ').append(size(latest.bytes()));
    if (isKnown) {
      line.append(" of ").append(size(latest.total()));
    }
    rate.filter(it -> it > 0)
        .ifPresent(
            it -> {
              line.append(", ").append(size(Math.round(it))).append("/s");
              if (isKnown) {
                line.append(", ")
                    .append(time((latest.total() - latest.bytes()) / it))
                    .append(" left");
              }
            });
    return line.toString();
  }

  private static String bar(long bytes, long total) {
    int full = (int) Math.min(WIDTH, bytes * (double) WIDTH / total);
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
  }

  /** A number of bytes for people, in powers of 1000. */
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? whole / 60 + " min " + whole % 60 + " s"
            : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
