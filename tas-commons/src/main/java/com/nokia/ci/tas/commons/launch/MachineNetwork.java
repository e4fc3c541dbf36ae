package com.nokia.ci.tas.commons.launch;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real machine. A resolver that hangs costs one second for a question and two in all; then its
 * answers are waited for a moment only.
 */
final class MachineNetwork implements Network {
  private static final Logger LOG = LoggerFactory.getLogger(MachineNetwork.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
  private static final int DISCARD_PORT = 9;

  /** Nanoseconds that may still be spent in vain. */
  private final AtomicLong patience = new AtomicLong(Duration.ofSeconds(2).toNanos());

  @Override
  public Optional<String> canonicalName() {
    return withinDeadline(
        "canonical host name", () -> InetAddress.getLocalHost().getCanonicalHostName());
  }

  @Override
  public List<InetAddress> addressesOf(String name) {
    return withinDeadline("addresses of " + name, () -> List.of(InetAddress.getAllByName(name)))
        .orElse(List.of());
  }

  @Override
  public Optional<InetAddress> sourceTowards(InetAddress remote) {
    // Connecting a datagram socket chooses a route and sends nothing.
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(remote, DISCARD_PORT));
      InetAddress local = socket.getLocalAddress();
      return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(local);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("to", remote).setCause(e).log("no route");
      return Optional.empty();
    }
  }

  @Override
  public Optional<InetAddress> outwardAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(MachineNetwork::isUp)
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(it -> Collections.list(it.getInetAddresses()).stream())
          .filter(it -> !it.isLoopbackAddress() && !it.isLinkLocalAddress())
          .min(Comparator.comparing(it -> it instanceof Inet4Address ? 0 : 1));
    } catch (SocketException e) {
      LOG.atDebug().setCause(e).log("network interfaces cannot be listed");
      return Optional.empty();
    }
  }

  @Override
  public boolean isOwn(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      LOG.atDebug().setCause(e).log("network interfaces cannot be listed");
      return false;
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException e) {
      LOG.atDebug().setCause(e).log("network interface went away");
      return false;
    }
  }

  private <T> Optional<T> withinDeadline(String what, Callable<T> question) {
    var answer = new FutureTask<>(question);
    var thread = new Thread(answer, "tas-resolver");
    thread.setDaemon(true);
    thread.start();
    long wait = Math.max(SHORTEST_WAIT.toNanos(), Math.min(LONGEST_WAIT.toNanos(), patience.get()));
    try {
      return Optional.of(answer.get(wait, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      patience.addAndGet(-wait);
      LOG.atWarn().log("{} not known: the resolver does not answer", what);
      return Optional.empty();
    } catch (ExecutionException e) {
      LOG.atDebug().addKeyValue("error", e.toString()).log("{} not known", what);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
