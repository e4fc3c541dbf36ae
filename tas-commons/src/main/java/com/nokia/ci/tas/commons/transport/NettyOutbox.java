package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.xml.Dialect;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Outbox} whose state belongs to one event loop; other threads only add. */
final class NettyOutbox implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(NettyOutbox.class);

  private final NettyTransport transport;
  private final Endpoint to;
  private final RetryPolicy policy;
  private final Owner owner;
  private final EventLoop loop;
  private final Room room;

  /** These belong to the event loop. */
  private final Deque<Item> queue = new ArrayDeque<>();

  private final List<CompletableFuture<Boolean>> drains = new ArrayList<>();
  private Optional<CompletableFuture<?>> underWay = Optional.empty();
  private boolean busy;
  private boolean stopped;
  private boolean closed;

  NettyOutbox(NettyTransport transport, Endpoint to, RetryPolicy policy, Owner owner) {
    this.transport = transport;
    this.to = to;
    this.policy = policy;
    this.owner = owner;
    this.loop = transport.loops().next();
    this.room = new Room(transport.caps());
  }

  @Override
  public Endpoint destination() {
    return to;
  }

  @Override
  public void send(Message message, Dialect dialect) {
    byte[] bytes = transport.codec().write(message, dialect);
    add(
        new Item(
            new MessageEntry(message, dialect), bytes.length, () -> transport.send(to, bytes)));
  }

  @Override
  public void sendFile(FileOperation put, FileSource source) {
    add(new Item(new FileEntry(put, source), 0, () -> transport.sendFile(to, put, source)));
  }

  private void add(Item item) {
    if (!room.take(item.bytes)) {
      tellFailed(item, new TasException("the outbox to " + to + " is full: " + room));
      return;
    }
    onLoop(
        () -> {
          queue.add(item);
          if (closed) {
            giveUpAll();
          } else {
            proceed();
          }
        },
        () -> giveUp(item, closing()));
  }

  private void proceed() {
    if (busy || stopped || closed) {
      return;
    }
    Item next = queue.peek();
    if (next == null) {
      drains.forEach(drain -> drain.complete(true));
      drains.clear();
      return;
    }
    busy = true;
    attempt(next, 1);
  }

  private void attempt(Item item, int number) {
    CompletableFuture<?> sending = item.sending.get();
    underWay = Optional.of(sending);
    sending.whenComplete(
        (value, failure) ->
            onLoop(
                () -> attempted(item, number, Optional.ofNullable(failure)),
                () -> giveUp(item, closing())));
  }

  private void attempted(Item item, int number, Optional<Throwable> failure) {
    underWay = Optional.empty();
    if (closed) {
      return;
    }
    if (failure.isEmpty()) {
      leave(item);
      tellSent(item);
    } else if (failure.get() instanceof ConnectionLostException && number < policy.tries()) {
      loop.schedule(
          () -> {
            if (!closed) {
              attempt(item, number + 1);
            }
          },
          policy.delay().toNanos(),
          TimeUnit.NANOSECONDS);
      return;
    } else {
      leave(item);
      stopped = tellFailed(item, failure.get()) == AfterFailure.STOP;
    }
    busy = false;
    proceed();
  }

  private void leave(Item item) {
    queue.remove(item);
    room.giveBack(item.bytes);
  }

  @Override
  public int size() {
    return room.entries();
  }

  @Override
  public void resume() {
    onLoop(
        () -> {
          stopped = false;
          proceed();
        },
        () -> {});
  }

  @Override
  public CompletableFuture<Boolean> drain(Duration limit) {
    var drained = new CompletableFuture<Boolean>();
    onLoop(
        () -> {
          if (queue.isEmpty() || stopped || closed) {
            drained.complete(queue.isEmpty());
            return;
          }
          drains.add(drained);
          var timer =
              loop.schedule(() -> drained.complete(false), limit.toNanos(), TimeUnit.NANOSECONDS);
          drained.whenComplete((empty, failure) -> timer.cancel(false));
        },
        () -> drained.complete(false));
    return drained;
  }

  @Override
  public void close() {
    transport.forget(this);
    onLoop(
        () -> {
          closed = true;
          giveUpAll();
          underWay.ifPresent(sending -> sending.cancel(false));
          drains.forEach(drain -> drain.complete(false));
          drains.clear();
        },
        () -> {});
  }

  private void giveUpAll() {
    List<Item> left = List.copyOf(queue);
    left.forEach(item -> giveUp(item, closing()));
    queue.clear();
  }

  private void giveUp(Item item, TasException cause) {
    room.giveBack(item.bytes);
    tellFailed(item, cause);
  }

  private TasException closing() {
    return new ConnectionLostException("the outbox to " + to + " was closed before this was sent");
  }

  private void tellSent(Item item) {
    try {
      owner.onSent(item.entry);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("to", to).setCause(e).log("a sent message could not be noted");
    }
  }

  private AfterFailure tellFailed(Item item, Throwable failure) {
    TasException cause =
        failure instanceof TasException ours
            ? ours
            : new TasException("sending to " + to + " failed: " + failure.getMessage(), failure);
    try {
      return owner.onFailed(item.entry, cause);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("to", to).setCause(e).log("a failed message could not be noted");
      return AfterFailure.GO_ON;
    }
  }

  private void onLoop(Runnable step, Runnable whenEnded) {
    try {
      loop.execute(step);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("to", to).log("the network has ended");
      whenEnded.run();
    }
  }

  /** An entry, what it takes up, and how to send it. */
  private record Item(Entry entry, int bytes, Supplier<CompletableFuture<?>> sending) {}

  /** What may still be added. */
  private static final class Room {
    private final int capEntries;
    private final long capBytes;
    private int entries;
    private long bytes;

    private Room(Caps caps) {
      this.capEntries = caps.outboxEntries();
      this.capBytes = caps.outboxBytes();
    }

    private synchronized boolean take(int more) {
      if (entries >= capEntries || bytes + more > capBytes) {
        return false;
      }
      entries++;
      bytes += more;
      return true;
    }

    private synchronized void giveBack(int less) {
      entries--;
      bytes -= less;
    }

    private synchronized int entries() {
      return entries;
    }

    @Override
    public synchronized String toString() {
      return entries + " entries with " + bytes + " bytes wait";
    }
  }
}
