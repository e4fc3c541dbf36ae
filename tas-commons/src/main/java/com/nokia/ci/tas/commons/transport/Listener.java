package com.nokia.ci.tas.commons.transport;

/** A port that is listened on, from {@link Transport#listen} to {@link #close}. */
public interface Listener extends AutoCloseable {

  /** The port that was bound, also when any free one was asked for. */
  int port();

  /** How many connections and messages of peers were refused so far, for whatever reason. */
  long refusals();

  /** Stops listening and drops the connections that were accepted; does nothing the second time. */
  @Override
  void close();
}
