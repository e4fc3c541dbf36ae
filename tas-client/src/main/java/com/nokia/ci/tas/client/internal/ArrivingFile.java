package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.transport.FileSink;
import com.nokia.ci.tas.commons.transport.PathSink;
import com.nokia.ci.tas.commons.transport.StreamSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A results file on its way from a node: into the stream of the observer, else into the workspace,
 * where it appears complete or not at all. The observer is asked when the first byte is there.
 *
 * <p>There may be a thousand small ones, so each of them waits in memory until it is whole, and is
 * stored between two calls to the observer: a file thread that waited for its answer would cost as
 * much as the storing.
 */
final class ArrivingFile implements FileSink {
  /** The largest that waits in memory. */
  private static final int SMALL = 64 * 1024;

  private final RunningTest test;
  private final FileOperation put;
  private final Duration patience;
  private final Consumer<Exception> onFailure;
  private final TransferProgress progress;
  private final Optional<ByteBuffer> whole;

  /** Whether it is being stored, or has failed before that. */
  private final AtomicBoolean isSettled = new AtomicBoolean();

  private Optional<FileSink> target = Optional.empty();
  private long bytesHere;

  /**
   * A file that was accepted; the test waits for it from now on.
   *
   * @param put what announced it, its name already checked
   * @param onFailure called when it did not arrive, before the test is told that it is over
   */
  ArrivingFile(
      RunningTest test, FileOperation put, Duration patience, Consumer<Exception> onFailure) {
    this.test = test;
    this.put = put;
    this.patience = patience;
    this.onFailure = onFailure;
    long size = put.file().size();
    this.whole =
        put.file().hasSize() && size <= SMALL
            ? Optional.of(ByteBuffer.allocate((int) size))
            : Optional.empty();
    this.progress =
        new TransferProgress(
            test,
            put.test().id(),
            new TestObserver.Transfer(
                put.file().name(), /* isResults= */ true, /* bytes= */ 0, size));
    test.arrivals().begin(this);
  }

  @Override
  public boolean isBrief() {
    return whole.isPresent();
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (whole.isPresent()) {
      whole.get().put(bytes);
      return;
    }
    bytesHere += bytes.remaining();
    opened().write(bytes);
    progress.at(bytesHere);
  }

  @Override
  public CompletionStage<?> completing(long bytes) throws IOException {
    if (whole.isEmpty()) {
      completed(bytes);
      return CompletableFuture.completedFuture(null);
    }
    var stored = new CompletableFuture<Void>();
    test.between(() -> store(whole.get().flip(), stored));
    return stored
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            failure -> {
              throw new CompletionException(
                  failure instanceof TimeoutException
                      ? new IOException(
                          question() + " was not answered within " + patience.toSeconds() + " s")
                      : failure);
            });
  }

  private String question() {
    return "createFile of " + put.file().name();
  }

  private void store(ByteBuffer bytes, CompletableFuture<Void> stored) {
    if (!isSettled.compareAndSet(false, true)) {
      return;
    }
    try {
      int count = bytes.remaining();
      target = Optional.of(place(asked()));
      target.get().write(bytes);
      completed(count);
      stored.complete(null);
    } catch (IOException | RuntimeException e) {
      lost(e);
      stored.completeExceptionally(e);
    }
  }

  @Override
  public void completed(long bytes) throws IOException {
    opened().completed(bytes);
    test.arrivals().arrived(put.file().name());
    test.receive(put.test().id(), put.file().name());
    test.arrivals().over(this);
  }

  @Override
  public void failed(Exception cause) {
    if (isSettled.compareAndSet(false, true)) {
      lost(cause);
    }
  }

  private void lost(Exception cause) {
    target.ifPresent(it -> it.failed(cause));
    onFailure.accept(cause);
    test.arrivals().over(this);
  }

  private FileSink opened() throws IOException {
    if (target.isEmpty()) {
      target = Optional.of(place(test.ask(question(), patience, this::create)));
    }
    return target.get();
  }

  private Optional<OutputStream> create() throws IOException {
    return test.observer().create(test.workspace(), put.file().name());
  }

  /** The same as {@link RunningTest#ask}, for the thread on which it would be asked. */
  private Optional<OutputStream> asked() throws IOException {
    try {
      return create();
    } catch (IOException | RuntimeException e) { // a listener may throw anything
      throw new IOException(question() + " failed: " + e, e);
    }
  }

  private FileSink place(Optional<OutputStream> stream) throws IOException {
    if (stream.isPresent()) {
      return StreamSink.into(Channels.newChannel(stream.get()));
    }
    try {
      return PathSink.into(
          test.observer().resultsDirectory(test.workspace()).resolve(put.file().name()),
          put.file().size());
    } catch (InvalidPathException e) {
      throw new IOException("the workspace path of the test is no path: " + e.getMessage(), e);
    }
  }
}
