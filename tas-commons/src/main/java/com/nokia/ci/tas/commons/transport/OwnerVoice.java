package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.session.WelcomeLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owner of a session and the log what becomes of it; that there is no connection once.
 * What the owner throws stays here. For one thread.
 */
final class OwnerVoice {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerVoice.class);

  private final Endpoint acceptor;
  private final Session.Owner owner;
  private boolean saidAway;

  OwnerVoice(Endpoint acceptor, Session.Owner owner) {
    this.acceptor = acceptor;
    this.owner = owner;
  }

  void established(WelcomeLines lines) {
    saidAway = false;
    LOG.atInfo()
        .addKeyValue("to", acceptor)
        .addKeyValue("as", lines.you())
        .log("session established");
    var welcome = new Welcome(lines.you(), lines.acceptor(), lines.times().retention());
    guarded(() -> owner.onEstablished(welcome));
  }

  void returned() {
    saidAway = false;
    LOG.atInfo().addKeyValue("to", acceptor).log("session resumed");
    guarded(owner::onReturned);
  }

  void away(String why) {
    if (!saidAway) {
      saidAway = true;
      LOG.atInfo().addKeyValue("to", acceptor).addKeyValue("error", why).log("no session");
      guarded(() -> owner.onAway(why));
    }
  }

  /** Calls the owner. */
  void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("to", acceptor)
          .setCause(e)
          .log("what became of a session could not be noted");
    }
  }
}
