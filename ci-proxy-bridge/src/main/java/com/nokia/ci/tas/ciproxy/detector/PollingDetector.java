package com.nokia.ci.tas.ciproxy.detector;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a source again and again, where the source cannot tell of changes. A source that is not
 * there has no devices; that is said once, and it is looked for again.
 */
public final class PollingDetector implements Detector {
  private static final Logger LOG = LoggerFactory.getLogger(PollingDetector.class);

  private final String name;
  private final Duration pause;
  private final Source source;
  private final Lookout lookout;
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
    this.lookout = new Lookout(name, pause, this::lookOnce);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(Runnable listener) {
    lookout.start(listener);
  }

  @Override
  public List<Device> devices() {
    return lookout.devices();
  }

  @Override
  public void close() {
    lookout.close();
  }

  private void lookOnce() throws InterruptedException {
    lookout.publish(look());
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
    if (!absenceTold && !lookout.isClosed()) {
      absenceTold = true;
      LOG.atInfo()
          .addKeyValue("detector", name)
          .addKeyValue("error", sentence)
          .log("nothing is seen there, it is looked at again every {} s", pause.toSeconds());
    }
  }
}
