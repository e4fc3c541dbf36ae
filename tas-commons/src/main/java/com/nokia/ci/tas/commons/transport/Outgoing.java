package com.nokia.ci.tas.commons.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** What one outgoing connection carries. */
interface Outgoing {

  /**
   * Writes everything; called once, on the event loop.
   *
   * @param done succeeds when the last byte is with the network; fails with {@link
   *     com.nokia.ci.tas.commons.model.TasException} when the fault is on this side
   */
  void write(ChannelHandlerContext ctx, ChannelPromise done);

  /**
   * How many bytes the network has taken so far.
   *
   * @param ofCurrent how many of what it takes at this moment
   */
  long taken(long ofCurrent);

  /** How many bytes of a file were sent, once everything was written. */
  long fileBytes();

  /**
   * Whether the peer has to read to the end before it closes, as it has with a file. A reset is
   * then a failure, and the peer gets the time it needs; a peer may close in any way behind a
   * message.
   */
  boolean isReadToTheEnd();

  /**
   * Whether a peer could take the orderly end of a broken-off connection for the end of the file.
   */
  boolean endsWithStream();

  /** Lets go of what it holds; called once, whether or not it was written. */
  void release();
}
