package com.nokia.ci.tas.service.webhook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Texts on disk that wait for one who takes them, first in, first out. What was put is still there
 * after a kill of the process; what was taken may be there once more. When it is full the oldest
 * make room and are counted. For one thread.
 *
 * <p>The file begins with the place of the first text that waits and the number of those that were
 * dropped; each text has its length, its check sum and its time before it.
 */
final class Spool implements AutoCloseable {
  private static final int BEGIN = 2 * Long.BYTES;
  private static final int HEAD = 2 * Integer.BYTES + Long.BYTES;

  private final Path path;
  private final long most;
  private FileChannel file;
  private long place;
  private long end;
  private long dropped;
  private long number;
  private long waiting;

  /**
   * A text that waits.
   *
   * @param number of its place in the row
   */
  record Entry(long number, Instant at, String text) {}

  private Spool(Path path, long most) {
    this.path = path;
    this.most = most;
  }

  /**
   * Opens a spool, or makes an empty one.
   *
   * @param most octets that wait at once
   */
  static Spool open(Path path, long most) throws IOException {
    var spool = new Spool(path, most);
    spool.open();
    return spool;
  }

  private void open() throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    place = BEGIN;
    end = BEGIN;
    if (file.size() < BEGIN) {
      file.truncate(0);
      writeBegin();
      return;
    }
    ByteBuffer begin = read(0, BEGIN);
    place = Math.max(BEGIN, Math.min(begin.getLong(), file.size()));
    dropped = Math.max(0, begin.getLong());
    end = place;
    waiting = 0;
    while (at(end).isPresent()) {
      end += HEAD + length(end);
      waiting++;
    }
    // A kill may have come in the middle of the last one.
    if (end < file.size()) {
      dropped++;
      file.truncate(end);
      writeBegin();
    }
  }

  /** How many wait. */
  long waiting() {
    return waiting;
  }

  /** How many were dropped and not yet {@linkplain #toldOfDropped told}. */
  long dropped() {
    return dropped;
  }

  /** Whoever takes them knows of so many that were dropped. */
  void toldOfDropped(long count) throws IOException {
    dropped -= count;
    writeBegin();
  }

  /** Puts a text behind the others. */
  void put(Instant at, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int size = HEAD + bytes.length;
    if (size > most) {
      dropped++;
      writeBegin();
      return;
    }
    while (end - place + size > most) {
      drop();
    }
    if (place > BEGIN + most) {
      shorten();
    }
    var record = ByteBuffer.allocate(size);
    record.putInt(bytes.length).putInt(sum(at.toEpochMilli(), bytes));
    record.putLong(at.toEpochMilli()).put(bytes).flip();
    write(file, record, end);
    end += size;
    waiting++;
  }

  /** The text that waits for the longest time; stays until it is {@linkplain #take taken}. */
  Optional<Entry> first() throws IOException {
    if (place == end) {
      return Optional.empty();
    }
    return Optional.of(at(place).orElseThrow(() -> new IOException("the spool is damaged")));
  }

  /** Takes a text; nothing happens when it was dropped meanwhile. */
  void take(Entry entry) throws IOException {
    if (entry.number() == number && place < end) {
      pass();
    }
  }

  /** Drops the text that waits for the longest time. */
  void drop() throws IOException {
    dropped++;
    pass();
  }

  private void pass() throws IOException {
    place += HEAD + length(place);
    number++;
    waiting--;
    if (place == end) {
      place = BEGIN;
      end = BEGIN;
      writeBegin();
      file.truncate(BEGIN);
    } else {
      writeBegin();
    }
  }

  private int length(long where) throws IOException {
    return read(where, Integer.BYTES).getInt();
  }

  /** The text at a place, if there is a whole one. */
  private Optional<Entry> at(long where) throws IOException {
    if (where + HEAD > file.size()) {
      return Optional.empty();
    }
    ByteBuffer head = read(where, HEAD);
    int length = head.getInt();
    int sum = head.getInt();
    long time = head.getLong();
    if (length < 0 || where + HEAD + length > file.size()) {
      return Optional.empty();
    }
    byte[] bytes = read(where + HEAD, length).array();
    return sum(time, bytes) == sum
        ? Optional.of(
            new Entry(
                number, Instant.ofEpochMilli(time), new String(bytes, StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private static int sum(long time, byte[] bytes) {
    var crc = new CRC32();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(time).flip());
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private void writeBegin() throws IOException {
    write(file, ByteBuffer.allocate(BEGIN).putLong(place).putLong(dropped).flip(), 0);
  }

  private ByteBuffer read(long where, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, where + bytes.position()) < 0) {
        throw new IOException("the spool is shorter than it was");
      }
    }
    return bytes.flip();
  }

  private static void write(FileChannel file, ByteBuffer bytes, long where) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes, where + bytes.position());
    }
  }

  /** What was taken makes room; in a new file, so that a kill loses nothing. */
  private void shorten() throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(next);
    try (var shorter =
        FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(shorter, ByteBuffer.allocate(BEGIN).putLong(BEGIN).putLong(dropped).flip(), 0);
      write(shorter, read(place, Math.toIntExact(end - place)), BEGIN);
    }
    file.close();
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    open();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
