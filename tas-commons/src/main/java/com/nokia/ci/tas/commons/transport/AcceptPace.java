package com.nokia.ci.tas.commons.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a port from accepting faster than its connections are counted: those that are open but not
 * in the {@link ConnectionTable}, because they have just come or are making room, stay below {@link
 * #MOST}. Without it a flood would hold more connections open than the caps say. Stands in the
 * pipeline of the port; what it offers is called by any thread.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {
  static final int MOST = 64;

  private final Set<Channel> uncounted = ConcurrentHashMap.newKeySet();
  private volatile boolean isHeld;

  /** A connection was accepted. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    await(ctx.channel(), (Channel) accepted);
    ctx.fireChannelRead(accepted);
    if (uncounted.size() >= MOST) {
      isHeld = true;
      ctx.channel().config().setAutoRead(false);
      goOn(ctx.channel()); // they may have been counted meanwhile
    }
  }

  /** An accepted connection is in the table. */
  void counted(Channel connection) {
    done(connection.parent(), connection);
  }

  /** Closes a connection that is not in the table any more. */
  void close(Channel connection) {
    await(connection.parent(), connection);
    connection.close();
  }

  private void await(Channel port, Channel connection) {
    uncounted.add(connection);
    connection.closeFuture().addListener(closed -> done(port, connection));
  }

  private void done(Channel port, Channel connection) {
    if (uncounted.remove(connection) && isHeld) {
      port.eventLoop().execute(() -> goOn(port));
    }
  }

  /** By the thread of the port alone: what is counted later comes by here once more. */
  private void goOn(Channel port) {
    if (isHeld && uncounted.size() <= MOST / 2) {
      isHeld = false;
      port.config().setAutoRead(true);
    }
  }
}
