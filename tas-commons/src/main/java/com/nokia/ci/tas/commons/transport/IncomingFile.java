package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Takes the bytes that follow a put (wire protocol, section 1.7), as fast as they are stored or
 * passed on and with no more than a few chunks in memory.
 *
 * <p>A file of known size is complete when the peer closes behind its last byte, or has sent no
 * more for {@link Deadlines#peerClose}; one of unknown size when the peer closes its side in order.
 */
final class IncomingFile extends ChannelInboundHandlerAdapter {
  /** How much of a file that is stored is in memory at most. */
  static final int WINDOW = 4 << 20;

  private final Reception reception;
  private final Peer peer;
  private final FileReference file;
  private final Intake intake;
  private final Progress progress;
  private long received;
  private long allowed;
  private boolean over;
  private Optional<Future<?>> timer = Optional.empty();

  IncomingFile(Reception reception, Peer peer, FileOperation put, Intake intake) {
    this.reception = reception;
    this.peer = peer;
    this.file = put.file();
    this.intake = intake;
    this.progress =
        new Progress(
            reception.deadlines().fileIdle(),
            reception.deadlines().slowestFile(),
            System.nanoTime());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    checkProgressLater(ctx);
    intake.begin(new OnLoop(ctx));
    if (isFull()) {
      awaitClose(ctx);
    }
    readOn(ctx);
  }

  /** What the intake says, brought to the event loop. */
  private final class OnLoop implements Intake.Owner {
    private final ChannelHandlerContext ctx;

    private OnLoop(ChannelHandlerContext ctx) {
      this.ctx = ctx;
    }

    @Override
    public void ready(long offset, long credit) {
      credit(credit);
    }

    @Override
    public void credit(long bytes) {
      run(
          () -> {
            if (isOwing()) {
              progress.excused(System.nanoTime());
            }
            allowed += bytes;
            readOn(ctx);
          });
    }

    @Override
    public void done() {
      run(ctx::close);
    }

    @Override
    public void failed(ResetCode code, String sentence) {
      run(
          () -> {
            end();
            Refusing.insteadOf(ctx, reception, peer, sentence);
          });
    }

    private void run(Runnable step) {
      if (ctx.executor().inEventLoop()) {
        step.run();
      } else {
        ctx.executor().execute(step);
      }
    }
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
    progress.moved(count, System.nanoTime());
    if (file.hasSize() && received > file.size()) {
      bytes.release();
      refuse(
          ctx,
          new ProtocolException(described() + " has more bytes than the announced " + file.size()));
      return;
    }
    intake.write(bytes);
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
        complete();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (over) {
      return;
    }
    if (isFull()) {
      complete();
    } else {
      end();
      intake.fail(
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

  private void readOn(ChannelHandlerContext ctx) {
    if (!over && (received < allowed || isFull())) {
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
                    this::complete,
                    reception.deadlines().peerClose().toMillis(),
                    TimeUnit.MILLISECONDS));
  }

  private void complete() {
    end();
    intake.end(Optional.empty());
  }

  private void refuse(ChannelHandlerContext ctx, ProtocolException reason) {
    end();
    intake.fail(reason);
    Refusing.offender(ctx, reception, peer, reason.getMessage());
  }

  private void checkProgressLater(ChannelHandlerContext ctx) {
    var deadlines = reception.deadlines();
    timer =
        Optional.of(
            ctx.executor()
                .schedule(
                    () -> checkProgress(ctx),
                    Progress.interval(deadlines.fileIdle(), deadlines.slowestFile()).toNanos(),
                    TimeUnit.NANOSECONDS));
  }

  /** Only the peer is hurried: while bytes wait for the disk or for another peer, it may wait. */
  private void checkProgress(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    if (isOwing()) {
      progress.excused(now);
    }
    progress
        .complaint(now)
        .ifPresentOrElse(
            what ->
                refuse(
                    ctx,
                    new ProtocolException(described() + " " + what + ", after " + ofAnnounced())),
            () -> checkProgressLater(ctx));
  }

  /** Whether the bytes that came in are not yet where they belong, so that no more are read. */
  private boolean isOwing() {
    return received >= allowed;
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
