package com.nokia.ci.tas.ciproxy.detector;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a source again and again, where the source cannot tell of changes. A source that is not
 * there has no devices; that is said once, and it is looked for again.
 */
public final class PollingDetector implements Detector {
  private static final Logger LOG = LoggerFactory.getLogger(PollingDetector.class);

  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final String name;
  private final Duration pause;
  private final Source source;
  private final Thread thread;
  private volatile List<Device> devices = List.of();
  private volatile boolean closed;
  private Runnable changed = () -> {};
  private boolean absenceTold;

  /** Where devices are looked for. */
  @FunctionalInterface
  public interface Source {
    /**
     * The devices there are now; takes a bounded time. Called by one thread, which is interrupted
     * when nobody wants to know any more.
     *
     * @throws IOException with a sentence when the source cannot be asked
     */
    List<Device> look() throws IOException, InterruptedException;
  }

  /**
   * A detector that is not started.
   *
   * @param name one word, which also names its thread
   * @param pause between two looks
   */
  public PollingDetector(String name, Duration pause, Source source) {
    this.name = name;
    this.pause = pause;
    this.source = source;
    this.thread = new Thread(this::lookAgainAndAgain, "tas-" + name);
    thread.setDaemon(true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(Runnable listener) {
    changed = listener;
    thread.start();
  }

  @Override
  public List<Device> devices() {
    return devices;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgainAndAgain() {
    try {
      while (!closed) {
        publish(look());
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Device> look() throws InterruptedException {
    try {
      List<Device> seen = source.look();
      absenceTold = false;
      return seen;
    } catch (IOException e) {
      absent(e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("detector", name)
          .setCause(e)
          .log("detector failed, it looks again");
    }
    return List.of();
  }

  private void absent(String sentence) {
    if (!absenceTold && !closed) {
      absenceTold = true;
      LOG.atInfo()
          .addKeyValue("detector", name)
          .addKeyValue("error", sentence)
          .log("nothing is seen there, it is looked at again every {} s", pause.toSeconds());
    }
  }

  private void publish(List<Device> seen) {
    if (!seen.equals(devices) && !closed) {
      devices = List.copyOf(seen);
      changed.run();
    }
  }
}
