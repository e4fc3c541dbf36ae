package com.nokia.ci.tas.communicator.artifact;

/** Who has asked another node for an artifact; called on file threads. */
public interface LoanReceiver {
  /** Whether it may go on; asked for each piece that comes. */
  boolean isWanted();

  /**
   * It is in the cache, and stays there until this returns.
   *
   * @param file what was wanted, verified
   */
  void onCame(CachedFile file);

  /** It did not come, or was something else. */
  void onFailed(Exception cause);
}
