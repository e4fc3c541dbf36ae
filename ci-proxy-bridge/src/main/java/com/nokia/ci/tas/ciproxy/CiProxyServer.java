package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.sighting.Sightings;
import com.nokia.ci.tas.commons.model.SettingsException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the CI Proxy protocol to any number of communicators: a list to whoever asks for it, and
 * every change to all.
 *
 * <p>One event loop does everything, so nothing needs a lock. Memory is bounded: when {@link
 * #MOST_CLIENTS} are connected the oldest makes room for a new one, and a client that does not read
 * is dropped when {@link #MOST_WAITING_BYTES} wait for it.
 */
final class CiProxyServer implements AutoCloseable {
  /** More connections than any machine has communicators. */
  static final int MOST_CLIENTS = 64;

  /** Enough for several lists of ten thousand products. */
  static final int MOST_WAITING_BYTES = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CiProxyServer.class);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("tas-ci-proxy", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Inventory inventory = new Inventory();
  private final Deque<Channel> clients = new ArrayDeque<>();
  private final Set<Channel> readersOfFacts = new HashSet<>();
  private final Sightings sightings;
  private final Channel listener;
  private Future<?> nextLook = ImmediateEventExecutor.INSTANCE.newSucceededFuture(null);

  /**
   * Opens the port.
   *
   * @param sightings what is plugged in
   * @throws SettingsException when the port cannot be opened
   */
  CiProxyServer(InetSocketAddress address, Sightings sightings) {
    this.sightings = sightings;
    var bind =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MOST_WAITING_BYTES / 2, MOST_WAITING_BYTES))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new ClientHandler(CiProxyServer.this));
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bind.isSuccess()) {
      stop();
      throw new SettingsException(
          "cannot listen on %s port %d: %s; stop the program that has it, or choose another with"
                  .formatted(address.getHostString(), address.getPort(), bind.cause().getMessage())
              + " CIProxyPortNumber= here and at the communicator",
          bind.cause());
    }
    listener = bind.channel();
  }

  /** The port that is open. */
  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Makes the bridge look at what is plugged in and tell the clients of changes. Any thread. */
  void lookAgain() {
    if (!loop.isShuttingDown()) {
      loop.execute(this::announceChanges);
    }
  }

  private void announceChanges() {
    for (var change : inventory.update(sightings.products())) {
      if (change.event() == Announcement.Event.FACTS) {
        List.copyOf(readersOfFacts).forEach(client -> send(client, change));
      } else {
        log(change);
        List.copyOf(clients).forEach(client -> send(client, change));
      }
    }
    lookAgainInTime();
  }

  /** Looks again when time alone changes something; one such look is enough. */
  private void lookAgainInTime() {
    nextLook.cancel(false);
    sightings
        .untilTheyChange()
        .ifPresent(
            it ->
                nextLook =
                    loop.schedule(this::announceChanges, it.toMillis() + 1, TimeUnit.MILLISECONDS));
  }

  private static void log(Announcement change) {
    for (var device : change.devices()) {
      LOG.atInfo()
          .addKeyValue("product", device.imei())
          .addKeyValue("rmCode", device.rmCode())
          .addKeyValue("connection", device.connectionName())
          .addKeyValue("cable", device.facts().get(Facts.CABLE).orElse(""))
          .addKeyValue("port", device.port())
          .log("product {}", change.event() == Announcement.Event.CONNECTED ? "in" : "out");
    }
  }

  void joined(Channel client) {
    if (clients.size() == MOST_CLIENTS) {
      Channel oldest = clients.removeFirst();
      LOG.atWarn()
          .addKeyValue("client", oldest.remoteAddress())
          .log("{} clients are connected, the oldest makes room", MOST_CLIENTS);
      var unused = oldest.close();
    }
    clients.addLast(client);
    LOG.atInfo().addKeyValue("client", client.remoteAddress()).log("client connected");
  }

  void left(Channel client) {
    readersOfFacts.remove(client);
    if (clients.remove(client)) {
      LOG.atInfo().addKeyValue("client", client.remoteAddress()).log("client disconnected");
    }
  }

  void list(Channel client) {
    send(client, inventory.all());
    if (readersOfFacts.contains(client)) {
      inventory.facts().forEach(it -> send(client, it));
    }
  }

  /**
   * Tells a client what else is known of the products, now and at every change. An empty message
   * comes first, so that it knows that it was understood.
   */
  void tellFactsFromNowOn(Channel client) {
    if (clients.contains(client) && readersOfFacts.add(client)) {
      send(client, Announcement.UNDERSTOOD);
      inventory.facts().forEach(it -> send(client, it));
    }
  }

  private void send(Channel client, Announcement announcement) {
    var bytes = ByteBufUtil.writeAscii(client.alloc(), announcement.text());
    client.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    if (!client.isWritable()) {
      LOG.atWarn()
          .addKeyValue("client", client.remoteAddress())
          .log("client does not read, its connection is dropped");
      var unused = client.close();
    }
  }

  /** Closes the port and every connection. To be called any number of times. */
  @Override
  public void close() {
    if (loop.isShuttingDown()) {
      return;
    }
    listener.close().awaitUninterruptibly();
    loop.submit(() -> List.copyOf(clients).forEach(Channel::close)).awaitUninterruptibly();
    stop();
  }

  private void stop() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
