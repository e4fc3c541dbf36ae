package com.nokia.ci.tas.service.figures;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * A farm over some days, in numbers.
 *
 * @param period which days
 * @param use of products on the last day, beside the days before it
 * @param days what ended on each of them, in their order
 * @param hours what ended in each hour of the day, over all days
 * @param running how many tests have products now; they count for the use of products
 * @param spreads how long tests took
 * @param causes why tests did not finish, the most frequent first
 * @param wanted which products tests asked for, those that were waited for longest first
 * @param issuers who used the farm, the most first
 * @param projects that used it, likewise
 */
public record Figures(
    Period period,
    Utilization use,
    List<Day> days,
    List<Ended> hours,
    int running,
    Spreads spreads,
    List<Cause> causes,
    List<Wanted> wanted,
    List<User> issuers,
    List<User> projects) {

  /**
   * Some days, by the clock of the service.
   *
   * @param first the first one
   * @param last the last one
   */
  public record Period(LocalDate first, LocalDate last) {
    /** So many days are counted at most. */
    public static final int MOST_DAYS = 366;

    public Period {
      if (last.isBefore(first) || last.isAfter(first.plusDays(MOST_DAYS - 1))) {
        throw new IllegalArgumentException("from " + first + " to " + last + " is no period");
      }
    }

    /** How many days it has. */
    public int days() {
      return (int) (last.toEpochDay() - first.toEpochDay()) + 1;
    }
  }

  /**
   * How many products were in use.
   *
   * @param last on the last day, slice by slice
   * @param least on the days before it, slice by slice
   * @param most likewise
   * @param capacity how many products the farm has
   * @param drawn how many slices of the last day are over
   */
  public record Utilization(
      List<Double> last, List<Double> least, List<Double> most, int capacity, int drawn) {}

  /**
   * How tests ended.
   *
   * @param passed they finished
   * @param failed they failed
   * @param other they were stopped or refused
   */
  public record Ended(long passed, long failed, long other) {
    /** All of them. */
    public long all() {
      return passed + failed + other;
    }
  }

  /** What ended on a day. */
  public record Day(LocalDate day, Ended ended) {}

  /**
   * How long tests took.
   *
   * @param waiting from their receipt to their products
   * @param preparing from there to the start of the executor
   * @param running from there to the end
   */
  public record Spreads(Spread waiting, Spread preparing, Spread running) {}

  /**
   * Why tests did not finish.
   *
   * @param fault whose fault it was
   * @param code of the reason
   * @param count how often
   */
  public record Cause(String fault, String code, long count) {}

  /**
   * What tests asked for.
   *
   * @param expression the products
   * @param tests how many asked
   * @param waited all together
   * @param median that half of them waited at most
   * @param most that nineteen of twenty waited at most
   */
  public record Wanted(
      String expression, long tests, Duration waited, Duration median, Duration most) {}

  /**
   * Somebody who used the farm.
   *
   * @param name of a person, a client or a project
   * @param tests that ended
   * @param passed of those
   * @param used how long products were reserved, each counted
   */
  public record User(String name, long tests, long passed, Duration used) {}
}
