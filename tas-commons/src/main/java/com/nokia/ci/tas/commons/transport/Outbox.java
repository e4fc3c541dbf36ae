package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What one peer is to be told, in order: the next entry is sent when the peer has closed the
 * connection of the one before it, or had the time to.
 *
 * <p>Any thread may add. An outbox has no thread of its own and an unreachable peer delays no
 * other. Entries that cannot be connected or break off are tried again by the {@link RetryPolicy};
 * refused ones are not.
 */
public interface Outbox extends AutoCloseable {

  /** What waits to be sent. */
  sealed interface Entry {
    /** The message, or the one that announces the file. */
    Message message();
  }

  /** A message. */
  record MessageEntry(Message message, Dialect dialect) implements Entry {}

  /** A file and the message that announces it. */
  record FileEntry(FileOperation message, FileSource source) implements Entry {}

  /** What an outbox does after an entry was given up. */
  enum AfterFailure {
    /** Sends the next entry. */
    GO_ON,
    /** Keeps what waits until {@link Outbox#resume} or {@link Outbox#close}. */
    STOP
  }

  /** Who is told what became of the entries; called on event loops, must not block. */
  interface Owner {
    /** The entry was sent. */
    default void onSent(Entry entry) {}

    /**
     * The entry was given up: the last try failed, the peer refused it, or the outbox is full or
     * closed.
     *
     * @param cause its message is a sentence that names the peer
     */
    AfterFailure onFailed(Entry entry, TasException cause);
  }

  /** The peer. */
  Endpoint destination();

  /** Adds a message. Where the outbox is full or closed the owner's {@code onFailed} is called. */
  void send(Message message, Dialect dialect);

  /** Adds a file, likewise. */
  void sendFile(FileOperation put, FileSource source);

  /** How many entries wait or are being sent. */
  int size();

  /** Goes on after {@link AfterFailure#STOP}. */
  void resume();

  /**
   * Waits for the outbox to become empty.
   *
   * @return completes with true when everything was sent or given up, with false when the time is
   *     over before that or the outbox is stopped
   */
  CompletableFuture<Boolean> drain(Duration limit);

  /** Ends the entry under way; it and all that wait are given up. */
  @Override
  void close();
}
