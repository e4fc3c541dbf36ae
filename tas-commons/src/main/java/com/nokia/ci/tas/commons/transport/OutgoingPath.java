package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongFunction;

/** A message and a file of the disk, which the kernel moves by itself where it can. */
final class OutgoingPath implements Outgoing {
  private final byte[] message;
  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final DefaultFileRegion region;

  private OutgoingPath(LongFunction<byte[]> message, Path file, FileChannel channel)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
    this.message = message.apply(size);
    this.region = new DefaultFileRegion(channel, 0, size);
  }

  /**
   * Opens the file.
   *
   * @param message the message for a file of a number of bytes
   */
  static OutgoingPath open(LongFunction<byte[]> message, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(Files.exists(file) ? "it is not a file" : "there is no such file");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new OutgoingPath(message, file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, ChannelPromise done) {
    ctx.write(Unpooled.wrappedBuffer(message));
    ctx.writeAndFlush(region.retain()).addListener(written -> check(written.cause(), done));
  }

  private void check(Throwable cause, ChannelPromise done) {
    long now;
    try {
      now = channel.size();
    } catch (IOException e) {
      done.tryFailure(new TasException("file " + file + " cannot be read: " + e.getMessage(), e));
      return;
    }
    if (now != size) {
      done.tryFailure(
          new TasException(
              "file " + file + " had " + size + " bytes and " + now + " after it was sent", cause));
    } else if (cause != null) {
      done.tryFailure(cause);
    } else {
      done.trySuccess();
    }
  }

  @Override
  public long taken(long ofCurrent) {
    return region.transferred();
  }

  @Override
  public long fileBytes() {
    return size;
  }

  @Override
  public boolean isReadToTheEnd() {
    return true;
  }

  @Override
  public boolean endsWithStream() {
    return false;
  }

  @Override
  public void release() {
    region.release();
  }
}
