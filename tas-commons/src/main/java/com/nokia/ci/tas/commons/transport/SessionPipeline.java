package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.WelcomeLines;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The handlers of a connection that speaks frames. */
final class SessionPipeline {
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

  private SessionPipeline() {}

  /** Frames may be decoded from now on; whoever takes them is still to be added. */
  static void beginFrames(Channel channel, SessionServices services) {
    channel.config().setAutoRead(false).setWriteBufferWaterMark(WATER_MARK);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addFirst("stalled", new StalledWrites(services.deadlines().writeStall()));
    pipeline.addLast(
        "frames", new FrameDecoder(services.caps().messageBytes(), services.partialMessages()));
  }

  /** Silence is noticed and broken from now on. */
  static void beginBeats(Channel channel, WelcomeLines.Times times) {
    channel
        .pipeline()
        .addBefore(
            "frames",
            "beats",
            new IdleStateHandler(
                times.silence().toMillis(), times.beat().toMillis(), 0, TimeUnit.MILLISECONDS));
  }

  /** The peer with what TLS has found out about it; to be asked behind the handshake. */
  static Peer withTls(Peer peer, ChannelPipeline pipeline) {
    SslHandler tls = pipeline.get(SslHandler.class);
    return tls == null ? peer : peer.secured(certificate(tls));
  }

  private static Optional<X509Certificate> certificate(SslHandler tls) {
    try {
      return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? Optional.of(shown)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
