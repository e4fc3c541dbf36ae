package com.nokia.ci.tas.service.http;

import java.util.Optional;

/**
 * A body that is made while it is sent, piece by piece, as fast as its reader takes it. Asked by
 * one thread at a time.
 */
interface Piecewise extends AutoCloseable {
  /** The next piece; empty: there is none yet, or none any more. */
  Optional<Piece> next();

  /** Whether nothing follows; asked when there was no next piece. */
  boolean isOver();

  /** Whether making a piece takes time: such a body is made on a thread for pages. */
  boolean takesTime();

  /** What is to be run, on any thread, when there is more; told before the first piece. */
  void onMore(Runnable wake);

  /** Nobody reads it any more, or it is over. */
  @Override
  void close();
}
