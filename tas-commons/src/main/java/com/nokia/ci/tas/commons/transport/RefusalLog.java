package com.nokia.ci.tas.commons.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log about refused connections, a few a minute for each address, so that a broken or
 * hostile peer cannot fill the disk. Any thread may call.
 */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final int LINES = 10;
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final int ADDRESSES = 1_000;

  private final LongSupplier nanoTime;
  private final OffenceRate offences;
  private final Map<InetAddress, Window> windows = new LinkedHashMap<>();
  private final LongAdder all = new LongAdder();

  RefusalLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.offences = new OffenceRate(nanoTime);
  }

  /**
   * The peer has brought the refusal on itself: what it sent is malformed, it may not speak here,
   * or its log-in is wrong.
   *
   * @return whether it is to be told; past the rate of its address nobody is
   */
  boolean offended(Peer peer, String sentence) {
    int count = offences.count(peer.address().getAddress());
    if (count <= OffenceRate.TOLERATED) {
      refused(peer, sentence);
      return true;
    }
    all.increment();
    if (count == OffenceRate.TOLERATED + 1) {
      LOG.atWarn()
          .addKeyValue("from", peer)
          .log(
              "refused more than {} times in a minute; until it is over, what is bad from this"
                  + " address is closed without an answer and without a line here",
              OffenceRate.TOLERATED);
    }
    return false;
  }

  /** How many connections and messages were refused so far, those without a line included. */
  long all() {
    return all.sum();
  }

  void refused(Peer peer, String sentence) {
    all.increment();
    long silent = silentSince(peer.address().getAddress());
    if (silent < 0) {
      LOG.atDebug().addKeyValue("from", peer).log("connection refused: {}", sentence);
    } else {
      var line = LOG.atWarn().addKeyValue("from", peer);
      if (silent > 0) {
        line = line.addKeyValue("notLogged", silent);
      }
      line.log("connection refused: {}", sentence);
    }
  }

  /** How many refusals were kept silent before this one, or -1 when this one is to be silent. */
  private synchronized long silentSince(InetAddress address) {
    long now = nanoTime.getAsLong();
    Window window = windows.get(address);
    if (window == null || now - window.begun >= WINDOW) {
      if (windows.size() >= ADDRESSES) {
        windows.remove(windows.keySet().iterator().next());
      }
      windows.remove(address);
      windows.put(address, new Window(now));
      return window == null ? 0 : Math.max(0, window.count - LINES);
    }
    window.count++;
    return window.count <= LINES ? 0 : -1;
  }

  synchronized int addresses() {
    return windows.size();
  }

  private static final class Window {
    private final long begun;
    private long count = 1;

    private Window(long begun) {
      this.begun = begun;
    }
  }
}
