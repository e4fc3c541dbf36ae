package com.nokia.ci.tas.communicator.execution;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The last bytes of an output that is longer than may be kept, and how many came before them. */
final class OutputTail {
  /** So many bytes are kept. */
  static final int SIZE = 64 * 1024;

  private final byte[] ring = new byte[SIZE];
  private long taken;

  void add(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int at = (int) (taken % SIZE);
      int count = Math.min(SIZE - at, bytes.remaining());
      bytes.get(ring, at, count);
      taken += count;
    }
  }

  /** A line that says how much is left out, then the last whole lines. */
  ByteBuffer bytes() {
    int kept = (int) Math.min(taken, SIZE);
    long start = taken - kept;
    if (start > 0) {
      start = lineStart(start);
    }
    byte[] note =
        start == 0
            ? new byte[0]
            : ("[" + start + " bytes of output are left out here]\n")
                .getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(note.length + (int) (taken - start)).put(note);
    for (long place = start; place < taken; place++) {
      bytes.put(ring[(int) (place % SIZE)]);
    }
    return bytes.flip();
  }

  /** The first place behind a line end; the beginning when there is none. */
  private long lineStart(long from) {
    for (long place = from; place < taken - 1; place++) {
      if (ring[(int) (place % SIZE)] == '\n') {
        return place + 1;
      }
    }
    return from;
  }
}
