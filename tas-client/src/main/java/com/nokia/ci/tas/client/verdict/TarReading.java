package com.nokia.ci.tas.client.verdict;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Goes through a tar archive. Names that are longer than the header holds come shortened, which is
 * enough to tell a report by its last letters in the formats of GNU and POSIX: what precedes them
 * is an entry of its own, which is passed over.
 */
final class TarReading {
  private static final int BLOCK = 512;

  private final InputStream stream;
  private InputStream content = InputStream.nullInputStream();
  private int padding;

  TarReading(InputStream stream) {
    this.stream = stream;
  }

  /** The name of the next entry; empty at the end. */
  Optional<String> next() throws IOException {
    content.transferTo(OutputStream.nullOutputStream());
    stream.skipNBytes(padding);
    byte[] header = stream.readNBytes(BLOCK);
    if (header.length == 0 || isZero(header)) {
      padding = 0;
      content = InputStream.nullInputStream();
      return Optional.empty();
    }
    if (header.length < BLOCK) {
      throw new EOFException("it is cut off");
    }
    long size = number(header, 124, 12);
    padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    content = new Part(stream, size);
    boolean isFile = header[156] == '0' || header[156] == 0;
    return Optional.of(isFile ? text(header, 345, 155) + text(header, 0, 100) : "");
  }

  /** The bytes of the entry. */
  InputStream content() {
    return content;
  }

  private static boolean isZero(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] header, int from, int most) {
    int length = 0;
    while (length < most && header[from + length] != 0) {
      length++;
    }
    return new String(header, from, length, StandardCharsets.UTF_8);
  }

  private static long number(byte[] header, int from, int most) throws IOException {
    String octal = text(header, from, most).strip();
    try {
      long size = octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new IOException("it is no tar archive", e);
    }
    throw new IOException("it is no tar archive");
  }

  /** So many bytes of a stream. */
  private static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream stream, long size) {
      super(stream);
      left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = super.read(bytes, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new EOFException("it is cut off");
      }
      left -= n;
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = super.skip(Math.min(n, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public void close() {
      // the archive goes on
    }
  }
}
