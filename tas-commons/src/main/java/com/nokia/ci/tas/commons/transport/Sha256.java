package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of files on sessions and in caches. */
public final class Sha256 {
  private static final ThreadLocal<byte[]> COPIED = ThreadLocal.withInitial(() -> new byte[8192]);

  private Sha256() {}

  /** One that has seen nothing yet; for one thread. */
  public static MessageDigest begun() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Takes the readable bytes in and leaves them readable. A digest would make an array of its own
   * to copy what is not on the heap, which for small files is most of what there is to tidy up;
   * here each thread has one.
   */
  static void update(MessageDigest digest, ByteBuf bytes) {
    byte[] copied = COPIED.get();
    for (int at = bytes.readerIndex(); at < bytes.writerIndex(); at += copied.length) {
      int count = Math.min(copied.length, bytes.writerIndex() - at);
      bytes.getBytes(at, copied, 0, count);
      digest.update(copied, 0, count);
    }
  }

  /** As it stands in messages. */
  static String text(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
