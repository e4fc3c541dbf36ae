package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Stands before an intake where the sender is plain: such a sender begins at the first byte and
 * knows no digest. Takes the digest on the file threads, and leaves out what the receiver has.
 */
final class HashingIntake implements Intake {
  private final Intake to;
  private final Executor tasks;
  private final MessageDigest digest = Sha256.begun();

  /** These are used by the tasks alone. What came with the announcement is held until it is due. */
  private final Queue<ByteBuf> held = new ArrayDeque<>();

  private boolean isReady;
  private boolean isEnded;
  private boolean isOver;
  private long superfluous;

  HashingIntake(Intake to, Executor fileThreads) {
    this.to = to;
    this.tasks = new SerialTasks(fileThreads);
  }

  @Override
  public void begin(Owner owner) {
    to.begin(
        new Owner() {
          @Override
          public void ready(long offset, long credit) {
            tasks.execute(
                () -> {
                  superfluous = offset;
                  isReady = true;
                  held.forEach(HashingIntake.this::pass);
                  held.clear();
                  owner.ready(0, offset + credit);
                  if (isEnded) {
                    to.end(Optional.of(digest.digest()));
                  }
                });
          }

          @Override
          public void credit(long bytes) {
            owner.credit(bytes);
          }

          @Override
          public void done() {
            owner.done();
          }

          @Override
          public void failed(ResetCode code, String sentence) {
            tasks.execute(HashingIntake.this::drop);
            owner.failed(code, sentence);
          }
        });
  }

  @Override
  public void write(ByteBuf bytes) {
    tasks.execute(
        () -> {
          if (isOver) {
            bytes.release();
          } else if (isReady) {
            pass(bytes);
          } else {
            held.add(bytes);
          }
        });
  }

  private void pass(ByteBuf bytes) {
    Sha256.update(digest, bytes);
    int skipped = (int) Math.min(superfluous, bytes.readableBytes());
    superfluous -= skipped;
    to.write(bytes.skipBytes(skipped));
  }

  @Override
  public void end(Optional<byte[]> sha256) {
    tasks.execute(
        () -> {
          isEnded = true;
          if (isReady) {
            to.end(Optional.of(digest.digest()));
          }
        });
  }

  @Override
  public void fail(Exception cause) {
    tasks.execute(
        () -> {
          drop();
          to.fail(cause);
        });
  }

  private void drop() {
    isOver = true;
    held.forEach(ByteBuf::release);
    held.clear();
  }
}
