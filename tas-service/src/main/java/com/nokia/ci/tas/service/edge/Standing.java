package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.MessageHandler;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionIdentity;

/**
 * Whether a peer may say what it says: who has a session speaks for its address and nobody else
 * does; nodes do what nodes do, and clients what their rights allow (docs/session.md, section 8).
 *
 * <p>A peer without a session was let in by {@link Admission} and counts as one of this machine.
 */
final class Standing {
  private final Sessions sessions;

  Standing(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Who stands behind a connection. */
  static Principal principal(Peer peer) {
    return peer.session().flatMap(SessionIdentity::principal).orElse(Principal.LOCAL);
  }

  /**
   * Lets a message pass.
   *
   * @throws ProtocolException with a sentence for the peer when it may not say this
   */
  void check(Message message, Peer peer) {
    if (peer.session().isEmpty()) {
      message.giveTo(new Claim());
    }
    message.giveTo(new Right(principal(peer)));
  }

  /** Whether a plain message speaks for an address that has a session. */
  private final class Claim implements MessageHandler {
    @Override
    public void on(TestOperation message) {
      free(message.sender());
    }

    @Override
    public void on(ProductOperation message) {
      free(message.sender());
    }

    @Override
    public void on(FileOperation message) {
      free(message.sender());
    }

    @Override
    public void on(TextMessage message) {
      free(message.sender());
    }

    /** Where a program of the same machine speaks plainly now, its session has ended before. */
    @Override
    public void on(RegistryOperation message) {
      message.node().map(NodeDescription::endpoint).ifPresent(this::free);
      free(message.sender());
    }

    private void free(Endpoint claimed) {
      if (sessions.isKept(claimed)) {
        throw new ProtocolException(
            SafeName.shown(claimed.toString())
                + " has a session with this service, and only that speaks for it");
      }
    }
  }

  /** Whether somebody may do what is asked. */
  private record Right(Principal who) implements MessageHandler {
    @Override
    public void on(TestOperation message) {
      var progress = message.test().progress();
      switch (message.kind()) {
        case START ->
            require(
                who.mayBeClient()
                    && who.rights().allow(AccessRole.SUBMIT, message.test().origin().project()),
                "may not start this test; it takes a key of kind client with the role submit"
                    + message
                        .test()
                        .origin()
                        .project()
                        .map(project -> " in project " + SafeName.shown(project.toString()))
                        .orElse(""));
        case UPDATE ->
            require(
                who.mayBeNode() || progress.status() == TestStatus.STOPPED,
                "may not report a test; it takes a key of kind node");
        case STOP, CHECK -> {
          // The farm knows whose test it is.
        }
      }
    }

    /** A client may give products back. */
    @Override
    public void on(ProductOperation message) {
      boolean isGivenBack =
          message.kind() == ProductOperation.Kind.UPDATE
              && message.product().status() == ProductStatus.FREE;
      require(
          who.mayBeNode() || isGivenBack, "may not tell of products; it takes a key of kind node");
    }

    @Override
    public void on(RegistryOperation message) {
      switch (message.remote()) {
        case TEST_NODE ->
            require(who.mayBeNode(), "may not register as a node; it takes a key of kind node");
        case CLIENT ->
            require(
                who.mayBeClient(), "may not register as a client; it takes a key of kind client");
      }
    }

    @Override
    public void on(FileOperation message) {
      // Goes to the other party of its run, or nowhere.
    }

    @Override
    public void on(TextMessage message) {
      // Goes to the other party of its run, or nowhere.
    }

    private void require(boolean isAllowed, String sentence) {
      if (!isAllowed) {
        throw new ProtocolException(who + " " + sentence);
      }
    }
  }
}
