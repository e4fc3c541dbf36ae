package com.nokia.ci.tas.service.farm.distribution;

import java.util.List;

/**
 * Divides the packages of a test into sub-tests. A test says by name which distribution it wants
 * ({@code distribution}); one of one's own is found by {@link java.util.ServiceLoader} when the
 * service starts (docs/distributions.md).
 *
 * <p>Pure: what comes out depends on what goes in, and on nothing else. An implementation has a
 * public constructor without parameters, may be called by several threads at once, and has a few
 * seconds to answer. One that throws, takes too long, or loses, doubles or invents packages costs
 * the test that asked for it a refusal, and nothing else.
 */
public interface Distribution {

  /** The word by which tests ask for it; compared whole, ignoring case. */
  String name();

  /**
   * Divides packages that need the same products; those of a test that need others are divided by a
   * call of their own.
   *
   * @param parcels the packages in the order of their issuer, never empty
   * @param supply the products there are for them
   * @return the sub-tests in the order in which they are numbered, each with the packages that run
   *     in it; each package in exactly one, and none empty
   */
  List<List<Parcel>> divide(List<Parcel> parcels, Supply supply);
}
