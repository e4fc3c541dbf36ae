package com.nokia.ci.tas.samples.flood;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Where connections come from: addresses of this machine that a service tells apart, as it does
 * those of different machines.
 *
 * @param addresses used in turn
 */
public record Sources(List<InetAddress> addresses) {
  private static final int SPARE_FILES = 200;

  public Sources {
    addresses = List.copyOf(addresses);
  }

  /** The one address that a calm client on this machine has too. */
  public static Sources one() {
    return new Sources(List.of(InetAddress.getLoopbackAddress()));
  }

  /** Different addresses of loopback; one where the system knows no others. */
  public static Sources many(int count) {
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InetAddress address = loopback(1 + i / 250, 1 + i % 250);
      if (i == 0 && !canBind(address)) {
        return one();
      }
      addresses.add(address);
    }
    return new Sources(addresses);
  }

  /** As many connections as are wanted, or as this process may still open. */
  public static int room(int wanted) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long left = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
      return (int) Math.max(1, Math.min(wanted, left - SPARE_FILES));
    }
    return wanted;
  }

  /** A connection that is being made, from the n-th address. */
  SocketChannel connect(long n, int port) throws IOException {
    var channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(addresses.get((int) (n % addresses.size())), 0));
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean canBind(InetAddress address) {
    try (var channel = SocketChannel.open()) {
      channel.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress loopback(int third, int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, (byte) third, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }
}
