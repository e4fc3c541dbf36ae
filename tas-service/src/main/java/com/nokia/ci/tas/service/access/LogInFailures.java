package com.nokia.ci.tas.service.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts refused log-ins for each address, so that one who guesses is answered no more.
 *
 * <p>Nobody who shows the right thing is ever counted, or kept out by what others of the address
 * did. Addresses of version 6 count by their first 64 bits: the rest is free to choose for whoever
 * has them. Safe for use by any thread; of more addresses than it remembers the ones that failed
 * longest ago are forgotten.
 */
public final class LogInFailures {
  private static final int MOST_A_MINUTE = 20;
  private static final int REMEMBERED = 10_000;
  private static final int NETWORK_BYTES = 8;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<ByteBuffer, Minute> minutes = new LinkedHashMap<>();

  private record Minute(Instant end, int failures) {}

  public LogInFailures(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts one that was refused.
   *
   * @return whether it may be told why; false from the 21st in a minute on
   */
  public synchronized boolean count(InetAddress address) {
    Instant now = clock.instant();
    ByteBuffer origin = origin(address);
    Minute before = minutes.remove(origin);
    Minute after =
        before == null || !now.isBefore(before.end())
            ? new Minute(now.plus(MINUTE), 1)
            : new Minute(before.end(), before.failures() + 1);
    minutes.put(origin, after);
    forgetTheOldest();
    return after.failures() <= MOST_A_MINUTE;
  }

  private void forgetTheOldest() {
    Iterator<ByteBuffer> oldest = minutes.keySet().iterator();
    while (minutes.size() > REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
  }

  private static ByteBuffer origin(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
