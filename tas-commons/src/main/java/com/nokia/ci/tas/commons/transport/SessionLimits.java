package com.nokia.ci.tas.commons.transport;

import java.time.Duration;

/**
 * How long the two sides of a session wait for each other (docs/session.md, sections 2, 5 and 9).
 *
 * @param silence who has received nothing for so long closes the connection; a connector takes the
 *     value of the acceptor once it knows it
 * @param answer how long a connector waits for the answer to its first offer without TLS before it
 *     takes the acceptor for a plain one
 * @param offer how long an offer may take from the connection to the first frame behind it; also
 *     how long a connector waits where it knows that the acceptor is not a plain one
 * @param longestPause between two tries of a connector, which begin with 0.2 s
 */
public record SessionLimits(
    Duration silence, Duration answer, Duration offer, Duration longestPause) {

  /** 15 s, 500 ms, 10 s and 5 s. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          Duration.ofSeconds(15),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));

  public SessionLimits {
    requireSensible("silence", silence);
    requireSensible("answer", answer);
    requireSensible("offer", offer);
    requireSensible("longestPause", longestPause);
  }

  public SessionLimits withSilence(Duration limit) {
    return new SessionLimits(limit, answer, offer, longestPause);
  }

  public SessionLimits withAnswer(Duration limit) {
    return new SessionLimits(silence, limit, offer, longestPause);
  }

  public SessionLimits withOffer(Duration limit) {
    return new SessionLimits(silence, answer, limit, longestPause);
  }

  public SessionLimits withLongestPause(Duration limit) {
    return new SessionLimits(silence, answer, offer, limit);
  }

  private static void requireSensible(String name, Duration limit) {
    if (limit.toMillis() < 3) {
      throw new IllegalArgumentException(name + " is " + limit + ", must be at least 3 ms");
    }
  }
}
