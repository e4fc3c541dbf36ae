package com.nokia.ci.tas.ciproxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: a byte {@code 1} asks for the list, a byte {@code 2} for what else is known of its
 * products, every other byte is ignored.
 */
final class ClientHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);
  private static final byte LIST_REQUEST = '1';
  private static final byte FACTS_REQUEST = '2';

  private final CiProxyServer server;

  ClientHandler(CiProxyServer server) {
    this.server = server;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    server.joined(context.channel());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    server.left(context.channel());
  }

  /** Requests that arrive together get one answer. */
  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
    boolean wantsList = bytes.bytesBefore(LIST_REQUEST) >= 0;
    boolean wantsFacts = bytes.bytesBefore(FACTS_REQUEST) >= 0;
    if (wantsList) {
      server.list(context.channel());
    }
    if (wantsFacts) {
      server.tellFactsFromNowOn(context.channel());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atDebug()
        .addKeyValue("client", context.channel().remoteAddress())
        .setCause(cause)
        .log("client failed");
    var unused = context.close();
  }
}
