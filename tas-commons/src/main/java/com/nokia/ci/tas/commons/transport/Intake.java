package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What takes the bytes of one incoming file: it stores them or passes them on. One thread at a time
 * calls: {@link #begin}, any number of writes, then one of {@link #end} and {@link #fail}. What is
 * called after the intake has failed by itself is ignored.
 */
interface Intake {

  /** Who hands in the bytes; called on any thread, in order. */
  interface Owner {

    /**
     * The file is waited for.
     *
     * @param offset where it is to begin
     * @param credit how many bytes are taken now
     */
    void ready(long offset, long credit);

    /** So many bytes more are taken. */
    void credit(long bytes);

    /** After {@link Intake#end}: the file is where it belongs. */
    void done();

    /** The file will not get there. */
    void failed(ResetCode code, String sentence);
  }

  /** Asks for the file. */
  void begin(Owner owner);

  /** Takes bytes over. */
  void write(ByteBuf bytes);

  /**
   * That was all.
   *
   * @param sha256 of the whole file, if the sender says it
   */
  void end(Optional<byte[]> sha256);

  /** There will be no more. */
  void fail(Exception cause);
}
