package com.nokia.ci.tas.commons.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;

/** The first handler of an accepted connection: counts it and knows where it comes from. */
final class AcceptedConnection extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final Peer peer;
  private final ConnectionTable<AcceptedConnection> table;
  private final AcceptPace pace;
  private final RefusalLog refusals;

  AcceptedConnection(
      Channel channel,
      InetSocketAddress from,
      InetSocketAddress reached,
      ConnectionTable<AcceptedConnection> table,
      AcceptPace pace,
      RefusalLog refusals) {
    this.channel = channel;
    this.peer = new Peer(from, reached);
    this.table = table;
    this.pace = pace;
    this.refusals = refusals;
  }

  Peer peer() {
    return peer;
  }

  /** The one of an accepted connection. */
  static AcceptedConnection of(ChannelPipeline pipeline) {
    return pipeline.get(AcceptedConnection.class);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    table.add(this, peer.address().getAddress()).ifPresent(AcceptedConnection::drop);
    pace.counted(channel);
    ctx.fireChannelActive();
  }

  /** A session was opened on it: from now on connections without one make room before it. */
  void settle() {
    table.settle(this);
  }

  private void drop() {
    refusals.refused(peer, "it was idle and made room for a newer one");
    pace.close(channel);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    table.touch(this);
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    table.remove(this);
    ctx.fireChannelInactive();
  }
}
