package com.nokia.ci.tas.communicator.edge;

import java.time.Duration;

/**
 * How often a node speaks to its service.
 *
 * @param registration between two registrations
 * @param products between two updates of all products
 * @param searching between two looks for a service that cannot be reached
 */
public record ServiceLinkSettings(Duration registration, Duration products, Duration searching) {
  /** A minute, half a minute, and two seconds. */
  public static final ServiceLinkSettings DEFAULT =
      new ServiceLinkSettings(
          Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(2));
}
