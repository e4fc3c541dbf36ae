package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.Sealing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole output of one executor in a file: its bytes as they come, but for sealed values. It
 * grows to a limit and no further; what comes then is counted, a line says where it was cut, and
 * the last of it follows at the end. A disk that takes nothing does not disturb the executor: what
 * could not be written is counted too, and a line says so where writing goes on.
 *
 * <p>One thread adds, another may read the file up to {@link #length()}; memory is a fixed sum.
 */
final class OutputSpool implements OutputSource {
  private static final Logger LOG = LoggerFactory.getLogger(OutputSpool.class);
  private static final int BLOCK = 64 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final long limit;
  private final Optional<Sealing> sealing;
  private final ByteBuffer block;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private Optional<OutputTail> tail = Optional.empty();
  private long length;
  private long unwritten;
  private String trouble = "";
  private boolean ended;

  private OutputSpool(Path file, FileChannel channel, SealedValues sealed, long limit) {
    this.file = file;
    this.channel = channel;
    this.limit = limit;
    this.sealing =
        sealed.isEmpty()
            ? Optional.empty()
            : Optional.of(sealed.inBytes().sealing(this::takeSealed));
    this.block = ByteBuffer.allocate(sealing.isPresent() ? BLOCK : 0);
  }

  /**
   * Makes the file, in place of one that is there.
   *
   * @param limit bytes after which it is cut
   * @throws ExecutionException when it cannot be made
   */
  static OutputSpool create(Path file, SealedValues sealed, long limit) {
    try {
      return new OutputSpool(file, NewFile.open(file), sealed, limit);
    } catch (IOException e) {
      throw new ExecutionException(
          "the output file "
              + file
              + " cannot be made: "
              + e.getClass().getSimpleName()
              + " "
              + e.getMessage(),
          e);
    }
  }

  /** Writes into a file that is there. */
  static OutputSpool into(Path file, SealedValues sealed, long limit) throws IOException {
    return new OutputSpool(file, FileChannel.open(file, StandardOpenOption.WRITE), sealed, limit);
  }

  @Override
  public Path file() {
    return file;
  }

  /** Adds bytes of the executor. */
  void add(byte[] bytes, int count) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      if (sealing.isPresent()) {
        seal(sealing.get(), bytes, count);
        flush();
      } else {
        keep(ByteBuffer.wrap(bytes, 0, count));
      }
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes. What is added later is ignored. */
  void end() {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      sealing.ifPresent(Sealing::end);
      flush();
      tail.ifPresent(last -> write(last.bytes()));
      noteUnwritten();
      ended = true;
      grown.signalAll();
      channel.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("output file not closed");
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes of the file may be read. */
  @Override
  public long length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** What the file does not say of itself because the disk did not take it. */
  @Override
  public Optional<String> missing() {
    lock.lock();
    try {
      return unwritten == 0 ? Optional.empty() : Optional.of(unwrittenNote());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the file is longer than this, has ended, or the time is over.
   *
   * @param nanos how long; {@code Long.MAX_VALUE}: for ever
   */
  @Override
  public void awaitBeyond(long position, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (length <= position && !ended && left > 0) {
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void seal(Sealing into, byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      char c = (char) (bytes[i] & 0xFF);
      if (into.isPlain(c)) {
        takeSealed(c);
      } else {
        into.take(c);
      }
    }
  }

  private void takeSealed(int character) {
    if (!block.hasRemaining()) {
      flush();
    }
    block.put((byte) character);
  }

  private void flush() {
    block.flip();
    keep(block);
    block.clear();
  }

  /** Writes what fits below the limit; the rest goes to the tail. */
  private void keep(ByteBuffer bytes) {
    if (tail.isEmpty() && bytes.remaining() <= limit - length) {
      write(bytes);
      return;
    }
    if (tail.isEmpty()) {
      int fits = (int) Math.max(0, limit - length);
      write(bytes.slice(bytes.position(), fits));
      bytes.position(bytes.position() + fits);
      write(text("\n[output is cut here: its limit is " + limit + " bytes; its end follows]\n"));
      tail = Optional.of(new OutputTail());
    }
    tail.get().add(bytes);
  }

  private void write(ByteBuffer bytes) {
    try {
      if (unwritten > 0) {
        writeFully(text("\n" + unwrittenNote() + "\n"));
        unwritten = 0;
      }
      writeFully(bytes);
    } catch (IOException e) {
      if (trouble.isEmpty()) {
        LOG.atWarn().addKeyValue("file", file).setCause(e).log("output cannot be kept");
      }
      trouble = String.valueOf(e.getMessage());
      unwritten += bytes.remaining();
      bytes.position(bytes.limit());
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      length += channel.write(bytes, length);
    }
  }

  private void noteUnwritten() {
    if (unwritten > 0) {
      write(ByteBuffer.allocate(0));
    }
  }

  private String unwrittenNote() {
    return "[" + unwritten + " bytes of output could not be kept: " + trouble + "]";
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
