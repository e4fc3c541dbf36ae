package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.SafeName;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Turns names into addresses off the event loops. A name that hangs occupies one thread however
 * often it is asked for; how long an answer is remembered is left to the Java runtime, which
 * forgets it after half a minute.
 */
final class Names implements AutoCloseable {
  private static final int MOST_AT_ONCE = 16;

  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay =
      new ConcurrentHashMap<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new DefaultThreadFactory("tas-names", true));

  /**
   * The addresses of a host, at least one.
   *
   * @return fails with {@link ConnectionLostException}
   */
  CompletableFuture<List<InetAddress>> addresses(String host) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      return CompletableFuture.completedFuture(List.of(addressOf(literal)));
    }
    CompletableFuture<List<InetAddress>> answer = underWay.computeIfAbsent(host, this::lookUp);
    answer.whenComplete((addresses, failure) -> underWay.remove(host));
    return answer.copy();
  }

  private CompletableFuture<List<InetAddress>> lookUp(String host) {
    var answer = new CompletableFuture<List<InetAddress>>();
    try {
      threads.execute(
          () -> {
            try {
              answer.complete(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException | SecurityException e) {
              answer.completeExceptionally(
                  new ConnectionLostException(
                      "the host name " + SafeName.shown(host) + " is unknown here", e));
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new ConnectionLostException(
              "the host name "
                  + SafeName.shown(host)
                  + " cannot be looked up: "
                  + MOST_AT_ONCE
                  + " other names have no answer yet",
              e));
    }
    return answer;
  }

  private static InetAddress addressOf(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has " + literal.length + " bytes", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
