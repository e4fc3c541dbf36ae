package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.xml.Dialect;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens ports and keeps what is connected to them. */
final class Ports implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final SessionServices services;
  private final SessionDoor door;
  private final ConnectionTable<AcceptedConnection> table;
  private final RefusalLog refusals = new RefusalLog(System::nanoTime);
  private final ChannelGroup channels =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  Ports(SessionServices services, SessionBook sessions) {
    this.services = services;
    this.door = new SessionDoor(sessions);
    this.table = new ConnectionTable<>(services.caps());
  }

  Listener open(ListenSettings where, MessageReceiver receiver) {
    if (where.sessions().isPresent()) {
      beReady();
    }
    var reception =
        new Reception(
            receiver,
            where,
            services.settings(),
            services.codec(),
            services.files(),
            services.network(),
            services.partialMessages(),
            refusals,
            door);
    var accepted = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    Channel port = bind(where, () -> bootstrap(reception, accepted));
    channels.add(port);
    return new OpenPort(port, accepted, refusals);
  }

  /**
   * Reads a registration before anybody sends one: the first message takes a program that has just
   * started so long that who offers a session could take it for a plain one.
   */
  private void beReady() {
    var registration =
        new RegistryOperation(
            Endpoint.UNKNOWN,
            Endpoint.UNKNOWN,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            Optional.empty());
    services.codec().read(services.codec().write(registration, Dialect.ESCAPED));
  }

  private ServerBootstrap bootstrap(Reception reception, ChannelGroup accepted) {
    var pace = new AcceptPace();
    return new ServerBootstrap()
        .group(services.loops())
        .channel(services.loops().serverChannel())
        .handler(pace)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.reads())
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel, reception, accepted, pace);
              }
            });
  }

  private void accept(
      SocketChannel channel, Reception reception, ChannelGroup accepted, AcceptPace pace) {
    InetSocketAddress from = channel.remoteAddress();
    InetSocketAddress reached = channel.localAddress();
    if (from == null || reached == null) {
      channel.close();
      return;
    }
    channels.add(channel);
    accepted.add(channel);
    var connection = new AcceptedConnection(channel, from, reached, table, pace, refusals);
    channel
        .pipeline()
        .addLast("accepted", connection)
        .addLast("sniffer", new PortSniffer(reception, connection.peer()));
  }

  private static Channel bind(ListenSettings where, Supplier<ServerBootstrap> bootstrap) {
    int port = where.port();
    while (true) {
      ChannelFuture bound =
          bootstrap.get().bind(address(where.host(), port)).awaitUninterruptibly();
      if (bound.isSuccess()) {
        return bound.channel();
      }
      int next = port == 65_535 ? where.wrapTo().orElse(port) : port + 1;
      if (where.wrapTo().isEmpty()
          || port == 0
          || next == where.port()
          || !isTaken(bound.cause())) {
        throw new SettingsException(complaint(where, bound.cause()), bound.cause());
      }
      port = next;
    }
  }

  private static InetSocketAddress address(String host, int port) {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private static boolean isTaken(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("Address already in use");
  }

  private static String complaint(ListenSettings where, Throwable cause) {
    String at = where.host().isEmpty() ? "" : " of " + where.host();
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "the address " + where.host() + " is unknown here";
    }
    if (String.valueOf(cause.getMessage()).contains("Cannot assign requested address")) {
      return "the address " + where.host() + " does not belong to this machine";
    }
    if (!isTaken(cause)) {
      return "port " + where.port() + at + " cannot be opened: " + cause.getMessage();
    }
    return where.wrapTo().isPresent()
        ? "no port from " + where.port() + " on" + at + " is free"
        : "port "
            + where.port()
            + at
            + " is taken by another program; end that or choose another port";
  }

  @Override
  public void close() {
    channels.close();
  }

  /** Waits a moment for the connections to tell their handlers. */
  void awaitClosed() {
    channels.newCloseFuture().awaitUninterruptibly(500);
  }

  private static final class OpenPort implements Listener {
    private final Channel channel;
    private final ChannelGroup accepted;
    private final RefusalLog refusals;
    private final int port;

    private OpenPort(Channel channel, ChannelGroup accepted, RefusalLog refusals) {
      this.channel = channel;
      this.refusals = refusals;
      this.accepted = accepted;
      this.port = ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public long refusals() {
      return refusals.all();
    }

    @Override
    public void close() {
      channel.close().awaitUninterruptibly(500);
      accepted.close();
    }
  }
}
