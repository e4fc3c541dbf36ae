package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.ResetCode;
import com.nokia.ci.tas.commons.session.StreamHandler;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * All files that go out over a session: opens up to 256 at a time, and lets those that have credit
 * take turns. Belongs to the event loop of the session, but for {@link #send}.
 */
final class OutStreams implements StreamHandler {
  /** How many streams of one direction are open at a time. */
  static final int MOST_OPEN = 256;

  private static final int MOST_PREPARING = 16;
  private static final int MOST_WAITING = 100_000;
  private static final long MOST_ASKED_OF_DISKS = 4L * ReadFeed.CHUNK;
  private static final long LARGEST_WINDOW = 1 << 20;
  private static final long WINDOWS_TOGETHER = 8L << 20;
  private static final long SMALLEST_WINDOW = 64 * 1024;

  private final StreamContext context;

  /** Opens files, and reads the small ones. */
  private final Executor brief;

  private final Deque<OutStream> queue = new ArrayDeque<>();
  private final Set<OutStream> preparing = new LinkedHashSet<>();
  private final Map<Integer, OutStream> open = new LinkedHashMap<>();
  private final Set<OutStream> hungry = new LinkedHashSet<>();
  private Optional<StreamLink> link = Optional.empty();
  private Optional<TasException> over = Optional.empty();
  private String peer = "the peer";
  private int lastNumber;
  private long askedOfDisks;
  private boolean pumping;
  private boolean starting;

  OutStreams(StreamContext context) {
    this.context = context;
    this.brief = context.oneByOne();
    this.lastNumber = context.dials() ? -1 : 0;
  }

  StreamContext context() {
    return context;
  }

  Executor brief() {
    return brief;
  }

  Optional<StreamLink> link() {
    return link;
  }

  /** As it stands in sentences. */
  String peer() {
    return peer;
  }

  /** Any thread may call. */
  CompletableFuture<Long> send(FileOperation put, FileSource source) {
    var result = new CompletableFuture<Long>();
    try {
      context.loop().execute(() -> add(put, source, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new ConnectionLostException("this program is ending", e));
    }
    return result;
  }

  private void add(FileOperation put, FileSource source, CompletableFuture<Long> result) {
    if (over.isPresent()) {
      result.completeExceptionally(over.get());
      return;
    }
    if (queue.size() >= MOST_WAITING) {
      result.completeExceptionally(
          new TasException("more than " + MOST_WAITING + " files wait for " + peer));
      return;
    }
    var stream = new OutStream(this, put, source, result);
    result.whenComplete(
        (bytes, failure) -> {
          if (failure != null) {
            onLoop(stream::abandoned);
          }
        });
    queue.add(stream);
    openNext();
  }

  private void onLoop(Runnable step) {
    try {
      context.loop().execute(step);
    } catch (RejectedExecutionException e) {
      // The network has ended, and with it every stream.
      return;
    }
  }

  int nextNumber() {
    lastNumber += 2;
    return lastNumber;
  }

  byte[] encoded(FileOperation put, FileReference file) {
    var announced = new FileOperation(put.sender(), put.receiver(), put.kind(), put.test(), file);
    return context.codec().write(announced, Dialect.ESCAPED);
  }

  void connected(StreamLink connection) {
    link = Optional.of(connection);
    peer = connection.peer().session().map(it -> it.endpoint().toString()).orElse(peer);
    openNext();
  }

  void writable() {
    openNext();
    pump();
  }

  private void openNext() {
    if (starting) {
      return;
    }
    starting = true;
    while (link.isPresent()
        && !queue.isEmpty()
        && open.size() + preparing.size() < MOST_OPEN
        && preparing.size() < MOST_PREPARING
        && link.get().isWritable()) {
      OutStream next = queue.remove();
      if (next.isPrepared()) {
        announce(next);
      } else if (!next.isOver()) {
        preparing.add(next);
        next.prepare();
      }
    }
    starting = false;
  }

  /** What can be said of it is known. */
  void prepared(OutStream stream) {
    preparing.remove(stream);
    if (link.isPresent()) {
      announce(stream);
    }
    openNext();
  }

  private void announce(OutStream stream) {
    open.put(stream.number(), stream);
    stream.open(link.orElseThrow());
  }

  boolean isOpen(OutStream stream) {
    return open.get(stream.number()) == stream;
  }

  /** It is begun again on the same connection. */
  void again(OutStream stream) {
    forget(stream);
    queue.addFirst(stream);
    openNext();
  }

  void over(OutStream stream) {
    forget(stream);
    queue.remove(stream);
    openNext();
  }

  private void forget(OutStream stream) {
    open.values().remove(stream);
    preparing.remove(stream);
    hungry.remove(stream);
  }

  /** How much one stream may have asked for that is not here yet. */
  long window() {
    return Math.max(SMALLEST_WINDOW, Math.min(LARGEST_WINDOW, WINDOWS_TOGETHER / open.size()));
  }

  /** Has asked for so much more of what is read from disks, or got it. */
  void askedOfDisks(long bytes) {
    askedOfDisks += bytes;
  }

  /** It may have become hungry. */
  void pump(OutStream stream) {
    hungry.add(stream);
    pump();
  }

  /** Each that may send asks for one frame, then it is the turn of the next. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    while (!hungry.isEmpty()
        && askedOfDisks < MOST_ASKED_OF_DISKS
        && link.map(StreamLink::isWritable).orElse(false)) {
      OutStream next = hungry.iterator().next();
      hungry.remove(next);
      if (next.isHungry()) {
        next.ask();
        hungry.add(next);
      }
    }
    pumping = false;
  }

  @Override
  public void on(Frame.Accept frame) {
    find(frame).ifPresent(stream -> stream.onAccept(frame));
  }

  @Override
  public void on(Frame.Credit frame) {
    find(frame).ifPresent(stream -> stream.onCredit(frame.credit()));
  }

  @Override
  public void on(Frame.Done frame) {
    find(frame).ifPresent(OutStream::onDone);
  }

  @Override
  public void on(Frame.Reset frame) {
    find(frame).ifPresent(stream -> stream.onReset(ResetCode.of(frame.code()), frame.sentence()));
  }

  @Override
  public void on(Frame.End frame) {
    throw new ProtocolException("the end of a file comes from its sender");
  }

  /** What is said of a stream that is over was on its way when it ended. */
  private Optional<OutStream> find(Frame.OfStream frame) {
    return Optional.ofNullable(open.get(frame.stream()));
  }

  void lost() {
    link = Optional.empty();
    hungry.clear();
    List<OutStream> unfinished = new ArrayList<>(open.values());
    unfinished.addAll(preparing);
    open.clear();
    preparing.clear();
    for (int i = unfinished.size() - 1; i >= 0; i--) {
      OutStream stream = unfinished.get(i);
      stream.lost();
      if (!stream.isOver()) {
        queue.addFirst(stream);
      }
    }
  }

  void ended(TasException why) {
    over = Optional.of(why);
    link = Optional.empty();
    List<OutStream> all = new ArrayList<>(open.values());
    all.addAll(preparing);
    all.addAll(queue);
    all.forEach(stream -> stream.giveUp(why));
  }

  void checkProgress(long now) {
    List.copyOf(open.values()).forEach(stream -> stream.checkProgress(now));
  }
}
