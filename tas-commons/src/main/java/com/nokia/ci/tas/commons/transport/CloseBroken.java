package com.nokia.ci.tas.commons.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of an HTTP connection: closes it when nobody before it dealt with an error. */
final class CloseBroken extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(CloseBroken.class);

  private final Peer peer;

  CloseBroken(Peer peer) {
    this.peer = peer;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.atDebug().addKeyValue("from", peer).log("an HTTP connection broke off");
    } else {
      LOG.atError().addKeyValue("from", peer).setCause(cause).log("an HTTP request failed");
    }
    ctx.close();
  }
}
