package com.nokia.ci.tas.commons.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that serve connections, by epoll where the platform has it.
 *
 * <p>All accepted connections of one address are served by one thread, in the order in which they
 * were accepted: a peer that opens a connection for each message, as the earlier programs do, is
 * heard in the order in which it spoke.
 */
final class EventLoops extends MultiThreadIoEventLoopGroup {
  private static final int LARGEST_READ = 1 << 20;

  private final List<EventLoop> loops = new ArrayList<>();

  EventLoops(int threads) {
    super(threads, new DefaultThreadFactory("tas-net", true), ioHandler());
    for (EventExecutor loop : this) {
      loops.add((EventLoop) loop);
    }
  }

  @Override
  public ChannelFuture register(Channel channel) {
    if (channel instanceof SocketChannel accepted && accepted.remoteAddress() != null) {
      int hash = accepted.remoteAddress().getAddress().hashCode();
      return loops.get(Math.floorMod(hash, loops.size())).register(channel);
    }
    return super.register(channel);
  }

  Class<? extends ServerChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  Class<? extends Channel> clientChannel() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** Reads as much at once as a fast peer sends; for one bootstrap. */
  static RecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(512, 2048, LARGEST_READ);
  }

  private static IoHandlerFactory ioHandler() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }
}
