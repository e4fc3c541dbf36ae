package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.CLIENT;
import static com.nokia.ci.tas.commons.transport.Net.SERVICE;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Principal;
import java.time.Duration;
import java.util.Optional;

/** Values for the tests of sessions. */
final class SessionRig {
  static final RegistryOperation REGISTRATION =
      new RegistryOperation(
          CLIENT,
          SERVICE,
          RegistryOperation.Kind.REGISTER,
          RegistryOperation.Remote.CLIENT,
          Optional.empty());
  static final Duration LONG = Duration.ofMinutes(10);

  /** Redials soon, and is patient with a slow machine. */
  static final SessionLimits QUICK =
      SessionLimits.DEFAULT
          .withLongestPause(Duration.ofMillis(20))
          .withAnswer(Duration.ofSeconds(9));

  private SessionRig() {}

  /** Lets everybody in. */
  static SessionAdmission admitting(Duration retention) {
    return (registration, offer, peer) -> new SessionAdmission.Admitted(Principal.LOCAL, retention);
  }
}
