package com.nokia.ci.tas.commons.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of one incoming file go.
 *
 * <p>Called on file threads, never twice at the same time: any number of writes, then exactly one
 * of {@link #completed} and {@link #failed}; when {@code write} or {@code completed} throws, {@code
 * failed} follows with what it threw. Reading from the peer pauses while a write takes its time.
 */
public interface FileSink {

  /** Takes all remaining bytes; the buffer is direct and is reused after the call. */
  void write(ByteBuffer bytes) throws IOException;

  /** The file is complete: of the announced size, or up to the end where no size was announced. */
  void completed(long bytes) throws IOException;

  /**
   * The file will not be complete.
   *
   * @param cause {@link com.nokia.ci.tas.commons.model.ConnectionLostException} when the peer
   *     vanished, {@link com.nokia.ci.tas.commons.model.ProtocolException} when the size is wrong,
   *     {@link IOException} when the bytes could not be stored; its message is a sentence
   */
  void failed(Exception cause);
}
