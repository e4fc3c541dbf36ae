package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.transport.Peer;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From what came in to what was asked. */
final class Requests {
  private static final Visitor NOBODY = Visitor.anonymous(Rights.NONE);

  private Requests() {}

  static Request of(FullHttpRequest request, Channel channel) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return new Request(
        request.method().name(),
        request.uri(),
        headers,
        request.content().toString(StandardCharsets.UTF_8),
        peer(channel),
        NOBODY);
  }

  private static Peer peer(Channel channel) {
    var plain = new Peer(address(channel.remoteAddress()), address(channel.localAddress()));
    return channel.pipeline().get(SslHandler.class) == null
        ? plain
        : plain.secured(Optional.empty());
  }

  /** A connection that is closed already comes from nowhere. */
  private static InetSocketAddress address(SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? internet
        : new InetSocketAddress(NOWHERE, 0);
  }

  private static final InetAddress NOWHERE = nowhere();

  private static InetAddress nowhere() {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 0});
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }
}
