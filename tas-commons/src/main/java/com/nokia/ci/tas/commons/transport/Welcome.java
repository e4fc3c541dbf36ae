package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.time.Duration;
import java.util.Objects;

/**
 * How an acceptor took an offer (docs/session.md, section 2).
 *
 * @param you the address under which this program is known there: the sender of all that it says
 * @param acceptor another value than before means that the acceptor was restarted
 * @param retention how long the acceptor keeps the session while there is no connection
 */
public record Welcome(Endpoint you, String acceptor, Duration retention) {
  public Welcome {
    Objects.requireNonNull(you, "you");
    Objects.requireNonNull(acceptor, "acceptor");
    Objects.requireNonNull(retention, "retention");
  }
}
