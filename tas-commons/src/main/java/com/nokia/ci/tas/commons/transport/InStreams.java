package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.ResetCode;
import com.nokia.ci.tas.commons.session.StreamHandler;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files that come in over a session. Belongs to its event loop.
 *
 * <p>When a connection is lost, what was open waits to be opened again, and what was answered in
 * the end is remembered, since the answer may be lost: the peer has at most 256 streams without an
 * answer. Whatever is not opened again soon on the next connection is given up.
 */
final class InStreams implements StreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(InStreams.class);
  private static final int MOST_REMEMBERED = 4 * OutStreams.MOST_OPEN;
  private static final long WINDOWS_TOGETHER = 8L << 20;

  private final StreamContext context;

  /** Stores small files. */
  private final Executor brief;

  private final Map<Integer, InStream> open = new LinkedHashMap<>();
  private final Deque<InStream> settled = new ArrayDeque<>();
  private final List<Waiting> suspended = new ArrayList<>();
  private Optional<StreamLink> link = Optional.empty();
  private String peer = "the peer";

  /** A stream that the peer may open again, and how long it has had for that. */
  private static final class Waiting {
    private final InStream stream;
    private long since;

    private Waiting(InStream stream) {
      this.stream = stream;
      this.since = System.nanoTime();
    }
  }

  InStreams(StreamContext context) {
    this.context = context;
    this.brief = context.oneByOne();
  }

  StreamContext context() {
    return context;
  }

  String peer() {
    return peer;
  }

  void onLoop(Runnable step) {
    if (context.loop().inEventLoop()) {
      step.run();
      return;
    }
    try {
      context.loop().execute(step);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("the network has ended");
    }
  }

  void connected(StreamLink connection) {
    link = Optional.of(connection);
    peer = connection.peer().session().map(it -> it.endpoint().toString()).orElse(peer);
    long now = System.nanoTime();
    suspended.forEach(waiting -> waiting.since = now);
  }

  /** The peer announces a file, for the first time or again. */
  void opened(int number, FileOperation put) {
    boolean isOdd = (number & 1) == 1;
    if (isOdd == context.dials() || open.containsKey(number)) {
      throw new ProtocolException(
          "the number " + Integer.toUnsignedString(number) + " is not free for a stream");
    }
    if (open.size() >= OutStreams.MOST_OPEN) {
      throw new ProtocolException("more than " + OutStreams.MOST_OPEN + " streams are opened");
    }
    StreamLink connection = link.orElseThrow();
    Optional<InStream> known =
        take(stream -> stream.number() == number && stream.isOf(put))
            .or(() -> take(stream -> stream.isUnfinished() && stream.isOf(put)));
    if (known.isPresent()) {
      open.put(number, known.get());
      known.get().reopen(number, connection);
    } else {
      openNew(number, put, connection);
    }
  }

  private Optional<InStream> take(Predicate<InStream> which) {
    for (int i = 0; i < suspended.size(); i++) {
      if (which.test(suspended.get(i).stream)) {
        return Optional.of(suspended.remove(i).stream);
      }
    }
    return Optional.empty();
  }

  private void openNew(int number, FileOperation put, StreamLink connection) {
    FileAnswer answer;
    try {
      answer = context.receiver().onFile(put, connection.peer());
    } catch (ProtocolException e) {
      answer = FileAnswer.refuse(e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("from", peer).setCause(e).log("a file could not be taken");
      answer = FileAnswer.refuse("the file could not be taken because of an error on this side");
    }
    if (answer instanceof FileAnswer.Refused refused) {
      connection.write(new Frame.Reset(number, ResetCode.NOT_WANTED.code(), refused.sentence()));
      return;
    }
    var stream = new InStream(this, put);
    open.put(number, stream);
    stream.open(number, connection, intake(answer, put));
  }

  private Intake intake(FileAnswer answer, FileOperation put) {
    if (answer instanceof FileAnswer.Relayed relayed) {
      return Relay.intake(relayed, put, context.network(), context.loop());
    }
    FileSink sink = ((FileAnswer.Accepted) answer).sink();
    // The more come in at a time, the less each may hold in memory.
    long window = context.windows().take(WINDOWS_TOGETHER / Math.max(1, open.size()));
    boolean isEarly = Early.comesEarly(put.file());
    Executor tasks = isEarly && sink.isBrief() ? brief : new SerialTasks(context.files());
    return StoringIntake.verified(
        sink,
        put.file(),
        tasks,
        isEarly ? tasks : new SerialTasks(context.files()),
        window,
        () -> context.windows().giveBack(window));
  }

  /** What comes for a stream that was answered was on its way then. */
  void received(int number, ByteBuf octets) {
    InStream stream = open.get(number);
    if (stream == null) {
      octets.release();
    } else {
      stream.received(octets);
    }
  }

  @Override
  public void on(Frame.End frame) {
    find(frame).ifPresent(stream -> stream.onEnd(frame.sha256()));
  }

  @Override
  public void on(Frame.Reset frame) {
    find(frame)
        .ifPresent(
            stream -> {
              open.remove(frame.stream());
              if (ResetCode.of(frame.code()) == ResetCode.BROKEN_OFF) {
                stream.suspend();
                suspended.add(new Waiting(stream));
              } else {
                stream.onReset(frame.sentence());
              }
            });
  }

  @Override
  public void on(Frame.Accept frame) {
    throw new ProtocolException("a file is accepted by its receiver");
  }

  @Override
  public void on(Frame.Credit frame) {
    throw new ProtocolException("credit for a file comes from its receiver");
  }

  @Override
  public void on(Frame.Done frame) {
    throw new ProtocolException("a file is stored by its receiver");
  }

  private Optional<InStream> find(Frame.OfStream frame) {
    return Optional.ofNullable(open.get(frame.stream()));
  }

  /** The peer was told what became of it. */
  void settled(InStream stream) {
    open.remove(stream.number());
    settled.add(stream);
    if (settled.size() > OutStreams.MOST_OPEN) {
      settled.remove();
    }
  }

  void lost() {
    link = Optional.empty();
    List<InStream> all = new ArrayList<>(open.values());
    all.addAll(settled);
    open.clear();
    settled.clear();
    all.forEach(
        stream -> {
          stream.suspend();
          suspended.add(new Waiting(stream));
        });
    forgetOldest();
  }

  /** A connection that was lost at once has brought no stream back, so not all can be forgotten. */
  private void forgetOldest() {
    long finished = suspended.stream().filter(waiting -> !waiting.stream.isUnfinished()).count();
    for (int i = 0; i < suspended.size() && finished > MOST_REMEMBERED; ) {
      if (suspended.get(i).stream.isUnfinished()) {
        i++;
      } else {
        suspended.remove(i);
        finished--;
      }
    }
  }

  /** A number that comes again stands for another file. */
  void restarted() {
    suspended.removeIf(waiting -> !waiting.stream.isUnfinished());
  }

  void ended(String why) {
    link = Optional.empty();
    open.values().forEach(stream -> stream.fail(why));
    suspended.forEach(waiting -> waiting.stream.fail(why));
    open.clear();
    suspended.clear();
    settled.clear();
  }

  void checkProgress(long now) {
    List.copyOf(open.values()).forEach(stream -> stream.checkProgress(now));
    if (link.isPresent()) {
      long limit = context.deadlines().fileIdle().toNanos();
      List<Waiting> late =
          suspended.stream().filter(waiting -> now - waiting.since >= limit).toList();
      suspended.removeAll(late);
      late.forEach(
          waiting ->
              waiting.stream.fail(
                  waiting.stream.described() + " was not sent on when the connection was back"));
    }
  }
}
