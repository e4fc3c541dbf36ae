package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.trust.Tls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the first bytes of a connection and puts the handler there that understands them, to
 * which the bytes are replayed.
 */
final class PortSniffer extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(PortSniffer.class);
  private static final String NO_TLS =
      "this port speaks no TLS; on the service's machine \"tas keys\" makes what it needs for that";

  private final Reception reception;
  private final Peer accepted;
  private Optional<Future<?>> deadline = Optional.empty();

  PortSniffer(Reception reception, Peer accepted) {
    this.reception = reception;
    this.accepted = accepted;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    wait(ctx);
  }

  private void wait(ChannelHandlerContext ctx) {
    long limit = reception.deadlines().firstByte().toMillis();
    deadline =
        Optional.of(
            ctx.executor()
                .schedule(
                    () -> leave(ctx, "no message came within " + limit + " ms"),
                    limit,
                    TimeUnit.MILLISECONDS));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    switch (Sniffing.of(in)) {
      case UNDECIDED -> {}
      case XML -> beginMessage(ctx);
      case HTTP -> beginHttp(ctx);
      case TLS ->
          reception
              .where()
              .tls()
              .get()
              .ifPresentOrElse(tls -> beginTls(ctx, tls), () -> refuse(ctx, NO_TLS));
      case NEITHER -> refuse(ctx, "this port speaks XML messages" + orHttp() + ", this is neither");
    }
  }

  /** What TLS carries is looked at like the rest. */
  private void beginTls(ChannelHandlerContext ctx, Tls tls) {
    ChannelPipeline pipeline = ctx.pipeline();
    if (pipeline.get(SslHandler.class) != null) {
      refuse(ctx, "this port speaks no TLS inside TLS");
      return;
    }
    var handshake = new SslHandler(tls.acceptingEngine());
    handshake.setHandshakeTimeoutMillis(reception.deadlines().firstByte().toMillis());
    var inside = new PortSniffer(reception, accepted);
    pipeline.addLast("tls", handshake).addLast("sniffer in tls", inside);
    inside.wait(pipeline.context(inside));
    pipeline.remove(this);
  }

  private Peer peer(ChannelHandlerContext ctx) {
    return SessionPipeline.withTls(accepted, ctx.pipeline());
  }

  private void beginMessage(ChannelHandlerContext ctx) {
    Peer peer = peer(ctx);
    Optional<String> objection;
    try {
      objection = reception.receiver().admit(peer);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("from", peer).setCause(e).log("a peer could not be checked");
      objection = Optional.of("the connection could not be checked");
    }
    if (objection.isPresent() && reception.where().sessions().isEmpty()) {
      refuse(ctx, objection.get());
    } else {
      ctx.pipeline().replace(this, "message", new MessageReader(reception, peer, objection));
    }
  }

  private void beginHttp(ChannelHandlerContext ctx) {
    if (reception.where().http().isEmpty()) {
      refuse(ctx, "this port speaks XML messages, no HTTP");
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addLast("half-closed", new CloseAfterHalf(reception.deadlines().peerClose()));
    reception.where().http().get().accept(pipeline);
    pipeline.addLast("broken", new CloseBroken(peer(ctx)));
    pipeline.remove(this);
  }

  /**
   * Whoever has said nothing is told nothing: browsers keep a connection in reserve, and would take
   * a sentence for the answer to the request that they are just sending.
   */
  private void leave(ChannelHandlerContext ctx, String sentence) {
    if (internalBuffer().isReadable()) {
      refuse(ctx, sentence);
    } else if (!ctx.isRemoved()) {
      var unused = reception.refusals().offended(accepted, sentence);
      ctx.close();
    }
  }

  private void refuse(ChannelHandlerContext ctx, String sentence) {
    Refusing.offender(ctx, reception, accepted, sentence);
  }

  private String orHttp() {
    return reception.where().http().isPresent() ? " and HTTP" : " only";
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      if (internalBuffer().isReadable()) {
        refuse(ctx, "the connection ended after " + internalBuffer().readableBytes() + " bytes");
      } else {
        ctx.close();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause.getCause() instanceof SSLException e) {
      reception.refusals().refused(accepted, "TLS failed: " + e.getMessage());
    }
    ctx.close();
  }

  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    in.skipBytes(in.readableBytes());
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    deadline.ifPresent(timer -> timer.cancel(false));
  }
}
