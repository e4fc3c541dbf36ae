package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;

/**
 * The files of one session, in both directions, from its first connection to its end
 * (docs/session.md, section 6). Apart from {@link #send} everything is called on the event loop of
 * the session. What a method throws ends the connection: {@link
 * com.nokia.ci.tas.commons.model.ProtocolException} where the peer broke a rule.
 */
interface SessionStreams {

  /**
   * Sends a file; any thread may call. Waits while there is no connection.
   *
   * @return as for {@link Transport#sendFile}
   */
  CompletableFuture<Long> send(FileOperation put, FileSource source);

  /**
   * A connection stands, the first one or another one. What was opened before and has no end yet is
   * opened again, under the number that it had.
   */
  void connected(StreamLink link);

  /**
   * The peer opens a stream.
   *
   * @param put whose sender is the identity of the peer where this program accepted it
   */
  void opened(int stream, FileOperation put);

  /** The peer says something of an open stream. */
  void received(Frame.OfStream frame);

  /**
   * Octets of a file came in; not cut as the peer cut them.
   *
   * @param octets some, taken over
   */
  void received(int stream, ByteBuf octets);

  /** The connection takes octets again. */
  void writable();

  /** The connection is gone, and with it every stream; the session may come back. */
  void lost(String why);

  /**
   * The peer knows nothing of the session any more and numbers its streams from the beginning: what
   * it was answered before is no answer to what it opens next. Called while there is no connection.
   */
  void restarted();

  /** The session is over; nothing more is called. */
  void ended(TasException why);
}
