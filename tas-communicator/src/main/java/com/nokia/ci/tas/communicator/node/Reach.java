package com.nokia.ci.tas.communicator.node;

/** How a node reaches the client of a run, as the start of the run says. */
public enum Reach {
  /** By dialling it, a connection for each message: both are plain. */
  DIALLED(1),
  /** By dialling it, and through the service when it cannot be dialled. */
  DIALLED_OR_RELAYED(1),
  /** Through the service. */
  RELAYED(128),
  /** Over a session with the client, and through the service while there is none. */
  DIRECT(128),
  /** Not at all: it is a run of the node's own, and nobody waits for what comes of it. */
  NOBODY(1);

  private final int artifactsAtOnce;

  Reach(int artifactsAtOnce) {
    this.artifactsAtOnce = artifactsAtOnce;
  }

  /** How many files the client is asked for before the first has come. */
  public int artifactsAtOnce() {
    return artifactsAtOnce;
  }
}
