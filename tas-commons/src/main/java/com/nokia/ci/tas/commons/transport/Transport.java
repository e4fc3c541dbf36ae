package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

/**
 * The network of one program: its event loops, its file threads, and every connection and session
 * it accepts or makes (wire protocol, section 1; docs/session.md). Any thread may call; nothing
 * here blocks but {@link #listen} and {@link #close}.
 *
 * <p>Futures fail with {@link com.nokia.ci.tas.commons.model.ConnectionLostException} when the peer
 * cannot be reached, is too slow or breaks off, and with {@link RefusedException} when it declines;
 * the message is a sentence that names the peer. They complete on event loops, so what depends on
 * them must not block. Cancelling one closes its connection.
 */
public interface Transport extends AutoCloseable {

  /** A network with threads of its own, all named {@code tas-…} and none keeping the program up. */
  static Transport create(TransportSettings settings) {
    return new NettyTransport(settings);
  }

  /**
   * Opens a port.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the port is taken or not allowed
   */
  Listener listen(ListenSettings where, MessageReceiver receiver);

  /**
   * Sends one message over a connection of its own. Complete when every byte and the end of the
   * stream were handed to the network and the peer has closed, or had {@link Deadlines#peerClose}
   * to decline; a peer that resets the connection after the last byte is no failure.
   */
  CompletableFuture<Void> send(Endpoint to, Message message, Dialect dialect);

  /**
   * Sends a file after the message that announces it. The size in the message is replaced by the
   * one of the source; where both are known and differ, nothing is sent.
   *
   * @return completes with the number of bytes of the file when the peer has taken them all and
   *     closed, or let {@link Deadlines#writeStall} pass; fails also when the peer resets the
   *     connection behind the last byte, and with {@link
   *     com.nokia.ci.tas.commons.model.TasException} when the file cannot be read or changes its
   *     size
   */
  CompletableFuture<Long> sendFile(Endpoint to, FileOperation put, FileSource source);

  /**
   * Connects and closes again, which every peer ignores.
   *
   * @return completes with the address of this machine that the connection left from
   */
  CompletableFuture<InetAddress> probe(Endpoint to);

  /**
   * Connects over a connection of its own and closes again, also where there is a session with the
   * peer: whether it could be dialled.
   *
   * @return completes with the address of this machine that the connection left from
   */
  CompletableFuture<InetAddress> dial(Endpoint to);

  /** A new, empty outbox; close it when the peer is gone for good. */
  Outbox outbox(Endpoint to, RetryPolicy policy, Outbox.Owner owner);

  /**
   * Keeps a session with an acceptor: dials, offers it, and dials again whenever the connection is
   * lost, until the acceptor turns out to be plain, declines, or one of the two ends it.
   *
   * <p>From its first {@link Session.Owner#onEstablished} on, {@link #send}, {@link #sendFile} and
   * {@link #outbox} to the acceptor use the session: a message is sent when it is acknowledged, and
   * waits while there is no connection, for as long as the acceptor keeps the session; a {@link
   * #probe} tells whether there is a connection now.
   *
   * @param receiver gets what the acceptor says, as if it came over connections of its own
   */
  Session keep(SessionWish wish, MessageReceiver receiver, Session.Owner owner);

  /**
   * From now on, what is said to {@code peer} goes over the session with {@code via}, which passes
   * it on; the messages keep their receiver. Without such a session it fails. A session with {@code
   * peer} itself is used rather than the route.
   */
  void route(Endpoint peer, Endpoint via);

  /** Ends a {@link #route}: what is said to {@code peer} is dialled again. */
  void unroute(Endpoint peer);

  /**
   * Ends an accepted session, because its peer was given up: what waits for it fails with {@link
   * com.nokia.ci.tas.commons.model.ConnectionLostException}. Does nothing when there is none.
   */
  void endSession(Endpoint identity, String why);

  /**
   * Ends every connection, outbox, listener and thread, within two seconds. Not to be called from
   * what is called back here.
   */
  @Override
  void close();
}
