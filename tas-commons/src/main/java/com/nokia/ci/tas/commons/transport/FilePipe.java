package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The stretch of a file that is passed on between the peer that sends it and the one that gets it:
 * bytes go one way; offset, credit and what came of it go the other. It holds no more than what one
 * read of a plain sender brings beyond what the outlet has asked for. Any thread may call; all that
 * it does happens on one executor, in order.
 */
final class FilePipe implements Intake {

  /** What passes the bytes on to the other peer; called on the executor of the pipe. */
  interface Outlet {

    /** Bytes, taken over. */
    void bytes(ByteBuf bytes);

    /** There are no more. */
    void end(byte[] sha256);

    /** There will be no more, and those that came are not the whole file. */
    void broken(TasException cause);
  }

  private final Executor executor;
  private final Function<FilePipe, CompletableFuture<Long>> passingOn;

  /** These belong to the executor. */
  private final Queue<ByteBuf> held = new ArrayDeque<>();

  private Optional<Owner> owner = Optional.empty();
  private Optional<Outlet> outlet = Optional.empty();
  private Optional<CompletableFuture<Long>> sending = Optional.empty();
  private Optional<byte[]> end = Optional.empty();
  private long wanted;
  private boolean over;

  /**
   * A pipe.
   *
   * @param executor runs one task after the other
   * @param passingOn sends what comes out of the pipe; its end is the end of the pipe
   */
  FilePipe(Executor executor, Function<FilePipe, CompletableFuture<Long>> passingOn) {
    this.executor = executor;
    this.passingOn = passingOn;
  }

  @Override
  public void begin(Owner sender) {
    executor.execute(() -> owner = Optional.of(sender));
    CompletableFuture<Long> transfer = passingOn.apply(this);
    executor.execute(
        () -> {
          sending = Optional.of(transfer);
          if (over) {
            transfer.cancel(false);
          }
        });
    transfer.whenComplete((bytes, failure) -> executor.execute(() -> settle(failure)));
  }

  @Override
  public void write(ByteBuf bytes) {
    executor.execute(
        () -> {
          if (over) {
            bytes.release();
          } else {
            held.add(bytes);
            passOn();
          }
        });
  }

  /** A plain sender is stopped between two reads, so that more may come than was asked for. */
  private void passOn() {
    if (outlet.isEmpty()) {
      return;
    }
    while (!held.isEmpty() && wanted > 0) {
      ByteBuf next = held.peek();
      int count = (int) Math.min(wanted, next.readableBytes());
      wanted -= count;
      if (count == next.readableBytes()) {
        outlet.get().bytes(held.remove());
      } else {
        outlet.get().bytes(next.readRetainedSlice(count));
      }
    }
    if (held.isEmpty()) {
      end.ifPresent(sha256 -> outlet.get().end(sha256));
      end = Optional.empty();
    }
  }

  /** The digest comes from the sender, or from {@link HashingIntake} where the sender is plain. */
  @Override
  public void end(Optional<byte[]> sha256) {
    executor.execute(
        () -> {
          if (!over) {
            end = sha256;
            passOn();
          }
        });
  }

  @Override
  public void fail(Exception cause) {
    var failure =
        cause instanceof TasException ours
            ? ours
            : new ConnectionLostException(String.valueOf(cause.getMessage()), cause);
    executor.execute(
        () -> {
          owner = Optional.empty();
          if (!over) {
            outlet.ifPresentOrElse(
                to -> to.broken(failure),
                () -> sending.ifPresent(transfer -> transfer.cancel(false)));
          }
          close();
        });
  }

  /** From now on the bytes go there; called before {@link #start}. */
  void attach(Outlet to) {
    executor.execute(
        () -> {
          if (over) {
            return;
          }
          outlet = Optional.of(to);
          passOn();
        });
  }

  /** The receiver wants the file from this offset on. */
  void start(long offset, long credit) {
    executor.execute(
        () -> {
          owner.ifPresent(it -> it.ready(offset, credit));
          wanted += credit;
          passOn();
        });
  }

  /** The receiver takes more. */
  void credit(long bytes) {
    executor.execute(
        () -> {
          owner.ifPresent(it -> it.credit(bytes));
          wanted += bytes;
          passOn();
        });
  }

  private void settle(Throwable failure) {
    Optional<Owner> told = owner;
    owner = Optional.empty();
    close();
    if (failure == null) {
      told.ifPresent(Owner::done);
    } else {
      told.ifPresent(it -> it.failed(Relay.code(failure), String.valueOf(failure.getMessage())));
    }
  }

  private void close() {
    over = true;
    held.forEach(ByteBuf::release);
    held.clear();
  }
}
