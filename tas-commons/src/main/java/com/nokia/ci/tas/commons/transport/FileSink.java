package com.nokia.ci.tas.commons.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Where the bytes of one incoming file go.
 *
 * <p>Called on file threads, never twice at the same time: any number of writes, then exactly one
 * of {@link #completed} and {@link #failed}; when {@code write} or {@code completed} throws, {@code
 * failed} follows with what it threw. Reading from the peer pauses while a write takes its time.
 */
public interface FileSink {

  /**
   * How many bytes of this file are here already, from a transfer that broke off: a session goes on
   * behind them. Called before the first write, and only for a file that is long enough; what
   * throws counts as nothing held.
   */
  default long held() throws IOException {
    return 0;
  }

  /**
   * Shows the bytes that {@link #held} counted, from the first to the last, so that they become
   * part of the digest. Called at once after it, unless it is 0.
   *
   * @throws IOException when they cannot be read; the file fails
   */
  default void showHeld(Consumer<ByteBuffer> to) throws IOException {
    throw new IOException("nothing is held");
  }

  /**
   * When {@link #isHeldWhole} and {@link #held} can be asked: another transfer may be bringing the
   * same bytes. Until then the sender waits. Called first, and only for a file that is long enough.
   *
   * @return completes on any thread; how does not matter
   */
  default CompletionStage<?> ready() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Whether the whole file, of the announced digest, is here already and was verified: then nothing
   * of it is sent, {@link #completed} follows, and {@link #held} is not asked.
   */
  default boolean isHeldWhole() {
    return false;
  }

  /**
   * Tells the digest of the bytes that came, after it was compared with what the sender says.
   * Called before {@link #completed} for a file that comes over a session.
   *
   * @param sha256 64 lower-case hexadecimal digits
   */
  default void verified(String sha256) {}

  /**
   * Whether nothing but a disk of this machine is waited for: then the small files of a session are
   * stored by one thread one after another, which costs less than a thread for each.
   */
  default boolean isBrief() {
    return false;
  }

  /** Takes all remaining bytes; the buffer is direct and is reused after the call. */
  void write(ByteBuffer bytes) throws IOException;

  /** The file is complete: of the announced size, or up to the end where no size was announced. */
  void completed(long bytes) throws IOException;

  /**
   * Called instead of {@link #completed}, for those that store the file on a thread of somebody
   * else: the sender hears that it is stored when that is done.
   *
   * @return completes on any thread; {@link #failed} follows when it does so with an exception
   */
  default CompletionStage<?> completing(long bytes) throws IOException {
    completed(bytes);
    return CompletableFuture.completedFuture(null);
  }

  /**
   * The file will not be complete.
   *
   * @param cause {@link com.nokia.ci.tas.commons.model.ConnectionLostException} when the peer
   *     vanished, {@link com.nokia.ci.tas.commons.model.ProtocolException} when the size is wrong,
   *     {@link IOException} when the bytes could not be stored; its message is a sentence
   */
  void failed(Exception cause);
}
