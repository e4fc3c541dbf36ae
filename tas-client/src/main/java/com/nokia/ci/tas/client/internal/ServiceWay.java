package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Peer;

/**
 * How one service is reached: over plain connections, or over a session that is kept.
 *
 * <p>Opened once; for any thread, and nothing here waits.
 */
interface ServiceWay extends AutoCloseable {

  /** A service that can be told something. */
  interface Open {
    /** As whom we speak to it. */
    Endpoint sender();

    /** Where nodes are told that we can be dialled. */
    Endpoint own();

    /** Whether it, and so its nodes, speak to us over plain connections. */
    boolean isPlain();

    /** Whether a plain connection can be one of it. */
    boolean isFrom(Peer peer);
  }

  /** What happens to the service; called on any thread, must not block. */
  interface Owner {
    /**
     * It was found and can be told something.
     *
     * @param isRegistered whether it knows us already
     */
    void onOpen(Open open, boolean isRegistered);

    /**
     * It is there again, knows us, and has begun anew.
     *
     * @param isRestarted whether it is another process than before
     */
    void onRenewed(Open open, boolean isRestarted);

    /** It is not there; what it is told waits. */
    void onAway(String why);

    /** It is there again. */
    void onBack();

    /** It is gone, or takes nothing from us; nothing more happens on this way. */
    void onLost(TasException cause);
  }

  /** Looks for the service. */
  void open(Owner owner);

  /** Takes leave; whatever was told and not yet taken is lost. */
  @Override
  void close();
}
