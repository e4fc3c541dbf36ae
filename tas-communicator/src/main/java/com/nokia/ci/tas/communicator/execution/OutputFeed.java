package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the output of an executor to a receiver while it grows: whole lines, one text after
 * another, each within {@link #LONGEST_WAIT} of its first line when the receiver keeps up. It reads
 * the file that keeps the output, so a receiver that does not keep up slows nobody down and costs
 * no memory; when it is too far behind, a line says how much it is not shown.
 */
final class OutputFeed implements Runnable {
  static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  /** Bytes that are read for one text at most. */
  static final int CHUNK = 256 * 1024;

  /** Most executors say little, and a node may run hundreds of them at a time. */
  private static final int FIRST_CHUNK = 4 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(OutputFeed.class);

  private final OutputSource spool;
  private final RandomAccessFile file;
  private final Receiver receiver;
  private final long farthestBehind;
  private final CountDownLatch done = new CountDownLatch(1);
  private byte[] chunk = new byte[0];
  private final StringBuilder text = new StringBuilder();
  private OutputLines lines = newLines();
  private volatile boolean isShown;
  private long position;
  private long undelivered;
  private final LongSupplier nanos;
  private long quietUntil;

  /** Takes a text of whole lines; the future completes when it may get the next one. */
  interface Receiver {
    CompletableFuture<Void> send(String text);
  }

  /**
   * @param farthestBehind so many bytes may wait to be shown; at least {@link #CHUNK}
   * @throws ExecutionException when the file is not there
   */
  OutputFeed(OutputSource spool, Receiver receiver, long farthestBehind) {
    this(spool, receiver, farthestBehind, System::nanoTime);
  }

  /** The same by another clock, which the waits of the source go by. */
  OutputFeed(OutputSource spool, Receiver receiver, long farthestBehind, LongSupplier nanos) {
    this.spool = spool;
    this.nanos = nanos;
    this.quietUntil = nanos.getAsLong();
    this.receiver = receiver;
    this.farthestBehind = Math.max(CHUNK, farthestBehind);
    try {
      this.file = new RandomAccessFile(spool.file().toFile(), "r");
    } catch (IOException e) {
      throw new ExecutionException("the output file " + spool.file() + " cannot be read", e);
    }
  }

  /** Shows all there is until the spool has ended, or this thread is interrupted. */
  @Override
  public void run() {
    try (file) {
      while (awaitMore()) {
        skipWhatIsTooOld();
        readLines();
        send();
      }
      lines.end();
      spool.missing().ifPresent(this::addLine);
      send();
      isShown = true;
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", spool.file()).setCause(e).log("output is not shown");
      isShown = true;
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("file", spool.file()).log("the rest of the output is not shown");
    } finally {
      done.countDown();
    }
  }

  /** Whether everything was taken within the time; false when it is interrupted before. */
  boolean awaitShown(Duration limit) throws InterruptedException {
    return done.await(limit.toNanos(), TimeUnit.NANOSECONDS) && isShown;
  }

  /** False when there is nothing more and never will be. */
  private boolean awaitMore() throws InterruptedException {
    spool.awaitBeyond(position, Long.MAX_VALUE);
    // This wait ends when the output does, so that its end is shown at once, and when there is as
    // much as one text takes: waiting on would gather nothing.
    long full = position + CHUNK - 1;
    while (!spool.isEnded() && spool.length() <= full && quietUntil - nanos.getAsLong() > 0) {
      spool.awaitBeyond(full, quietUntil - nanos.getAsLong());
    }
    return spool.length() > position;
  }

  private void skipWhatIsTooOld() throws IOException {
    long behind = spool.length() - position;
    if (behind <= farthestBehind) {
      return;
    }
    lines.end();
    lines = newLines();
    long next = lineStart(position + behind - CHUNK / 2);
    addLine("[" + (next - position) + " bytes of output are not shown: they came too fast]");
    position = next;
  }

  /** The first place behind a line end; this one when there is none near. */
  private long lineStart(long from) throws IOException {
    int count = read(from, OutputLines.LONGEST);
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        return from + i + 1;
      }
    }
    return from;
  }

  private void readLines() throws IOException {
    int count = read(position, CHUNK);
    lines.add(chunk, count);
    position += count;
  }

  private int read(long from, int most) throws IOException {
    int count = (int) Math.min(most, spool.length() - from);
    if (chunk.length < count) {
      chunk = new byte[Math.max(count, Math.min(CHUNK, Math.max(FIRST_CHUNK, 2 * chunk.length)))];
    }
    file.seek(from);
    file.readFully(chunk, 0, count);
    return count;
  }

  private OutputLines newLines() {
    return new OutputLines(this::addLine);
  }

  private void addLine(String line) {
    text.append(line).append('\n');
  }

  private void send() throws InterruptedException {
    if (text.isEmpty()) {
      return;
    }
    if (undelivered > 0) {
      text.insert(0, "[" + undelivered + " texts of output could not be delivered]\n");
      undelivered = 0;
    }
    String next = text.substring(0, text.length() - 1);
    text.setLength(0);
    quietUntil = nanos.getAsLong() + LONGEST_WAIT.toNanos();
    try {
      receiver.send(next).get();
    } catch (java.util.concurrent.ExecutionException e) {
      undelivered++;
      LOG.atDebug().setCause(e).log("a text of output could not be delivered");
    }
  }
}
