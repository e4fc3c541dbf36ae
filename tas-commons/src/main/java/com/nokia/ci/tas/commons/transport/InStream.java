package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * One file that comes in over a session, from its first announcement until the peer knows what
 * became of it: over as many connections as that takes. Belongs to the event loop of the session.
 */
final class InStream {
  /** Credit is not told in smaller pieces, unless the sender has next to none. */
  private static final long LEAST_CREDIT = 128 * 1024;

  private static final long LARGEST_CREDIT = 0xFFFF_FFFFL;

  /** What became of it; no code when it is where it belongs. */
  private record Outcome(Optional<ResetCode> code, String sentence) {}

  private final InStreams all;
  private final FileOperation put;
  private final Progress progress;
  private final boolean isEarly;
  private int number;
  private Optional<StreamLink> link = Optional.empty();
  private Optional<Intake> intake = Optional.empty();
  private Optional<byte[]> digest = Optional.empty();
  private Optional<Outcome> outcome = Optional.empty();
  private boolean isReady;
  private boolean isEndTold;
  private long received;
  private long allowed;
  private long untold;
  private long superfluous;

  InStream(InStreams all, FileOperation put) {
    this.all = all;
    this.put = put;
    this.isEarly = Early.comesEarly(put.file());
    this.allowed = isEarly ? Early.LARGEST : 0;
    Deadlines deadlines = all.context().deadlines();
    this.progress = new Progress(deadlines.fileIdle(), deadlines.slowestFile(), System.nanoTime());
  }

  int number() {
    return number;
  }

  /** Whether an announcement is one of this file again. */
  boolean isOf(FileOperation other) {
    return put.equals(other);
  }

  /** Whether nothing has become of it yet. */
  boolean isUnfinished() {
    return outcome.isEmpty();
  }

  /** Opens it for the first time. */
  void open(int stream, StreamLink connection, Intake to) {
    number = stream;
    link = Optional.of(connection);
    intake = Optional.of(to);
    to.begin(new OnLoop());
  }

  /** What the intake says, brought to the event loop. */
  private final class OnLoop implements Intake.Owner {
    @Override
    public void ready(long offset, long credit) {
      run(() -> InStream.this.ready(offset, credit));
    }

    @Override
    public void credit(long bytes) {
      run(() -> InStream.this.credit(bytes));
    }

    @Override
    public void done() {
      run(() -> settle(new Outcome(Optional.empty(), "")));
    }

    @Override
    public void failed(ResetCode code, String sentence) {
      run(() -> settle(new Outcome(Optional.of(code), sentence)));
    }

    private void run(Runnable step) {
      all.onLoop(step);
    }
  }

  private void ready(long offset, long credit) {
    isReady = true;
    if (!isEarly) {
      received = offset;
      allowed = offset + credit;
    }
    accept();
  }

  private void accept() {
    long offset = isEarly ? 0 : received;
    long credit = Math.min(LARGEST_CREDIT, allowed - offset);
    untold = allowed - offset - credit;
    progress.excused(System.nanoTime());
    link.ifPresent(it -> it.write(new Frame.Accept(number, offset, credit)));
  }

  private void credit(long bytes) {
    if (isEarly || outcome.isPresent()) {
      return;
    }
    if (received >= allowed) {
      progress.excused(System.nanoTime());
    }
    allowed += bytes;
    untold += bytes;
    boolean isPressing = allowed - untold - received < LEAST_CREDIT;
    if (isReady && link.isPresent() && (untold >= LEAST_CREDIT || isPressing)) {
      long told = Math.min(LARGEST_CREDIT, untold);
      untold -= told;
      link.get().write(new Frame.Credit(number, told));
    }
  }

  /** Goes on after a connection was lost, under the number that the peer uses now. */
  void reopen(int stream, StreamLink connection) {
    number = stream;
    link = Optional.of(connection);
    isEndTold = false;
    superfluous = isEarly ? received : 0;
    if (outcome.isPresent() && outcome.get().code().isPresent()) {
      answer();
    } else if (isReady) {
      accept();
    }
  }

  /** The connection is gone; what is here is kept. */
  void suspend() {
    link = Optional.empty();
  }

  /** Octets came in. */
  void received(ByteBuf octets) {
    if (superfluous > 0) {
      int skipped = (int) Math.min(superfluous, octets.readableBytes());
      superfluous -= skipped;
      octets.skipBytes(skipped);
    }
    int count = octets.readableBytes();
    if (count == 0 || outcome.isPresent()) {
      octets.release();
      return;
    }
    if (digest.isPresent() || (!isEarly && received + count > allowed)) {
      octets.release();
      throw new ProtocolException(described() + " has more bytes than there is credit for");
    }
    received += count;
    progress.moved(count, System.nanoTime());
    if (hasSize() && received > put.file().size()) {
      octets.release();
      spoil(described() + " has more bytes than the announced " + put.file().size());
      return;
    }
    intake.orElseThrow().write(octets);
  }

  void onEnd(byte[] sha256) {
    isEndTold = true;
    if (digest.isPresent()) {
      if (!MessageDigest.isEqual(digest.get(), sha256)) {
        outcome =
            Optional.of(
                new Outcome(
                    Optional.of(ResetCode.SPOILED), described() + " has another SHA-256 now"));
      }
      answer();
    } else if (outcome.isEmpty() && hasSize() && received < put.file().size()) {
      spoil(described() + " ended after " + received + " of " + put.file().size() + " bytes");
    } else if (outcome.isEmpty()) {
      if (!isReady && !isEarly) {
        throw new ProtocolException(described() + " has ended before it was accepted");
      }
      digest = Optional.of(sha256);
      intake.orElseThrow().end(digest);
    }
  }

  private void spoil(String sentence) {
    intake.orElseThrow().fail(new ProtocolException(sentence));
    settle(new Outcome(Optional.of(ResetCode.SPOILED), sentence));
  }

  private void settle(Outcome what) {
    if (outcome.isEmpty()) {
      outcome = Optional.of(what);
      intake = Optional.empty();
      answer();
    }
  }

  /** Says what became of it, as soon as the peer may hear it. */
  private void answer() {
    if (link.isEmpty() || outcome.isEmpty()) {
      return;
    }
    Outcome what = outcome.get();
    if (what.code().isPresent()) {
      link.get().write(new Frame.Reset(number, what.code().get().code(), what.sentence()));
      all.settled(this);
    } else if (isEndTold) {
      link.get().write(new Frame.Done(number));
      all.settled(this);
    }
  }

  /** The peer will not send it to its end. */
  void onReset(String sentence) {
    fail(all.peer() + " gave up " + described() + ": " + SafeName.shown(sentence));
  }

  /** Nothing more will come. */
  void fail(String why) {
    if (outcome.isEmpty()) {
      outcome = Optional.of(new Outcome(Optional.of(ResetCode.GIVEN_UP), why));
      intake.ifPresent(it -> it.fail(new ConnectionLostException(why)));
      intake = Optional.empty();
    }
  }

  /** Only the peer is hurried: while its bytes wait for a disk or somebody else, it may wait. */
  void checkProgress(long now) {
    if (outcome.isPresent() || digest.isPresent()) {
      return;
    }
    boolean isWaitedFor = isReady && allowed - untold > received;
    if (!isWaitedFor) {
      progress.excused(now);
    }
    progress
        .complaint(now)
        .ifPresent(
            what -> {
              String sentence = described() + " " + what + ", after " + received + " bytes";
              intake.orElseThrow().fail(new ProtocolException(sentence));
              settle(new Outcome(Optional.of(ResetCode.NO_INTEREST), sentence));
            });
  }

  private boolean hasSize() {
    return put.file().size() != FileReference.UNKNOWN_SIZE;
  }

  String described() {
    return "file " + SafeName.shown(put.file().name());
  }
}
