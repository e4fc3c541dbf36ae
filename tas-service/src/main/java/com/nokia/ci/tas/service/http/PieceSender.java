package com.nokia.ci.tas.service.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a body piece by piece. While the reader does not take what was sent, no piece is made: a
 * slow reader costs its own connection alone, and the deadline of a stalled write ends that.
 */
final class PieceSender {
  private static final int AGAIN_MILLIS = 100;

  private final ChannelHandlerContext context;

  /** Behind what makes chunks of contents: pieces are chunks already. */
  private final ChannelHandlerContext line;

  private final Piecewise body;
  private final Executor maker;
  private final Runnable done;

  /** How often it was woken since it began to look; so that it looks by one thread at a time. */
  private final AtomicInteger wakes = new AtomicInteger();

  private volatile boolean isOver;

  /**
   * Prepares.
   *
   * @param maker where pieces are made that take time
   * @param done run on the loop of the connection when the last piece was sent
   */
  PieceSender(ChannelHandlerContext context, Piecewise body, Executor maker, Runnable done) {
    this.context = context;
    this.line = context.pipeline().context(HttpServerCodec.class);
    this.body = body;
    this.maker = body.takesTime() ? maker : context.executor();
    this.done = done;
  }

  void start() {
    body.onMore(this::wake);
    wake();
  }

  /** There may be more to send, or more room for it. On any thread. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      look();
    }
  }

  private void look() {
    try {
      maker.execute(this::send);
    } catch (RejectedExecutionException e) {
      var unused = context.executor().schedule(this::look, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The connection is closed, or all was sent. On any thread. */
  void close() {
    isOver = true;
    body.close();
  }

  private void send() {
    int seen = wakes.get();
    try {
      if (!isOver) {
        sendOnce();
      }
    } catch (RuntimeException e) {
      context.executor().execute(() -> context.fireExceptionCaught(e));
      context.close();
      close();
    }
    if (wakes.addAndGet(-seen) > 0) {
      look();
    }
  }

  /** One piece at a time, so that others who have pieces made have their turn. */
  private void sendOnce() {
    if (!context.channel().isWritable()) {
      return;
    }
    Optional<Piece> piece = body.next();
    if (piece.isPresent()) {
      line.writeAndFlush(piece.get().chunk());
      wakes.incrementAndGet();
    } else if (body.isOver()) {
      close();
      context
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(
              sent -> {
                if (sent.isSuccess()) {
                  done.run();
                }
              });
    }
  }
}
