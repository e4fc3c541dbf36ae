package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.StandIns;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections: looks the name up, then tries its addresses one after the other, all within
 * the {@link Deadlines#connect} time. A connection that is made does not read until it is told to.
 */
final class Dialer {
  private static final String NOBODY = "nothing listens there";

  private final EventLoops loops;
  private final Names names;
  private final Duration limit;
  private final StandIns standIns;

  /** Which place of a peer is tried first, of those that have several. */
  private final ConcurrentMap<Endpoint, Integer> first = new ConcurrentHashMap<>();

  Dialer(EventLoops loops, Names names, Duration limit, StandIns standIns) {
    this.loops = loops;
    this.names = names;
    this.limit = limit;
    this.standIns = standIns;
  }

  /** Whoever was reached under this address last may not be who is meant: next time another. */
  void doubt(Endpoint to) {
    int places = standIns.places(to).size();
    if (places > 1) {
      first.merge(to, 1, (place, one) -> (place + one) % places);
    }
  }

  /**
   * Connects.
   *
   * @return completes on the event loop of the connection, or fails with {@link
   *     ConnectionLostException} that names the peer; who cancels it cancels the try
   */
  CompletableFuture<Channel> connect(Endpoint to) {
    return connect(to, loops);
  }

  /**
   * Connects, likewise.
   *
   * @param group whose event loops the connection may have
   */
  CompletableFuture<Channel> connect(Endpoint to, EventLoopGroup group) {
    var places = standIns.places(to);
    if (places.size() == 1) {
      return connect(to, group, limit);
    }
    var result = new CompletableFuture<Channel>();
    tryPlace(new Search(to, places, group, result), first.getOrDefault(to, 0), places.size());
    return result;
  }

  /** Tries a place, and the others behind it when nobody is there. */
  private void tryPlace(Search search, int place, int left) {
    CompletableFuture<Channel> result = search.result();
    CompletableFuture<Channel> connecting =
        connect(
            search.places().get(place), search.group(), limit.dividedBy(search.places().size()));
    result.whenComplete((channel, failure) -> connecting.cancel(false));
    connecting.whenComplete(
        (channel, failure) -> {
          if (failure == null) {
            first.put(search.to(), place);
            if (!result.complete(channel)) {
              channel.close();
            }
          } else if (left > 1 && !result.isDone()) {
            tryPlace(search, (place + 1) % search.places().size(), left - 1);
          } else {
            result.completeExceptionally(failure);
          }
        });
  }

  private CompletableFuture<Channel> connect(Endpoint to, EventLoopGroup group, Duration within) {
    var result = new CompletableFuture<Channel>();
    if (!to.isDialable()) {
      result.completeExceptionally(
          ConnectionLostException.neverMade("the address \"" + to + "\" cannot be connected to"));
      return result;
    }
    try {
      begin(to, group, within, result);
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(lost(to, "this program is ending"));
    }
    return result;
  }

  private void begin(
      Endpoint to, EventLoopGroup group, Duration within, CompletableFuture<Channel> result) {
    long deadline = System.nanoTime() + within.toNanos();
    var timer =
        loops
            .next()
            .schedule(
                () -> result.completeExceptionally(lost(to, "no answer within " + shown())),
                within.toNanos(),
                TimeUnit.NANOSECONDS);
    result.whenComplete((channel, failure) -> timer.cancel(false));
    names
        .addresses(to.host())
        .whenComplete(
            (addresses, failure) -> {
              if (failure != null) {
                result.completeExceptionally(lost(to, failure.getMessage()));
              } else {
                tryNext(new Attempt(to, group, deadline, result), addresses);
              }
            });
  }

  private void tryNext(Attempt attempt, List<InetAddress> addresses) {
    CompletableFuture<Channel> result = attempt.result();
    if (result.isDone()) {
      return;
    }
    Endpoint to = attempt.to();
    long left =
        TimeUnit.NANOSECONDS.toMillis(attempt.deadline() - System.nanoTime()) / addresses.size();
    ChannelFuture connecting =
        new Bootstrap()
            .group(attempt.group())
            .channel(loops.clientChannel())
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.reads())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, left))
            .handler(new Silent())
            .connect(new InetSocketAddress(addresses.get(0), to.port()));
    result.whenComplete((channel, failure) -> abandon(connecting, failure));
    connecting.addListener(
        connected -> {
          if (connected.isSuccess() && isConnectedToItself(connecting.channel())) {
            connecting.channel().close();
            result.completeExceptionally(lost(to, NOBODY));
          } else if (connected.isSuccess()) {
            if (!result.complete(connecting.channel())) {
              connecting.channel().close();
            }
          } else if (addresses.size() > 1) {
            tryNext(attempt, addresses.subList(1, addresses.size()));
          } else {
            result.completeExceptionally(
                lost(to, reason(connected.cause())).initCause(connected.cause()));
          }
        });
  }

  /** Where nobody listens on this machine, the kernel may choose that very port for our end. */
  private static boolean isConnectedToItself(Channel channel) {
    return channel.localAddress().equals(channel.remoteAddress());
  }

  private static void abandon(ChannelFuture connecting, Throwable failure) {
    if (failure != null) {
      connecting.channel().close();
    }
  }

  private String reason(Throwable cause) {
    if (cause instanceof io.netty.channel.ConnectTimeoutException) {
      return "no answer within " + shown();
    }
    if (cause instanceof NoRouteToHostException) {
      return "there is no route to it";
    }
    if (cause instanceof ConnectException) {
      return NOBODY;
    }
    return cause.getMessage();
  }

  private String shown() {
    return limit.toMillis() + " ms";
  }

  private static ConnectionLostException lost(Endpoint to, String why) {
    return ConnectionLostException.neverMade("cannot connect to " + to + ": " + why);
  }

  /** One connection to be, over whichever address of the peer. */
  private record Attempt(
      Endpoint to, EventLoopGroup group, long deadline, CompletableFuture<Channel> result) {}

  /** A connection to be with a peer that may be at several places. */
  private record Search(
      Endpoint to,
      List<Endpoint> places,
      EventLoopGroup group,
      CompletableFuture<Channel> result) {}

  /** Until the connection has a purpose. */
  private static final class Silent extends ChannelInboundHandlerAdapter {}
}
