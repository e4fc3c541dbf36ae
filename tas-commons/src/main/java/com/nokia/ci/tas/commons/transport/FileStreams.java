package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** {@link SessionStreams}: what goes out, what comes in, and one timer for all of it. */
final class FileStreams implements SessionStreams {
  private final StreamContext context;
  private final OutStreams out;
  private final InStreams in;
  private Optional<Future<?>> timer = Optional.empty();
  private boolean over;

  FileStreams(StreamContext context) {
    this.context = context;
    this.out = new OutStreams(context);
    this.in = new InStreams(context);
  }

  @Override
  public CompletableFuture<Long> send(FileOperation put, FileSource source) {
    return out.send(put, source);
  }

  @Override
  public void connected(StreamLink link) {
    in.connected(link);
    out.connected(link);
    checkLater();
  }

  @Override
  public void opened(int stream, FileOperation put) {
    in.opened(stream, put);
  }

  @Override
  public void received(Frame.OfStream frame) {
    frame.giveTo(isOurs(frame.stream()) ? out : in);
  }

  @Override
  public void received(int stream, ByteBuf octets) {
    in.received(stream, octets);
  }

  /** Streams of this side have odd numbers if it has dialled. */
  private boolean isOurs(int stream) {
    return ((stream & 1) == 1) == context.dials();
  }

  @Override
  public void writable() {
    out.writable();
  }

  @Override
  public void lost(String why) {
    out.lost();
    in.lost();
  }

  @Override
  public void restarted() {
    in.restarted();
  }

  @Override
  public void ended(TasException why) {
    over = true;
    timer.ifPresent(running -> running.cancel(false));
    out.ended(why);
    in.ended(String.valueOf(why.getMessage()));
  }

  private void checkLater() {
    if (timer.isPresent() || over) {
      return;
    }
    Deadlines deadlines = context.deadlines();
    Duration shorter =
        deadlines.fileIdle().compareTo(deadlines.writeStall()) < 0
            ? deadlines.fileIdle()
            : deadlines.writeStall();
    timer =
        Optional.of(
            context
                .loop()
                .schedule(
                    this::check,
                    Progress.interval(shorter, deadlines.slowestFile()).toNanos(),
                    TimeUnit.NANOSECONDS));
  }

  private void check() {
    timer = Optional.empty();
    long now = System.nanoTime();
    out.checkProgress(now);
    in.checkProgress(now);
    checkLater();
  }
}
