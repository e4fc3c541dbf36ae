package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Who may open a session here (docs/session.md, section 8). */
@FunctionalInterface
public interface SessionAdmission {

  /** How long a session is kept without a connection, unless an answer says otherwise. */
  Duration RETENTION = Duration.ofMinutes(10);

  /**
   * Asked for each offer, one that resumes included; on an event loop, so it must not block.
   *
   * @param registration what the offer came with
   * @param offer with the secrets that the peer shows
   * @param peer where it comes from, whether over TLS, and with which certificate
   */
  Answer admit(RegistryOperation registration, SessionOffer offer, Peer peer);

  /** What becomes of an offer. */
  sealed interface Answer {
    /** Calls the method for this answer. */
    void giveTo(Cases cases);
  }

  /** Whoever does something with each answer. */
  interface Cases {
    void on(Admitted answer);

    void on(Refused answer);

    void on(TooLate answer);

    void on(Plain answer);

    void on(Dropped answer);
  }

  /**
   * The session is opened or resumed.
   *
   * @param who stands behind it
   * @param retention how long it is kept without a connection
   * @param name what the peer is called here, unless another live session has that name; empty: the
   *     address in its registration. For peers whose word is not to be taken for who they are
   */
  record Admitted(Principal who, Duration retention, Optional<Endpoint> name) implements Answer {
    public Admitted {
      Objects.requireNonNull(who, "who");
      Objects.requireNonNull(retention, "retention");
      Objects.requireNonNull(name, "name");
    }

    /** Under the address in its registration. */
    public Admitted(Principal who, Duration retention) {
      this(who, retention, Optional.empty());
    }

    /** For the usual {@link #RETENTION}. */
    public Admitted(Principal who) {
      this(who, RETENTION);
    }

    @Override
    public void giveTo(Cases cases) {
      cases.on(this);
    }
  }

  /**
   * The offer is declined.
   *
   * @param sentence for the person behind the peer: what is wrong and which setting to change
   */
  record Refused(String sentence) implements Answer {
    public Refused {
      Objects.requireNonNull(sentence, "sentence");
    }

    @Override
    public void giveTo(Cases cases) {
      cases.on(this);
    }
  }

  /**
   * The offer is declined, and the peer could not know better: what it came for was there a moment
   * ago. It is told so; nothing is held against it.
   *
   * @param sentence what was there
   */
  record TooLate(String sentence) implements Answer {
    public TooLate {
      Objects.requireNonNull(sentence, "sentence");
    }

    @Override
    public void giveTo(Cases cases) {
      cases.on(this);
    }
  }

  /** The offer is overlooked: the registration is handled as a plain one, with its rules. */
  record Plain() implements Answer {
    @Override
    public void giveTo(Cases cases) {
      cases.on(this);
    }
  }

  /** The connection is closed without a word, as for one who has guessed too often. */
  record Dropped() implements Answer {
    @Override
    public void giveTo(Cases cases) {
      cases.on(this);
    }
  }
}
