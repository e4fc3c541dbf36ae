package com.nokia.ci.tas.service.http;

/**
 * How good the estimates are that waiting tests are given.
 *
 * @param checked how many of them were compared with when the test really started
 * @param kept how many of these starts fell within the error that was told
 */
public record EstimateCounts(long checked, long kept) {

  /** Nothing was compared yet. */
  public static final EstimateCounts NONE = new EstimateCounts(0, 0);
}
