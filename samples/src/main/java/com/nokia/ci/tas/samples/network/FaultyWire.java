package com.nokia.ci.tas.samples.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of this machine that passes connections on to another one, and can be told to do that
 * badly: late, slowly, not at all, or to break them. What is said holds for both directions, for
 * the connections there are and for those to come. Any thread may call.
 */
public final class FaultyWire implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyWire.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final ServerSocket door;
  private final InetSocketAddress target;
  private final Set<WireConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Weather weather = new Weather();
  private volatile Optional<InetAddress> leavesFrom = Optional.empty();

  private FaultyWire(ServerSocket door, InetSocketAddress target) {
    this.door = door;
    this.target = target;
  }

  /** A wire that works, from a free port of the loopback interface. */
  public static FaultyWire to(String host, int port) throws IOException {
    var door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    var wire = new FaultyWire(door, new InetSocketAddress(host, port));
    WireConnection.begin("tas-wire-door-" + door.getLocalPort(), wire::accept);
    return wire;
  }

  /** Where to connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** How many connections were made so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections there are, those that are being made among them. */
  public int open() {
    return connections.size();
  }

  /** Everything arrives so much later. */
  public void delay(Duration time) {
    weather.delay(time);
  }

  /** No connection passes more than this in a second, each direction for itself. */
  public void throttle(int bytesPerSecond) {
    weather.throttle(bytesPerSecond);
  }

  /** Nothing passes any more and nobody is told: connections stay open, new ones hang. */
  public void pullCable() {
    weather.freeze();
  }

  /** What waited arrives, and all is as before. */
  public void plugIn() {
    weather.thaw();
  }

  /** Ends every connection in order, as a proxy does that is restarted. */
  public void cut() {
    connections.forEach(WireConnection::end);
  }

  /** Breaks every connection: both ends get a reset. */
  public void reset() {
    connections.forEach(WireConnection::reset);
  }

  /** New connections seem to come from this address of the machine. */
  public void leaveFrom(InetAddress address) {
    leavesFrom = Optional.of(address);
  }

  /** Ends all connections and takes no more. */
  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket near = door.accept();
      accepted.incrementAndGet();
      WireConnection.begin("tas-wire-dial-" + port(), () -> connect(near));
    }
  }

  private void connect(Socket near) {
    var far = new Socket();
    var connection = new WireConnection(near, far, weather, connections::remove);
    connections.add(connection); // what breaks connections breaks those that are being made
    try {
      weather.awaitThaw();
      if (leavesFrom.isPresent()) {
        far.bind(new InetSocketAddress(leavesFrom.get(), 0));
      }
      far.connect(target, (int) CONNECT_LIMIT.toMillis());
      connection.start();
      if (door.isClosed()) {
        connection.end();
      }
    } catch (IOException e) {
      connections.remove(connection);
      connection.end();
      LOG.atDebug().setCause(e).log("a connection of the wire was not made");
    }
  }
}
