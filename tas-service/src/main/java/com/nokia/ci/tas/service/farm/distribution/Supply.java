package com.nokia.ci.tas.service.farm.distribution;

/**
 * The products there are for the packages of a test.
 *
 * @param sets how many of the packages could run side by side at most, on products that the farm
 *     has, free or busy, each set of products on one node; no more than there are packages
 * @param free how many of them on products that are free at this moment
 */
public record Supply(int sets, int free) {
  public Supply {
    if (free < 0 || sets < free) {
      throw new IllegalArgumentException(free + " of " + sets + " sets of products are free");
    }
  }
}
