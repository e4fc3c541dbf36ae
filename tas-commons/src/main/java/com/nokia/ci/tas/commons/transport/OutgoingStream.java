package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message and the bytes of a stream: one chunk is read on a file thread when the one before it is
 * with the network.
 */
final class OutgoingStream implements Outgoing {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingStream.class);
  private static final int CHUNK = 256 * 1024;

  private final byte[] message;
  private final InputStream from;
  private final long size;
  private final Executor fileThreads;
  private long sent;
  private boolean atEnd;

  /** Belongs to the event loop. */
  private long written;

  OutgoingStream(byte[] message, InputStream from, long size, Executor fileThreads) {
    this.message = message;
    this.from = from;
    this.size = size;
    this.fileThreads = new SerialTasks(fileThreads);
  }

  @Override
  public void write(ChannelHandlerContext ctx, ChannelPromise done) {
    ctx.writeAndFlush(Unpooled.wrappedBuffer(message));
    readNext(ctx, done);
  }

  private void readNext(ChannelHandlerContext ctx, ChannelPromise done) {
    fileThreads.execute(
        () -> {
          try {
            byte[] chunk = from.readNBytes(CHUNK);
            sent += chunk.length;
            atEnd = chunk.length < CHUNK || (sent == size && from.read() < 0);
            requireSize();
            ctx.executor().execute(() -> writeChunk(ctx, chunk, done));
          } catch (IOException e) {
            done.tryFailure(new TasException("the file cannot be read: " + e.getMessage(), e));
          } catch (RuntimeException e) {
            done.tryFailure(e);
          }
        });
  }

  private void requireSize() {
    boolean tooLong = sent > size || (sent == size && !atEnd);
    if (size != FileReference.UNKNOWN_SIZE && (tooLong || (atEnd && sent < size))) {
      throw new TasException(
          "the file was announced with "
              + size
              + " bytes and has "
              + (tooLong ? "more" : "only " + sent));
    }
  }

  private void writeChunk(ChannelHandlerContext ctx, byte[] chunk, ChannelPromise done) {
    ctx.writeAndFlush(Unpooled.wrappedBuffer(chunk))
        .addListener(
            finished -> {
              written += chunk.length;
              if (!finished.isSuccess()) {
                done.tryFailure(finished.cause());
              } else if (atEnd) {
                done.trySuccess();
              } else {
                readNext(ctx, done);
              }
            });
  }

  @Override
  public long taken(long ofCurrent) {
    return written + ofCurrent;
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
    return size == FileReference.UNKNOWN_SIZE;
  }

  @Override
  public void release() {
    fileThreads.execute(
        () -> {
          try {
            from.close();
          } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("a sent stream did not close");
          }
        });
  }
}
