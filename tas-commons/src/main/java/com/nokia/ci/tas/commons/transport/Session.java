package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A session that this program keeps with an acceptor, from {@link Transport#keep} until its {@link
 * Owner} is told that it is over: it dials, offers, resumes and dials again by itself
 * (docs/session.md). Any thread may call.
 */
public interface Session extends AutoCloseable {

  /** Where it dials, and the name under which the acceptor is routed to. */
  Endpoint acceptor();

  /** The address under which the acceptor knows this program; empty before it was told. */
  Optional<Endpoint> you();

  /** Whether a connection of the session stands at this moment. */
  boolean isLive();

  /**
   * Ends the session for good: what the acceptor has not acknowledged is lost, and the owner hears
   * nothing more. Does nothing the second time.
   */
  @Override
  void close();

  /**
   * Who is told what becomes of a session; called on event loops, must not block.
   *
   * <p>The last call is one of {@link #onPlain}, {@link #onRefused} and {@link #onEnded}; the
   * session is over then, what waited to be sent has failed, and another one may be kept at any
   * time. Before it, calls of {@link #onEstablished} and of the others alternate as connections
   * come and go.
   */
  interface Owner {
    /**
     * The acceptor has taken the offer. From now on what is sent to the acceptor goes over the
     * session. Called again, with another value of {@link Welcome#acceptor()} or the same, when the
     * acceptor did not know the session any more and a new one took its place.
     */
    void onEstablished(Welcome welcome);

    /**
     * The acceptor speaks the plain protocol and has got a plain registration.
     *
     * @param leftFrom the address of this machine that the connection left from
     */
    void onPlain(InetAddress leftFrom);

    /**
     * There is no connection at the moment; it is dialled again and again. Said once, until {@link
     * #onEstablished} or {@link #onReturned}.
     *
     * @param why a sentence
     */
    default void onAway(String why) {}

    /** The connection is back and the session was resumed; nothing was lost. */
    default void onReturned() {}

    /**
     * The acceptor declines; dialing again would not help.
     *
     * @param sentence of the acceptor, for a person
     */
    void onRefused(String sentence);

    /** The acceptor has ended the session, or this program ends. */
    void onEnded(TasException why);
  }
}
