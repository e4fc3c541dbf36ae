package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.transport.FileSink;
import com.nokia.ci.tas.commons.transport.NoInterestException;
import com.nokia.ci.tas.commons.transport.PathSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes an artifact from another node into the cache, if it is what it has to be. Comes over a
 * session alone, whose digest of what came is compared with the one wanted.
 */
final class LoanSink implements FileSink {
  private final ArtifactCache cache;
  private final ComingFiles coming;
  private final ContentDigest wanted;
  private final FileReference announced;
  private final Arriving arriving;
  private final LoanReceiver loan;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private Optional<PathSink> path = Optional.empty();
  private Optional<CachedFile> held = Optional.empty();
  private Optional<ContentDigest> came = Optional.empty();

  LoanSink(
      ArtifactCache cache,
      Arriving arriving,
      ComingFiles coming,
      ContentDigest wanted,
      FileReference announced,
      LoanReceiver loan) {
    this.cache = cache;
    this.coming = coming;
    this.arriving = arriving;
    this.wanted = wanted;
    this.announced = announced.digested(wanted.text());
    this.loan = loan;
  }

  @Override
  public CompletionStage<?> ready() {
    return coming.begin(wanted, over);
  }

  @Override
  public boolean isHeldWhole() {
    held = cache.has(wanted) ? cache.take(wanted) : Optional.empty();
    return held.isPresent();
  }

  @Override
  public long held() throws IOException {
    return path().held();
  }

  @Override
  public void showHeld(Consumer<ByteBuffer> to) throws IOException {
    path().showHeld(to);
  }

  @Override
  public void verified(String sha256) {
    came = ContentDigest.parse(sha256);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    requireInterest();
    path().write(bytes);
  }

  @Override
  public void completed(long bytes) throws IOException {
    requireInterest();
    if (held.isEmpty()) {
      if (!came.equals(Optional.of(wanted))) {
        throw new IOException("what came is not the artifact " + wanted);
      }
      path().completed(bytes);
      held = Optional.of(cache.add(arriving.loan(wanted), wanted));
    }
    coming.over(wanted, over);
    try (var file = held.get()) {
      loan.onCame(file);
    }
  }

  @Override
  public void failed(Exception cause) {
    path.ifPresent(it -> it.failed(cause));
    held.ifPresent(CachedFile::close);
    coming.over(wanted, over);
    loan.onFailed(cause);
  }

  private PathSink path() throws IOException {
    if (path.isEmpty()) {
      cache.makeRoom(announced.size());
      path = Optional.of(PathSink.resuming(arriving.loan(wanted), announced));
    }
    return path.get();
  }

  private void requireInterest() {
    if (!loan.isWanted()) {
      throw new NoInterestException("the artifact " + wanted + " is not wanted any more");
    }
  }
}
