package com.nokia.ci.tas.commons;

import java.util.ArrayList;

/** The clean-up of tests: what is left open harms the tests behind. */
public final class Closing {
  private Closing() {}

  /**
   * Closes all, in this order, whatever one of them throws; fails in the end when one did.
   *
   * @param all null: it was never opened
   */
  public static void all(AutoCloseable... all) {
    var failures = new ArrayList<Throwable>();
    for (var each : all) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Throwable e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      var failed = new AssertionError("not everything could be closed", failures.get(0));
      failures.stream().skip(1).forEach(failed::addSuppressed);
      throw failed;
    }
  }
}
