package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Passes on a file that is small enough to be held whole for a moment: it takes nothing from the
 * receiver before it is complete and right, and can be sent again when a connection is lost.
 */
final class SmallRelay implements Intake {
  private final String name;
  private final Function<FileSource, CompletableFuture<Long>> sending;
  private final ByteBuf whole = Unpooled.buffer(512, Early.LARGEST);
  private Optional<Owner> owner = Optional.empty();
  private Optional<CompletableFuture<Long>> sent = Optional.empty();

  /**
   * A relay for one file.
   *
   * @param sending sends the whole file
   */
  SmallRelay(String name, Function<FileSource, CompletableFuture<Long>> sending) {
    this.name = name;
    this.sending = sending;
  }

  @Override
  public void begin(Owner sender) {
    owner = Optional.of(sender);
    sender.ready(0, Early.LARGEST);
  }

  @Override
  public void write(ByteBuf bytes) {
    whole.writeBytes(bytes, Math.min(bytes.readableBytes(), whole.maxWritableBytes()));
    bytes.release();
  }

  @Override
  public void end(Optional<byte[]> sha256) {
    byte[] bytes = new byte[whole.readableBytes()];
    whole.readBytes(bytes);
    byte[] arrived = Sha256.begun().digest(bytes);
    if (!sha256.map(it -> MessageDigest.isEqual(it, arrived)).orElse(true)) {
      owner.ifPresent(
          it ->
              it.failed(
                  ResetCode.SPOILED,
                  "file "
                      + SafeName.shown(name)
                      + " arrived with another SHA-256 than it was sent"));
      return;
    }
    CompletableFuture<Long> transfer =
        sending.apply(FileSource.of(() -> new ByteArrayInputStream(bytes), bytes.length));
    sent = Optional.of(transfer);
    transfer.whenComplete((count, failure) -> owner.ifPresent(it -> settle(it, failure)));
  }

  private static void settle(Owner sender, Throwable failure) {
    if (failure == null) {
      sender.done();
    } else {
      sender.failed(Relay.code(failure), String.valueOf(failure.getMessage()));
    }
  }

  @Override
  public void fail(Exception cause) {
    sent.ifPresent(transfer -> transfer.cancel(false));
  }
}
