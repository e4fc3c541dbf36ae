package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Where the bytes of one file come from that goes out over a session: a disk, a stream, or another
 * peer. One thread at a time calls; nothing here blocks.
 */
interface Feed {

  /** Who sends the bytes; called on any thread, in order, until {@link Feed#stop}. */
  interface Owner {

    /**
     * The file can be announced.
     *
     * @param size its size, or {@link com.nokia.ci.tas.commons.model.FileReference#UNKNOWN_SIZE}
     * @param sha256 of the file, where it is known already
     */
    void prepared(long size, Optional<String> sha256);

    /**
     * Some of the bytes that were asked for.
     *
     * @param bytes taken over
     */
    void bytes(ByteBuf bytes);

    /** There are no more. */
    void end(byte[] sha256);

    /**
     * The whole of a small file at once: what {@link #prepared}, {@link #bytes} and {@link #end}
     * tell one after the other.
     *
     * @param bytes taken over
     */
    void whole(ByteBuf bytes, byte[] sha256);

    /** The file cannot be sent to its end. */
    void failed(TasException why);
  }

  /**
   * Finds out what can be said of the file. A file that {@link Early comes early} comes at once.
   */
  void prepare(Owner owner);

  /**
   * Begins at this byte; what stands before it becomes part of the digest.
   *
   * @param bytes how many are asked for, as with {@link #request}
   */
  void start(long offset, long bytes);

  /** Asks for so many bytes more. The end comes without being asked for, as soon as it is known. */
  void request(long bytes);

  /** Whether it can begin anew on another connection, at whatever byte is asked for. */
  boolean canBeginAnew();

  /** Lets go of everything; nothing is called after that. */
  void stop();
}
