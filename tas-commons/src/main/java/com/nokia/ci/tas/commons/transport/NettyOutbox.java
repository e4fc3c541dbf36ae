package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.xml.Dialect;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

  /** These belong to the event loop; both in the order in which the entries were added. */
  private final NavigableMap<Long, Item> waiting = new TreeMap<>();

  private final NavigableMap<Long, Sending> underWay = new TreeMap<>();
  private final List<CompletableFuture<Boolean>> drains = new ArrayList<>();
  private long added;
  private int files;
  private boolean pausing;
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
            new MessageEntry(message, dialect),
            bytes.length,
            way ->
                way.map(it -> it.send(bytes)).orElseGet(() -> transport.sendPlainly(to, bytes))));
  }

  @Override
  public void sendFile(FileOperation put, FileSource source) {
    add(
        new Item(
            new FileEntry(put, source),
            0,
            way ->
                way.map(it -> it.streams().send(put, source))
                    .orElseGet(() -> transport.sendFilePlainly(to, put, source))));
  }

  private void add(Item item) {
    if (!room.take(item.bytes)) {
      tellFailed(item, new TasException("the outbox to " + to + " is full: " + room));
      return;
    }
    onLoop(
        () -> {
          waiting.put(added++, item);
          if (closed) {
            giveUpAll();
          } else {
            proceed();
          }
        },
        () -> giveUp(item, closing()));
  }

  /** Sends what may be sent now: over a session all of it, else one entry after the other. */
  private void proceed() {
    while (!waiting.isEmpty() && !stopped && !closed && !pausing) {
      Map.Entry<Long, Item> next = waiting.firstEntry();
      if (!underWay.isEmpty() && !mayFollow(next.getValue())) {
        return;
      }
      waiting.remove(next.getKey());
      send(next.getKey(), next.getValue());
    }
    if (waiting.isEmpty() && underWay.isEmpty()) {
      drains.forEach(drain -> drain.complete(true));
      drains.clear();
    }
  }

  /**
   * Over a session entries follow each other at once; only a message waits for the files before it,
   * because its receiver may count on them.
   */
  private boolean mayFollow(Item item) {
    return transport.ways().isOverSession(to)
        && underWay.values().stream().allMatch(Sending::overSession)
        && (item.entry instanceof FileEntry || files == 0);
  }

  private void send(long number, Item item) {
    Optional<Conversation> way;
    CompletableFuture<?> result;
    try {
      way = transport.ways().to(to);
      result = item.sending.apply(way);
    } catch (ConnectionLostException e) {
      way = Optional.empty();
      result = CompletableFuture.failedFuture(e);
    }
    files += item.entry instanceof FileEntry ? 1 : 0;
    underWay.put(number, new Sending(item, result, way.isPresent()));
    result.whenComplete(
        (value, failure) ->
            onLoop(
                () -> attempted(number, Optional.ofNullable(failure)),
                () -> giveUp(item, closing())));
  }

  private void attempted(long number, Optional<Throwable> failure) {
    Sending sending = underWay.remove(number);
    if (sending == null) {
      return;
    }
    Item item = sending.item;
    files -= item.entry instanceof FileEntry ? 1 : 0;
    if (failure.isEmpty()) {
      room.giveBack(item.bytes);
      tellSent(item);
    } else if (sending.mayBeTriedAgain(failure.get(), policy)) {
      waiting.put(number, item.triedAgain());
      pause();
    } else {
      room.giveBack(item.bytes);
      stopped |= tellFailed(item, failure.get()) == AfterFailure.STOP;
    }
    proceed();
  }

  private void pause() {
    if (!pausing) {
      pausing = true;
      loop.schedule(
          () -> {
            pausing = false;
            proceed();
          },
          policy.delay().toNanos(),
          TimeUnit.NANOSECONDS);
    }
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
          boolean isEmpty = waiting.isEmpty() && underWay.isEmpty();
          if (isEmpty || stopped || closed) {
            drained.complete(isEmpty);
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
          List<Sending> left = List.copyOf(underWay.values());
          underWay.clear();
          left.forEach(sending -> giveUp(sending.item, closing()));
          giveUpAll();
          left.forEach(sending -> sending.result.cancel(false));
          drains.forEach(drain -> drain.complete(false));
          drains.clear();
        },
        () -> {});
  }

  private void giveUpAll() {
    List<Item> left = List.copyOf(waiting.values());
    waiting.clear();
    left.forEach(item -> giveUp(item, closing()));
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

  /** An entry, what it takes up, how to send it, and how often that was tried. */
  private record Item(
      Entry entry,
      int bytes,
      Function<Optional<Conversation>, CompletableFuture<?>> sending,
      int tries) {

    private Item(
        Entry entry, int bytes, Function<Optional<Conversation>, CompletableFuture<?>> sending) {
      this(entry, bytes, sending, 0);
    }

    private Item triedAgain() {
      return new Item(entry, bytes, sending, tries + 1);
    }
  }

  /** An entry under way. */
  private record Sending(Item item, CompletableFuture<?> result, boolean overSession) {

    /**
     * A session has tried for as long as it could, and what it had said may have been heard: such
     * an entry goes to nobody else who may be dialled under that name.
     */
    private boolean mayBeTriedAgain(Throwable failure, RetryPolicy policy) {
      return !overSession
          && failure instanceof ConnectionLostException
          && item.tries + 1 < policy.tries();
    }
  }
}
