package com.nokia.ci.tas.communicator.execution;

import java.time.Duration;

/**
 * How long processes that are to end are waited for.
 *
 * @param polite how long they may take when they have been asked; then they are killed
 * @param hard how long they are waited for when they have been killed; what is alive then is in the
 *     hands of the system, and a person has to be told
 */
public record EndingPatience(Duration polite, Duration hard) {
  /** Three seconds and ten. */
  public static final EndingPatience DEFAULT = politely(Duration.ofSeconds(3));

  /** This politeness and ten seconds. */
  public static EndingPatience politely(Duration polite) {
    return new EndingPatience(polite, Duration.ofSeconds(10));
  }
}
