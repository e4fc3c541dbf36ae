package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.transport.FileSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A file that goes from a node to a visitor as fast as the slower of the two is, and of which a few
 * pieces alone are in memory. A visitor who takes nothing for half a minute is given up.
 */
final class Download implements FileSink, Piecewise {
  private static final int PIECES = 16;
  private static final int PATIENCE_SECONDS = 30;

  private final Consumer<Piecewise> begun;
  private final Runnable ended;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private volatile Runnable wake = () -> {};
  private volatile boolean isComplete;
  private volatile boolean isBroken;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /**
   * Waits for its first byte.
   *
   * @param begun is told of this with each piece and at the end
   * @param ended is run once, when nobody reads it any more
   */
  Download(Consumer<Piecewise> begun, Runnable ended) {
    this.begun = begun;
    this.ended = ended;
  }

  // ---- from the node

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    var piece = new byte[bytes.remaining()];
    bytes.get(piece);
    begun.accept(this);
    try {
      boolean isTaken = !isClosed.get() && pieces.offer(piece, PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!isTaken || isClosed.get()) {
        throw new IOException("nobody reads the file any more");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the service ends", e);
    }
    wake.run();
  }

  @Override
  public void completed(long bytes) {
    isComplete = true;
    begun.accept(this);
    wake.run();
  }

  @Override
  public void failed(Exception cause) {
    isBroken = true;
    begun.accept(this);
    wake.run();
  }

  // ---- to the visitor

  @Override
  public Optional<Piece> next() {
    var piece = pieces.poll();
    if (piece == null && isBroken) {
      throw new IllegalStateException("the file broke off on its way from the node");
    }
    return Optional.ofNullable(piece).filter(it -> it.length > 0).map(Piece::new);
  }

  /** Completeness is told behind the last piece. */
  @Override
  public boolean isOver() {
    return isComplete && pieces.isEmpty();
  }

  @Override
  public boolean takesTime() {
    return false;
  }

  @Override
  public void onMore(Runnable newWake) {
    wake = newWake;
  }

  @Override
  public void close() {
    if (!isClosed.getAndSet(true)) {
      pieces.clear();
      ended.run();
    }
  }
}
