package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of one executor on its two ways, each with a thread of its own: from the process into
 * a file, as fast as it comes, and from the file to the receiver, as fast as that takes it.
 */
final class ExecutorOutput implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorOutput.class);
  private static final int FIRST_BLOCK = 4 * 1024;
  private static final int LARGEST_BLOCK = 64 * 1024;

  /** Two for each executor that runs; those of one that has ended serve the next. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "tas-output");
            thread.setDaemon(true);
            return thread;
          });

  private final OutputSpool spool;
  private final OutputBounds bounds;
  private final CountDownLatch read = new CountDownLatch(1);
  private Optional<Showing> showing;

  /** A feed, and that it is run, which happens once. */
  private record Showing(OutputFeed feed, FutureTask<Void> running) {}

  private ExecutorOutput(OutputSpool spool, OutputBounds bounds, OutputFeed.Receiver receiver) {
    this.spool = spool;
    this.bounds = bounds;
    this.showing = Optional.of(newShowing(receiver));
  }

  private Showing newShowing(OutputFeed.Receiver receiver) {
    var feed = new OutputFeed(spool, receiver, bounds.unshown());
    return new Showing(feed, new FutureTask<>(() -> show(feed), null));
  }

  private static void show(OutputFeed feed) {
    try {
      feed.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("output of an executor is not shown because of a defect");
    }
  }

  /**
   * Makes the file of an order.
   *
   * @throws ExecutionException when it cannot be made
   */
  static ExecutorOutput into(
      ExecutorOrder order, OutputBounds bounds, OutputFeed.Receiver receiver) {
    var spool = OutputSpool.create(order.output(), order.sealed(), bounds.kept());
    return new ExecutorOutput(spool, bounds, receiver);
  }

  /** Takes all that comes; the stream is closed at its end. */
  void take(InputStream stream) {
    THREADS.execute(() -> read(stream));
  }

  /** A receiver that took the place of the first has begun already. */
  private synchronized void beginShowing() {
    showing.ifPresent(it -> THREADS.execute(it.running()));
  }

  /** Shows all from its beginning to another receiver; the one before gets no more. */
  synchronized void follow(OutputFeed.Receiver receiver) {
    unfollow();
    var next = newShowing(receiver);
    showing = Optional.of(next);
    THREADS.execute(next.running());
  }

  /** Nobody is shown anything from now on; all is kept. */
  synchronized void unfollow() {
    showing.ifPresent(it -> it.running().cancel(/* mayInterruptIfRunning= */ true));
    showing = Optional.empty();
  }

  private synchronized Optional<Showing> showing() {
    return showing;
  }

  /** Whether the process has closed its output within the time; if not, what comes is ignored. */
  boolean awaitRead(Duration limit) throws InterruptedException {
    boolean isRead = read.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    spool.end();
    return isRead;
  }

  /** Whether the receiver has taken all within the time; if not, it gets no more. */
  boolean awaitShown(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var current = showing();
      if (current.isEmpty()) {
        return true;
      }
      var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      boolean isShown = current.get().feed().awaitShown(left);
      if (isShown || current.equals(showing())) {
        if (!isShown) {
          current.get().running().cancel(/* mayInterruptIfRunning= */ true);
        }
        return isShown;
      }
    }
  }

  /** Nothing will come. */
  @Override
  public void close() {
    spool.end();
    showing().ifPresent(it -> it.feed().run());
  }

  private void read(InputStream stream) {
    var block = new byte[FIRST_BLOCK];
    try (stream) {
      int length = stream.read(block);
      if (length >= 0) {
        beginShowing();
      }
      while (length >= 0) {
        spool.add(block, length);
        if (length == block.length && length < LARGEST_BLOCK) {
          block = new byte[2 * length]; // it has much to say
        }
        length = stream.read(block);
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("output of an executor ended early");
    } finally {
      spool.end();
      read.countDown();
      // That of one that has said nothing; any other has begun, which happens once.
      showing().ifPresent(it -> it.running().run());
    }
  }
}
