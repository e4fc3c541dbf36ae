package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.session.ResetCode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one {@link FileSink} on the file threads and holds its contract: writes in order, then one
 * end. On a session the digest is taken beside the writing: of what comes in several pieces each is
 * hashed while the one before it is written. Any thread may call.
 */
final class StoringIntake implements Intake {
  private static final Logger LOG = LoggerFactory.getLogger(StoringIntake.class);

  private final FileSink sink;
  private final FileReference file;
  private final Executor tasks;

  /** In front of the tasks, or the same. */
  private final Executor hashing;

  private final Optional<MessageDigest> digest;
  private final long window;
  private final Runnable onEnd;

  /** These are used by the tasks alone, which run one after the other. */
  private long stored;

  private boolean isHeldWhole;

  /** The digest, when all is here; empty where none was taken. */
  private Optional<byte[]> arrived = Optional.empty();

  private boolean ended;
  private Owner owner;

  private StoringIntake(
      FileSink sink,
      FileReference file,
      Executor tasks,
      Executor hashing,
      Optional<MessageDigest> digest,
      long window,
      Runnable onEnd) {
    this.sink = sink;
    this.file = file;
    this.tasks = tasks;
    this.hashing = hashing;
    this.digest = digest;
    this.window = window;
    this.onEnd = onEnd;
  }

  /** For a file whose sender says no more of it than its size. */
  static StoringIntake unverified(
      FileSink sink, FileReference file, Executor fileThreads, long window) {
    var tasks = new SerialTasks(fileThreads);
    return new StoringIntake(sink, file, tasks, tasks, Optional.empty(), window, () -> {});
  }

  /**
   * For a file that ends with its digest.
   *
   * @param tasks runs what it is given one after another
   * @param hashing likewise; the same where the file is too small to be worth two threads
   * @param onEnd called when the window is not used any more
   */
  static StoringIntake verified(
      FileSink sink,
      FileReference file,
      Executor tasks,
      Executor hashing,
      long window,
      Runnable onEnd) {
    return new StoringIntake(
        sink, file, tasks, hashing, Optional.of(Sha256.begun()), window, onEnd);
  }

  /** A file that comes without being asked for begins at its first byte. */
  @Override
  public void begin(Owner owner) {
    this.owner = owner;
    if (digest.isEmpty() || Early.comesEarly(file)) {
      owner.ready(0, window);
      return;
    }
    var unused = sink.ready().whenComplete((done, failure) -> attempt(this::beginBehindWhatIsHeld));
  }

  private void beginBehindWhatIsHeld() throws IOException {
    isHeldWhole = file.hasSize() && file.sha256().isPresent() && sink.isHeldWhole();
    stored = isHeldWhole ? file.size() : held();
    if (stored > 0 && !isHeldWhole) {
      sink.showHeld(digest.get()::update);
    }
    owner.ready(stored, window);
  }

  private long held() {
    try {
      long held = sink.held();
      return file.hasSize() && held > file.size() ? 0 : held;
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("a file begins anew");
      return 0;
    }
  }

  @Override
  public void write(ByteBuf bytes) {
    inTwoSteps(() -> hash(bytes), () -> store(bytes));
  }

  private void inTwoSteps(Runnable hash, Runnable store) {
    if (hashing == tasks) {
      tasks.execute(
          () -> {
            hash.run();
            store.run();
          });
    } else {
      hashing.execute(
          () -> {
            hash.run();
            tasks.execute(store);
          });
    }
  }

  private void hash(ByteBuf bytes) {
    digest.ifPresent(it -> Sha256.update(it, bytes));
  }

  private void store(ByteBuf bytes) {
    int count = bytes.readableBytes();
    try {
      run(() -> writeAll(bytes));
    } finally {
      bytes.release();
    }
    if (!ended && !Early.comesEarly(file)) {
      owner.credit(count);
    }
  }

  private void writeAll(ByteBuf bytes) throws IOException {
    for (ByteBuffer part : bytes.nioBuffers()) {
      sink.write(part);
    }
    stored += bytes.readableBytes();
  }

  @Override
  public void end(Optional<byte[]> sha256) {
    inTwoSteps(
        () -> arrived = digest.filter(taken -> !isHeldWhole).map(MessageDigest::digest),
        () -> run(() -> complete(sha256)));
  }

  private void complete(Optional<byte[]> sent) throws IOException {
    if (digest.isPresent()) {
      byte[] here = arrived.orElseGet(() -> HexFormat.of().parseHex(file.sha256().orElseThrow()));
      requireSame(here, sent);
      sink.verified(Sha256.text(here));
    }
    var storing = sink.completing(stored).toCompletableFuture();
    if (storing.isDone() && !storing.isCompletedExceptionally()) {
      settled();
      return;
    }
    var unused =
        storing.whenComplete(
            (done, failure) ->
                attempt(
                    () -> {
                      if (failure != null) {
                        throw asException(failure);
                      }
                      settled();
                    }));
  }

  private static IOException asException(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof IOException known ? known : new IOException(cause.toString(), cause);
  }

  private void settled() {
    ended = true;
    onEnd.run();
    owner.done();
  }

  private void requireSame(byte[] arrived, Optional<byte[]> sent) {
    boolean isSame =
        sent.map(it -> MessageDigest.isEqual(it, arrived)).orElse(true)
            && file.sha256().map(it -> it.equals(Sha256.text(arrived))).orElse(true);
    if (!isSame) {
      throw new ProtocolException(described() + " arrived with another SHA-256 than it was sent");
    }
  }

  @Override
  public void fail(Exception cause) {
    tasks.execute(() -> giveUp(cause));
  }

  private void attempt(Step step) {
    tasks.execute(() -> run(step));
  }

  private void run(Step step) {
    if (ended) {
      return;
    }
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      giveUp(e);
      owner.failed(code(e), sentence(e));
    }
  }

  private static ResetCode code(Exception e) {
    if (e instanceof ProtocolException) {
      return ResetCode.SPOILED;
    }
    return e instanceof NoInterestException ? ResetCode.NO_INTEREST : ResetCode.NOT_STORED;
  }

  private String sentence(Exception e) {
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e instanceof ProtocolException ? what : described() + " could not be stored: " + what;
  }

  private String described() {
    return "file " + SafeName.shown(file.name());
  }

  private void giveUp(Exception cause) {
    if (ended) {
      return;
    }
    ended = true;
    onEnd.run();
    try {
      sink.failed(cause);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the receiver of a file could not be told that it failed");
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
