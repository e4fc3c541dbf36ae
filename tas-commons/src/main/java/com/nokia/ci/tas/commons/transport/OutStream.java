package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameType;
import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One file on its way out over a session, from when it was given to be sent until the peer has it:
 * over as many connections as that takes. Belongs to the event loop of the session.
 */
final class OutStream {
  /** How often a file is begun again without having got any further. */
  private static final int MOST_VAIN_TRIES = 10;

  /** How far it is. */
  private enum State {
    /** It waits for its turn or for a connection. */
    WAITING,
    /** Its size is being found out. */
    PREPARING,
    /** It was announced, and the peer has not said where it is to begin. */
    OPENED,
    /** Its bytes go out. */
    SENDING,
    /** All of it went out. */
    SENT,
    /** The peer has it, or will not have it. */
    OVER
  }

  private final OutStreams all;
  private final FileOperation put;
  private final FileSource source;
  private final CompletableFuture<Long> result;
  private final Progress progress;
  private State state = State.WAITING;
  private Optional<Feed> feed = Optional.empty();
  private Optional<Frame.Open> opening = Optional.empty();
  private Optional<byte[]> digest = Optional.empty();
  private int number;
  private long size;
  private long sent;
  private long credit;
  private long asked;
  private long furthest;
  private int vainTries;
  private long stateSince;

  OutStream(OutStreams all, FileOperation put, FileSource source, CompletableFuture<Long> result) {
    this.all = all;
    this.put = put;
    this.source = source;
    this.result = result;
    Deadlines deadlines = all.context().deadlines();
    this.progress =
        new Progress(deadlines.writeStall(), deadlines.slowestFile(), System.nanoTime());
  }

  /** Its number on this connection and the next ones; 0 until it is announced. */
  int number() {
    return number;
  }

  boolean isOver() {
    return state == State.OVER;
  }

  /** Whether all is known that is said of it, as of what passes only once. */
  boolean isPrepared() {
    return feed.isPresent() && opening.isPresent();
  }

  void prepare() {
    state = State.PREPARING;
    Feed fresh =
        source instanceof RelayedFile relayed
            ? new RelayFeed(relayed)
            : new ReadFeed(source, all.brief(), all.context().files());
    feed = Optional.of(fresh);
    fresh.prepare(new OnLoop(fresh));
  }

  /** What the feed says, brought to the event loop; nothing of one that was let go. */
  private final class OnLoop implements Feed.Owner {
    private final Feed from;

    private OnLoop(Feed from) {
      this.from = from;
    }

    @Override
    public void prepared(long bytes, Optional<String> sha256) {
      run(() -> OutStream.this.prepared(bytes, sha256));
    }

    @Override
    public void bytes(ByteBuf bytes) {
      onLoop(
          () -> {
            if (isCurrent()) {
              arrived(bytes);
            } else {
              bytes.release();
            }
          });
    }

    @Override
    public void end(byte[] sha256) {
      run(() -> ended(sha256));
    }

    @Override
    public void whole(ByteBuf bytes, byte[] sha256) {
      onLoop(
          () -> {
            if (isCurrent()) {
              OutStream.this.prepared(bytes.readableBytes(), Optional.of(Sha256.text(sha256)));
              arrived(bytes);
              ended(sha256);
            } else {
              bytes.release();
            }
          });
    }

    @Override
    public void failed(TasException why) {
      run(() -> giveUp(why));
    }

    private void run(Runnable step) {
      onLoop(
          () -> {
            if (isCurrent()) {
              step.run();
            }
          });
    }

    /** At once if it is said there, so that all that one thread says stays in order. */
    private void onLoop(Runnable step) {
      if (all.context().loop().inEventLoop()) {
        step.run();
      } else {
        all.context().loop().execute(step);
      }
    }

    private boolean isCurrent() {
      return feed.isPresent() && feed.get() == from;
    }
  }

  private void prepared(long bytes, Optional<String> sha256) {
    FileReference announced;
    try {
      announced = Announcement.of(put.file(), bytes, sha256);
    } catch (TasException e) {
      giveUp(e);
      return;
    }
    size = announced.size();
    number = number == 0 ? all.nextNumber() : number;
    opening = Optional.of(new Frame.Open(number, all.encoded(put, announced)));
    all.prepared(this);
  }

  /** Announces it on the connection that stands. */
  void open(StreamLink link) {
    link.write(opening.orElseThrow());
    stateSince = System.nanoTime();
    state = State.OPENED;
    if (Early.comesEarly(size)) {
      state = State.SENDING;
      credit = Early.LARGEST;
      sent = 0;
      progress.excused(stateSince);
    }
  }

  void onAccept(Frame.Accept frame) {
    if (Early.comesEarly(size) && frame.offset() == 0) {
      return;
    }
    if (state != State.OPENED || (hasSize() && frame.offset() > size)) {
      throw new ProtocolException(
          described() + " is accepted from byte " + frame.offset() + ", which is not possible");
    }
    if (digest.isPresent()) {
      finishAgain(frame.offset());
      return;
    }
    if (frame.offset() > furthest) {
      furthest = frame.offset();
      vainTries = 0;
    }
    state = State.SENDING;
    sent = frame.offset();
    credit = frame.credit();
    progress.excused(System.nanoTime());
    long first = Math.min(credit, Math.min(ReadFeed.CHUNK, all.window()));
    take(first);
    feed.orElseThrow().start(frame.offset(), first);
    all.pump(this);
  }

  /** What cannot be sent twice was sent to its end, and the answer was lost. */
  private void finishAgain(long offset) {
    if (offset == sent) {
      writeEnd();
    } else {
      breakOff("the connection to the receiver broke off");
    }
  }

  void onCredit(long more) {
    if (credit == 0 && asked == 0) {
      progress.excused(System.nanoTime());
    }
    credit += more;
    all.pump(this);
  }

  /** Whether it would ask for bytes if it may. */
  boolean isHungry() {
    return state == State.SENDING
        && !Early.comesEarly(size)
        && digest.isEmpty()
        && credit > 0
        && asked < all.window();
  }

  /** Asks for as much as one frame holds. */
  void ask() {
    Feed from = feed.orElseThrow();
    long bytes = Math.min(Math.min(credit, ReadFeed.CHUNK), all.window() - asked);
    take(bytes);
    from.request(bytes);
  }

  private void take(long bytes) {
    credit -= bytes;
    asked += bytes;
    if (feed.orElseThrow().canBeginAnew()) {
      all.askedOfDisks(bytes);
    }
  }

  private void giveBack(long bytes) {
    if (feed.map(Feed::canBeginAnew).orElse(false)) {
      all.askedOfDisks(-bytes);
    }
    asked -= bytes;
  }

  private void arrived(ByteBuf bytes) {
    int count = bytes.readableBytes();
    giveBack(Math.min(asked, count));
    if (state != State.SENDING) {
      bytes.release();
      return;
    }
    sent += count;
    progress.moved(count, System.nanoTime());
    StreamLink link = all.link().orElseThrow();
    while (bytes.readableBytes() > FrameType.MOST_OCTETS_OF_FILE) {
      link.write(number, bytes.readRetainedSlice(FrameType.MOST_OCTETS_OF_FILE));
    }
    link.write(number, bytes);
    all.pump(this);
  }

  private void ended(byte[] sha256) {
    giveBack(asked);
    if (state == State.SENDING) {
      if (put.file().sha256().map(it -> !it.equals(Sha256.text(sha256))).orElse(false)) {
        giveUp(new TasException(described() + " has another SHA-256 than was announced"));
        return;
      }
      digest = Optional.of(sha256);
      writeEnd();
      all.pump(this);
    }
  }

  private void writeEnd() {
    state = State.SENT;
    stateSince = System.nanoTime();
    all.link().orElseThrow().write(new Frame.End(number, digest.orElseThrow()));
  }

  void onDone() {
    if (state != State.SENT) {
      throw new ProtocolException(described() + " is said to be stored before its end was sent");
    }
    over();
    result.complete(sent);
  }

  void onReset(ResetCode code, String sentence) {
    String shown = SafeName.shown(sentence);
    if (code == ResetCode.BROKEN_OFF && feed.map(Feed::canBeginAnew).orElse(false)) {
      vainTries++;
      if (vainTries <= MOST_VAIN_TRIES) {
        letGo();
        number = 0;
        all.again(this);
        return;
      }
    }
    over();
    result.completeExceptionally(
        code == ResetCode.GIVEN_UP
            ? new ConnectionLostException(all.peer() + " gave up " + described() + ": " + shown)
            : new RefusedException(code, all.peer() + " refused: " + shown));
  }

  /** The connection is gone. What passes once and has begun cannot go on on the next one. */
  void lost() {
    if (state == State.OVER) {
      return;
    }
    boolean canStay = digest.isPresent() || state == State.OPENED;
    if (feed.map(Feed::canBeginAnew).orElse(true)) {
      letGo();
    } else if (canStay) {
      state = State.WAITING;
    } else {
      breakOff("the connection to the receiver broke off");
    }
  }

  /** Begins at the beginning, with the same number. */
  private void letGo() {
    giveBack(asked);
    feed.ifPresent(Feed::stop);
    feed = Optional.empty();
    digest = Optional.empty();
    credit = 0;
    state = State.WAITING;
  }

  private void breakOff(String why) {
    reset(ResetCode.BROKEN_OFF, why);
    over();
    result.completeExceptionally(
        new RefusedException(ResetCode.BROKEN_OFF, described() + " came to a halt: " + why));
  }

  /** It will not be sent, or not to its end. */
  void giveUp(TasException why) {
    if (state != State.OVER) {
      reset(ResetCode.GIVEN_UP, String.valueOf(why.getMessage()));
      over();
      result.completeExceptionally(why);
    }
  }

  /** Somebody has completed the result. */
  void abandoned() {
    if (state != State.OVER) {
      reset(ResetCode.GIVEN_UP, "the sender gave up " + described());
      over();
    }
  }

  private void reset(ResetCode code, String sentence) {
    if (all.isOpen(this)) {
      all.link().ifPresent(it -> it.write(new Frame.Reset(number, code.code(), sentence)));
    }
  }

  private void over() {
    letGo();
    state = State.OVER;
    all.over(this);
  }

  /** Gives up what the peer keeps waiting for too long. */
  void checkProgress(long now) {
    if (state == State.SENDING) {
      boolean isPeersTurn = credit == 0 || !all.link().orElseThrow().isWritable();
      if (asked > 0 || !isPeersTurn) {
        progress.excused(now);
      }
      progress
          .complaint(now)
          .ifPresent(
              what ->
                  giveUp(
                      new ConnectionLostException(described() + " to " + all.peer() + " " + what)));
    } else if (state == State.OPENED || state == State.SENT) {
      Duration limit = all.context().deadlines().fileAnswer();
      if (now - stateSince >= limit.toNanos()) {
        giveUp(
            new ConnectionLostException(
                all.peer()
                    + " did not answer to "
                    + described()
                    + " for "
                    + limit.toMillis()
                    + " ms"));
      }
    }
  }

  private boolean hasSize() {
    return size != FileReference.UNKNOWN_SIZE;
  }

  private String described() {
    return "file " + SafeName.shown(put.file().name());
  }
}
