package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Takes the bytes that follow a put (wire protocol, section 1.7), as fast as the disk does and with
 * no more than a few chunks in memory.
 *
 * <p>A file of known size is complete when the peer closes behind its last byte, or has sent no
 * more for {@link Deadlines#peerClose}; one of unknown size when the peer closes its side in order.
 */
final class IncomingFile extends ChannelInboundHandlerAdapter {
  private static final int MOST_IN_FLIGHT = 4 << 20;

  private final Reception reception;
  private final Peer peer;
  private final FileReference file;
  private final FileWriting writing;
  private long received;
  private int inFlight;
  private boolean over;
  private long lastProgress = System.nanoTime();
  private Optional<Future<?>> timer = Optional.empty();

  IncomingFile(Reception reception, Peer peer, FileOperation put, FileSink sink) {
    this.reception = reception;
    this.peer = peer;
    this.file = put.file();
    this.writing = new FileWriting(sink, reception.files());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    checkProgressIn(ctx, reception.deadlines().fileIdle());
    if (isFull()) {
      awaitClose(ctx);
    }
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int count = bytes.readableBytes();
    if (over || count == 0) {
      bytes.release();
      return;
    }
    received += count;
    lastProgress = System.nanoTime();
    if (file.hasSize() && received > file.size()) {
      bytes.release();
      refuse(
          ctx,
          new ProtocolException(described() + " has more bytes than the announced " + file.size()));
      return;
    }
    inFlight += count;
    writing.write(bytes, problem -> ctx.executor().execute(() -> written(ctx, count, problem)));
    if (isFull()) {
      awaitClose(ctx);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readOn(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !over) {
      if (file.hasSize() && received < file.size()) {
        refuse(ctx, new ProtocolException(described() + " ended after " + ofAnnounced()));
      } else {
        complete(ctx);
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (over) {
      return;
    }
    if (isFull()) {
      complete(ctx);
    } else {
      end();
      writing.fail(
          new ConnectionLostException(
              "the connection of "
                  + peer
                  + " broke off while "
                  + described()
                  + " came in, after "
                  + ofAnnounced()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void written(ChannelHandlerContext ctx, int count, Optional<Exception> problem) {
    inFlight -= count;
    lastProgress = System.nanoTime();
    problem.ifPresent(
        e -> {
          end();
          Refusing.insteadOf(
              ctx, reception, peer, described() + " could not be stored: " + e.getMessage());
        });
    readOn(ctx);
  }

  private void readOn(ChannelHandlerContext ctx) {
    if (!over && inFlight < MOST_IN_FLIGHT) {
      ctx.read();
    }
  }

  private boolean isFull() {
    return file.hasSize() && received == file.size();
  }

  private void awaitClose(ChannelHandlerContext ctx) {
    cancelTimer();
    timer =
        Optional.of(
            ctx.executor()
                .schedule(
                    () -> complete(ctx),
                    reception.deadlines().peerClose().toMillis(),
                    TimeUnit.MILLISECONDS));
  }

  private void complete(ChannelHandlerContext ctx) {
    end();
    writing.complete(received, problem -> ctx.executor().execute(() -> completed(ctx, problem)));
  }

  private void completed(ChannelHandlerContext ctx, Optional<Exception> problem) {
    if (problem.isPresent()) {
      Refusing.insteadOf(
          ctx,
          reception,
          peer,
          described() + " could not be stored: " + problem.get().getMessage());
    } else {
      ctx.close();
    }
  }

  private void refuse(ChannelHandlerContext ctx, ProtocolException reason) {
    end();
    writing.fail(reason);
    Refusing.insteadOf(ctx, reception, peer, reason.getMessage());
  }

  private void checkProgressIn(ChannelHandlerContext ctx, Duration limit) {
    timer =
        Optional.of(
            ctx.executor()
                .schedule(() -> checkProgress(ctx), limit.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Only the peer is hurried: while bytes wait for the disk, it may wait too. */
  private void checkProgress(ChannelHandlerContext ctx) {
    Duration limit = reception.deadlines().fileIdle();
    Duration idle = Duration.ofNanos(System.nanoTime() - lastProgress);
    if (inFlight > 0) {
      checkProgressIn(ctx, limit);
    } else if (idle.compareTo(limit) >= 0) {
      refuse(
          ctx,
          new ProtocolException(
              described()
                  + " made no progress for "
                  + limit.toMillis()
                  + " ms, after "
                  + ofAnnounced()));
    } else {
      checkProgressIn(ctx, limit.minus(idle));
    }
  }

  private void end() {
    over = true;
    cancelTimer();
  }

  private void cancelTimer() {
    timer.ifPresent(running -> running.cancel(false));
  }

  private String described() {
    return "file " + SafeName.shown(file.name());
  }

  private String ofAnnounced() {
    return received + (file.hasSize() ? " of " + file.size() + " bytes" : " bytes");
  }
}
