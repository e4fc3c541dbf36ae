package com.nokia.ci.tas.service.figures;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * How many products were in use over the days of a period, slice by slice of each day by the clock
 * of the service. For one thread.
 */
final class Use {
  private final LocalDate first;
  private final ZoneId zone;
  private final int slices;
  private final long slice;
  private final double[][] busy;

  Use(LocalDate first, int days, Duration slice, ZoneId zone) {
    this.first = first;
    this.zone = zone;
    this.slice = slice.toMillis();
    this.slices = (int) ((Duration.ofDays(1).toMillis() + this.slice - 1) / this.slice);
    busy = new double[days][slices];
  }

  /** So many products were in use from one moment to another. */
  void add(Instant from, Instant to, int products) {
    if (products == 0 || !to.isAfter(from)) {
      return;
    }
    int day = Math.max(0, dayOf(from));
    for (; day < busy.length; day++) {
      long begin = first.plusDays(day).atStartOfDay(zone).toInstant().toEpochMilli();
      long left = Math.max(0, from.toEpochMilli() - begin);
      long right = to.toEpochMilli() - begin;
      if (right <= 0) {
        return;
      }
      fill(busy[day], left, right, products);
    }
  }

  private int dayOf(Instant instant) {
    return (int) (LocalDate.ofInstant(instant, zone).toEpochDay() - first.toEpochDay());
  }

  private void fill(double[] day, long left, long right, int products) {
    long end = Math.min(right, slices * slice);
    for (long at = left; at < end; ) {
      int place = (int) (at / slice);
      long next = Math.min(end, (place + 1) * slice);
      day[place] += products * (double) (next - at) / slice;
      at = next;
    }
  }

  /** A day of the period, from 0. */
  double[] day(int day) {
    return busy[day].clone();
  }

  /** The least of each slice over so many of the first days. */
  double[] least(int days) {
    return over(days, true);
  }

  /** The most of each slice over so many of the first days. */
  double[] most(int days) {
    return over(days, false);
  }

  private double[] over(int days, boolean isLeast) {
    double[] found = days == 0 ? new double[slices] : busy[0].clone();
    for (var day : Arrays.asList(busy).subList(0, days)) {
      for (int i = 0; i < slices; i++) {
        found[i] = isLeast ? Math.min(found[i], day[i]) : Math.max(found[i], day[i]);
      }
    }
    return found;
  }
}
