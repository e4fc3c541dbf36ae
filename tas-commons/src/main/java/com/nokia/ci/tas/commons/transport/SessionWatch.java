package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;

/**
 * Who is told of the sessions that a listener has accepted; called on event loops, for one session
 * in order, must not block.
 */
public interface SessionWatch {

  /**
   * A connection of the session stands; what is sent to its identity goes there. The registration
   * of a new session is handed to the receiver after this, one that resumes is not.
   *
   * @param resumed whether it is back; else it is new
   */
  void onOpened(Endpoint identity, Peer peer, boolean resumed);

  /** The connection is gone; the session waits for the peer to come back. */
  void onAway(Endpoint identity, String why);

  /**
   * The session is over: the peer said so, was away too long, registered plainly, or was replaced
   * by a new session of that identity. What waited to be sent has failed.
   */
  void onEnded(Endpoint identity, String why);
}
