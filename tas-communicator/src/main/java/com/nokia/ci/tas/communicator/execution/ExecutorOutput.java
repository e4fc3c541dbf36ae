package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of one executor on its two ways, each with a thread of its own: from the process into
 * a file, as fast as it comes, and from the file to the receiver, as fast as that takes it.
 */
final class ExecutorOutput implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorOutput.class);
  private static final int BLOCK = 64 * 1024;

  private final OutputSpool spool;
  private final OutputFeed feed;
  private final CountDownLatch read = new CountDownLatch(1);
  private final Thread feeding;

  private ExecutorOutput(OutputSpool spool, OutputFeed feed, String name) {
    this.spool = spool;
    this.feed = feed;
    this.feeding = daemon("tas-shown-" + name, feed);
  }

  /**
   * Makes the file of an order.
   *
   * @throws ExecutionException when it cannot be made
   */
  static ExecutorOutput into(
      ExecutorOrder order, OutputBounds bounds, OutputFeed.Receiver receiver) {
    var spool = OutputSpool.create(order.output(), order.sealed(), bounds.kept());
    var feed = new OutputFeed(spool, receiver, bounds.unshown());
    return new ExecutorOutput(spool, feed, order.id().text());
  }

  /** Takes all that comes; the stream is closed at its end. */
  void take(InputStream stream, String name) {
    daemon(name, () -> read(stream)).start();
  }

  /** Whether the process has closed its output within the time; if not, what comes is ignored. */
  boolean awaitRead(Duration limit) throws InterruptedException {
    boolean isRead = read.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    spool.end();
    return isRead;
  }

  /** Whether the receiver has taken all within the time; if not, it gets no more. */
  boolean awaitShown(Duration limit) throws InterruptedException {
    boolean isShown = feed.awaitShown(limit);
    if (!isShown) {
      feeding.interrupt();
    }
    return isShown;
  }

  /** Nothing will come. */
  @Override
  public void close() {
    spool.end();
    feed.run();
  }

  private void read(InputStream stream) {
    feeding.start();
    var block = new byte[BLOCK];
    try (stream) {
      int length = stream.read(block);
      while (length >= 0) {
        spool.add(block, length);
        length = stream.read(block);
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("output of an executor ended early");
    } finally {
      spool.end();
      read.countDown();
    }
  }

  private static Thread daemon(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
