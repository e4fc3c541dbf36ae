package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.Frame;
import io.netty.buffer.ByteBuf;

/**
 * One connection of a session, as its file streams see it. To be used on the event loop of the
 * session alone, and no more after {@link SessionStreams#lost}.
 */
interface StreamLink {

  /** The other end, with the identity of the session. */
  Peer peer();

  /**
   * Whether it makes sense to write octets now. When it is false, {@link SessionStreams#writable}
   * tells when it makes sense again; frames without octets may be written all the same.
   */
  boolean isWritable();

  /** Writes what is said of a stream. What is written goes out soon, by itself. */
  void write(Frame.OfStream frame);

  /** Opens a stream. */
  void write(Frame.Open frame);

  /**
   * Writes octets of a file.
   *
   * @param octets at most {@link com.nokia.ci.tas.commons.session.FrameType#MOST_OCTETS_OF_FILE};
   *     taken over
   */
  void write(int stream, ByteBuf octets);

  /** The peer broke a rule: closes the connection, not the session. */
  void breakOff(String why);
}
