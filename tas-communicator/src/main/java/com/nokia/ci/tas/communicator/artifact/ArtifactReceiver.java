package com.nokia.ci.tas.communicator.artifact;

/** Who waits for one artifact; called once, on any thread; must not block. */
public interface ArtifactReceiver {
  /** It is in its place, complete. */
  void onStored();

  /** It did not come as announced, or could not be stored; the sentence says why. */
  void onSpoiled(String sentence);

  /** The client will not send it. */
  void onAborted();
}
