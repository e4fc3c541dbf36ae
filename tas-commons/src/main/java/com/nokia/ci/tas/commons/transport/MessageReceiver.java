package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where the messages of a {@link Listener} go.
 *
 * <p>Called on event loops, for different connections at the same time; must not block. A
 * connection is closed only after the call returned, so whoever sends its next message after that
 * close is heard in order. What a method throws is logged, and ends the one connection it was
 * called for.
 */
public interface MessageReceiver {

  /** A message came in; for a put of a file, {@link #onFile} is asked instead. */
  void onMessage(Message message, Peer peer);

  /**
   * Whether what came in so far is in good hands: over a session, messages are acknowledged only
   * then, so that a peer says again, after a crash, what was not. Called where messages are handed
   * over.
   *
   * @return completes, in the order of the calls, when all messages before the call are; never,
   *     when that cannot be known any more
   */
  default CompletionStage<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * A peer wants to put a file.
   *
   * @param put the message, whose names are unchecked
   * @return where the bytes go, or why they are not wanted
   */
  FileAnswer onFile(FileOperation put, Peer peer);

  /**
   * Asked once for each connection, as soon as it turns out to carry a message and before the
   * message is read.
   *
   * @return empty when the peer may speak, else the sentence that it is refused with
   */
  default Optional<String> admit(Peer peer) {
    return Optional.empty();
  }
}
