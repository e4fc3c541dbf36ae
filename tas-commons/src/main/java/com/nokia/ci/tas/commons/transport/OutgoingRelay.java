package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.security.MessageDigest;
import java.util.concurrent.Executor;

/**
 * A message and the bytes of a file that another peer sends at this moment, to a plain peer. The
 * plain peer can check no digest, so the last bytes of a file of known size are kept back until the
 * digest was found to be right.
 */
final class OutgoingRelay implements Outgoing, FilePipe.Outlet {
  private static final long WINDOW = 1 << 20;

  private final byte[] message;
  private final RelayedFile source;
  private final Executor tasks;

  /** Used by the tasks alone, which run one after the other. */
  private final MessageDigest digest = Sha256.begun();

  private volatile ChannelHandlerContext context;

  /** These belong to the event loop of the connection. */
  private ChannelPromise done;

  private ByteBuf last = Unpooled.EMPTY_BUFFER;
  private boolean released;

  private long sent;
  private long taken;

  OutgoingRelay(byte[] message, RelayedFile source, Executor fileThreads) {
    this.message = message;
    this.source = source;
    this.tasks = new SerialTasks(fileThreads);
  }

  @Override
  public void write(ChannelHandlerContext ctx, ChannelPromise promise) {
    context = ctx;
    done = promise;
    ctx.writeAndFlush(Unpooled.wrappedBuffer(message));
    source.pipe().attach(this);
    source.pipe().start(0, WINDOW);
  }

  @Override
  public void bytes(ByteBuf bytes) {
    tasks.execute(
        () -> {
          Sha256.update(digest, bytes);
          context.executor().execute(() -> pass(bytes));
        });
  }

  private void pass(ByteBuf bytes) {
    if (released) {
      bytes.release();
      return;
    }
    int count = bytes.readableBytes();
    FileReference file = source.file();
    if (file.hasSize() && sent + count >= file.size()) {
      sent += count;
      last = bytes;
      return;
    }
    sent += count;
    context
        .writeAndFlush(bytes)
        .addListener(
            written -> {
              taken += count;
              if (written.isSuccess()) {
                source.pipe().credit(count);
              } else {
                done.tryFailure(written.cause());
              }
            });
  }

  @Override
  public void end(byte[] sha256) {
    tasks.execute(
        () -> {
          boolean isSame = MessageDigest.isEqual(sha256, digest.digest());
          context.executor().execute(() -> finish(isSame));
        });
  }

  private void finish(boolean isSame) {
    if (released) {
      return;
    }
    if (!isSame) {
      done.tryFailure(
          new ProtocolException(
              "file "
                  + SafeName.shown(source.file().name())
                  + " arrived with another SHA-256 than it was sent"));
      return;
    }
    ByteBuf rest = last;
    last = Unpooled.EMPTY_BUFFER;
    context
        .writeAndFlush(rest)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                done.trySuccess();
              } else {
                done.tryFailure(written.cause());
              }
            });
  }

  @Override
  public void broken(TasException cause) {
    context.executor().execute(() -> done.tryFailure(cause));
  }

  @Override
  public long taken(long ofCurrent) {
    return taken + ofCurrent;
  }

  @Override
  public long fileBytes() {
    return sent;
  }

  @Override
  public boolean isReadToTheEnd() {
    return true;
  }

  @Override
  public boolean endsWithStream() {
    return !source.file().hasSize();
  }

  /** Called on any thread. */
  @Override
  public void release() {
    if (context != null) {
      context.executor().execute(this::drop);
    }
  }

  private void drop() {
    released = true;
    last.release();
    last = Unpooled.EMPTY_BUFFER;
  }
}
