package com.nokia.ci.tas.commons.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a message is found whatever the bytes, and however the network cuts them. */
class MessageScannerFuzzTest {
  private static final int SHORT_LIMIT = 700;
  private static final int LONG_LIMIT = 1 << 20;

  /** What came of the bytes of a connection, told in a way that can be compared. */
  private record Heard(String message, int taken, MessageScanner.State state, String refusal) {}

  @MethodSource("com.nokia.ci.tas.fuzzing.Seeds#messages")
  @FuzzTest
  void anySplitOfTheBytesGivesTheSameMessage(byte[] bytes) {
    for (int limit : new int[] {SHORT_LIMIT, LONG_LIMIT}) {
      Heard atOnce = hear(bytes, limit, bytes.length);
      assertEquals(atOnce, hear(bytes, limit, 1), "byte by byte");
      assertEquals(atOnce, hear(bytes, limit, 0), "in pieces");
    }
  }

  /** Scans in pieces of a size; 0 for sizes by chance, the same for the same bytes. */
  private static Heard hear(byte[] bytes, int limit, int size) {
    var scanner = new MessageScanner(limit);
    var chance = new Random(Arrays.hashCode(bytes));
    int taken = 0;
    try {
      while (taken < bytes.length && scanner.state() != MessageScanner.State.AT_FILE) {
        int next = size > 0 ? size : 1 + chance.nextInt(16);
        int offered = Math.min(next, bytes.length - taken);
        var chunk = ByteBuffer.wrap(bytes, taken, offered).slice();
        var before = scanner.state();
        scanner.scan(chunk);
        taken += chunk.position();
        if (chunk.position() == 0 && scanner.state() == before) {
          throw new AssertionError("no progress at byte " + taken);
        }
      }
      boolean isThere = scanner.state() == MessageScanner.State.AT_FILE || scanner.endOfStream();
      return new Heard(
          isThere ? Arrays.toString(scanner.message()) : "none", taken, scanner.state(), "");
    } catch (ProtocolException e) {
      return new Heard("", 0, MessageScanner.State.WITHIN, e.getMessage());
    }
  }
}
