package com.nokia.ci.tas.communicator.artifact;

/**
 * Who waits for one artifact; called on any thread; must not block. The last call is any but {@link
 * #onInterrupted} and {@link #onLeftAlone}.
 */
public interface ArtifactReceiver {
  /** It is in its place, complete. */
  void onStored();

  /** It stopped coming because of a connection; its sender may go on with it. */
  void onInterrupted();

  /** It was to come with the same file of another run, and does not: it has to be asked for. */
  void onLeftAlone();

  /** It did not come as announced, or could not be stored; the sentence says why. */
  void onSpoiled(String sentence);

  /** The client will not send it. */
  void onAborted();
}
