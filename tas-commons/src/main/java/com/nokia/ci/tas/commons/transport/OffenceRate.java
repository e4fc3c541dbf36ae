package com.nokia.ci.tas.commons.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts what addresses do wrong in a minute: malformed messages, refused log-ins, strangers at the
 * door. Past the rate nobody is told any more; what is well-formed is never counted.
 *
 * <p>The 2^64 addresses of one IPv6 network count as one. Memory is bounded: of too many addresses
 * the one that was first is forgotten. Any thread may call.
 */
public final class OffenceRate {
  /** So many in a minute are answered. */
  public static final int TOLERATED = 20;

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final int MOST_ORIGINS = 10_000;
  private static final int NETWORK = 8;

  private final LongSupplier nanoTime;
  private final Map<InetAddress, Window> windows = new LinkedHashMap<>();

  /**
   * A rate that has counted nothing.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public OffenceRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Counts one more.
   *
   * @return how many there were of that address in this minute, with this one
   */
  public synchronized int count(InetAddress address) {
    InetAddress origin = origin(address);
    long now = nanoTime.getAsLong();
    Window window = windows.get(origin);
    if (window == null || now - window.begun >= WINDOW) {
      windows.remove(origin);
      if (windows.size() >= MOST_ORIGINS) {
        windows.remove(windows.keySet().iterator().next());
      }
      window = new Window(now);
      windows.put(origin, window);
    }
    return ++window.count;
  }

  /** Whether that address has used up its minute; counts nothing. */
  public synchronized boolean isExhausted(InetAddress address) {
    Window window = windows.get(origin(address));
    return window != null
        && nanoTime.getAsLong() - window.begun < WINDOW
        && window.count >= TOLERATED;
  }

  synchronized int origins() {
    return windows.size();
  }

  /** What counts as one: an IPv4 address, the network of an IPv6 address. */
  static InetAddress origin(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] octets = address.getAddress();
    Arrays.fill(octets, NETWORK, octets.length, (byte) 0);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 16 octets is one", e);
    }
  }

  private static final class Window {
    private final long begun;
    private int count;

    private Window(long begun) {
      this.begun = begun;
    }
  }
}
