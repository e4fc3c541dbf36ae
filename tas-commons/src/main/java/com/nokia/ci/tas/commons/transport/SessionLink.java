package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import com.nokia.ci.tas.commons.session.FrameType;
import com.nokia.ci.tas.commons.session.UnknownFrameException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a session, from its first frame to its end: hands frames to the {@link
 * Conversation} in order, and writes what that says. Everything happens on the event loop of the
 * session, to which what comes from the one of the connection is passed on where they differ.
 *
 * <p>Nothing is read before the conversation has taken the link, and nothing while it is paused, so
 * that no more than what one read brought waits here.
 */
final class SessionLink extends ChannelInboundHandlerAdapter implements StreamLink {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLink.class);

  /** So many octets of frames are gathered in one buffer. */
  private static final int MOST_GATHERED = 64 * 1024;

  /** Longer octets of a file go out as they are; copying shorter ones costs less than a buffer. */
  private static final int COPIED = 8 * 1024;

  private static final int FIRST_GATHERED = 512;

  /** How long the peer has to read what it is told last. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  private final Peer peer;
  private final EventLoop loop;
  private final Deque<Object> held = new ArrayDeque<>();

  /**
   * Frames that were written and are not with the connection yet. A file of 4 KB takes seven: a
   * buffer for each would cost as much as the file.
   */
  private Optional<ByteBuf> gathered = Optional.empty();

  private Optional<ChannelHandlerContext> context = Optional.empty();
  private Optional<Conversation> conversation = Optional.empty();
  private boolean paused = true;
  private boolean over;
  private boolean flushing;

  /**
   * A link.
   *
   * @param peer as the peer of the session
   * @param loop of the session
   */
  SessionLink(Peer peer, EventLoop loop) {
    this.peer = peer;
    this.loop = loop;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = Optional.of(ctx);
  }

  /** From now on frames go to a conversation. */
  void begin(Conversation owner) {
    conversation = Optional.of(owner);
    if (over) {
      owner.lost(this, "the connection was closed");
    } else {
      proceed();
    }
  }

  /** Holds frames back until {@link #proceed}. */
  void pause() {
    paused = true;
  }

  /** Hands over what was held back and reads on. */
  void proceed() {
    paused = false;
    while (!paused && !over && !held.isEmpty()) {
      give(held.remove());
    }
    if (!paused && !over) {
      conversation.ifPresent(Conversation::readComplete);
      context.ifPresent(ChannelHandlerContext::read);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    if (!onLoop(() -> read(frame))) {
      ReferenceCountUtil.release(frame);
    }
  }

  private void read(Object frame) {
    if (over) {
      ReferenceCountUtil.release(frame);
    } else if (paused) {
      held.add(frame);
    } else {
      give(frame);
    }
  }

  private void give(Object frame) {
    Conversation owner = conversation.orElseThrow();
    try {
      if (frame instanceof StreamOctets octets) {
        owner.received(octets.stream(), octets.content());
      } else {
        ((Frame) frame).giveTo(owner);
      }
    } catch (ProtocolException e) {
      breakOff(e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("from", peer).setCause(e).log("a frame could not be handled");
      breakOff("a frame could not be handled because of an error on this side");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    onLoop(
        () -> {
          if (!paused && !over) {
            conversation.ifPresent(Conversation::readComplete);
            ctx.read();
          }
        });
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      onLoop(
          () -> {
            if (!over) {
              conversation.ifPresent(Conversation::writable);
            }
          });
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent idle) {
      onLoop(idle.state() == IdleState.WRITER_IDLE ? this::beat : this::silent);
    } else if (event instanceof StalledWrites.Stalled stalled) {
      onLoop(() -> breakOff(stalled.sentence()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    onLoop(() -> lose("the connection was closed"));
  }

  private void beat() {
    write(new Frame.Beat());
  }

  private void silent() {
    breakOff("nothing was heard within the silence limit");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
    onLoop(() -> broken(reason));
  }

  private void broken(Throwable reason) {
    if (reason instanceof UnknownFrameException && conversation.isPresent()) {
      conversation.get().unknownFrame(reason.getMessage());
    } else if (reason instanceof ProtocolException) {
      breakOff(reason.getMessage());
    } else {
      lose("the connection broke off");
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    onLoop(
        () -> {
          over = true;
          releaseHeld();
        });
  }

  /** False when the network has ended. */
  private boolean onLoop(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
      return true;
    }
    try {
      loop.execute(step);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("peer", peer).log("the network has ended");
      return false;
    }
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public boolean isWritable() {
    return !over && context.map(ctx -> ctx.channel().isWritable()).orElse(false);
  }

  @Override
  public void write(Frame.OfStream frame) {
    writeFrame(frame);
  }

  @Override
  public void write(Frame.Open frame) {
    writeFrame(frame);
  }

  void write(Frame frame) {
    writeFrame(frame);
  }

  @Override
  public void write(int stream, ByteBuf octets) {
    if (over || context.isEmpty()) {
      octets.release();
      return;
    }
    ChannelHandlerContext ctx = context.get();
    int count = octets.readableBytes();
    boolean isCopied = count <= COPIED;
    ByteBuf to = gathering(ctx, FrameCodec.HEAD + Integer.BYTES + (isCopied ? count : 0));
    to.writeInt(1 + Integer.BYTES + count);
    to.writeByte(FrameType.DATA.code());
    to.writeInt(stream);
    if (isCopied) {
      to.writeBytes(octets);
      octets.release();
    } else {
      passOnGathered(ctx);
      ctx.write(octets);
    }
    flushSoon(ctx);
  }

  private void writeFrame(Frame frame) {
    if (!over) {
      context.ifPresent(
          ctx -> {
            int length = Frames.length(frame);
            if (length <= MOST_GATHERED) {
              Frames.append(frame, gathering(ctx, length));
            } else {
              passOnGathered(ctx);
              Frames.write(ctx, frame);
            }
            flushSoon(ctx);
          });
    }
  }

  /** Where so many octets find room. */
  private ByteBuf gathering(ChannelHandlerContext ctx, int octets) {
    if (gathered.filter(it -> it.maxWritableBytes() < octets).isPresent()) {
      passOnGathered(ctx);
    }
    if (gathered.isEmpty()) {
      int first = Math.max(FIRST_GATHERED, octets);
      gathered = Optional.of(ctx.alloc().ioBuffer(first, MOST_GATHERED));
    }
    return gathered.get();
  }

  private void passOnGathered(ChannelHandlerContext ctx) {
    gathered.ifPresent(ctx::write);
    gathered = Optional.empty();
  }

  /** What is written in one go goes out in one go. */
  private void flushSoon(ChannelHandlerContext ctx) {
    if (!flushing) {
      flushing = true;
      loop.execute(
          () -> {
            flushing = false;
            passOnGathered(ctx);
            ctx.flush();
          });
    }
  }

  @Override
  public void breakOff(String why) {
    if (!over) {
      LOG.atInfo()
          .addKeyValue("peer", peer)
          .addKeyValue("error", SafeName.shown(why))
          .log("the connection of a session is closed");
    }
    lose(why);
  }

  private void lose(String why) {
    if (!over) {
      drop();
      conversation.ifPresent(owner -> owner.lost(this, why));
    }
  }

  /** Closes the connection without telling the conversation. */
  void drop() {
    over = true;
    releaseHeld();
    context.ifPresent(ChannelHandlerContext::close);
  }

  /** Says a last thing and closes. */
  void end(Frame last) {
    if (!over) {
      over = true;
      context.ifPresent(this::passOnGathered);
      releaseHeld();
      context.ifPresent(
          ctx -> {
            ChannelFuture written = Frames.write(ctx, last);
            ctx.flush();
            written.addListener(done -> closeLater(ctx, done.isSuccess()));
          });
    }
  }

  /**
   * Whoever closes with octets unread takes back what the peer has not read yet. The peer closes
   * when it has read the last frame.
   */
  private void closeLater(ChannelHandlerContext ctx, boolean written) {
    if (!written || !ctx.channel().isActive()) {
      ctx.close();
      return;
    }
    ctx.channel().config().setAutoRead(true);
    var timer =
        ctx.executor().schedule(() -> ctx.close(), LAST_WORD.toNanos(), TimeUnit.NANOSECONDS);
    ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
  }

  private void releaseHeld() {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    gathered.ifPresent(ByteBuf::release);
    gathered = Optional.empty();
  }
}
