package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.time.Instant;
import java.util.Objects;

/**
 * What a service says of itself.
 *
 * @param address where peers and visitors find it
 * @param description free text of its owner, may be empty
 * @param version of this program
 * @param startedAt when it began to listen
 */
public record ServiceCard(Endpoint address, String description, String version, Instant startedAt) {
  public ServiceCard {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(startedAt, "startedAt");
  }
}
