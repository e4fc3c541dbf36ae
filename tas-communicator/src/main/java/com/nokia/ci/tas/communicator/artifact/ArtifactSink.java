package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.transport.FileSink;
import com.nokia.ci.tas.commons.transport.NoInterestException;
import com.nokia.ci.tas.commons.transport.PathSink;
import com.nokia.ci.tas.commons.transport.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes an artifact into the cache and from there into its workspace. What is in the cache already
 * is not taken a second time, nor what another transfer is bringing.
 */
final class ArtifactSink implements FileSink {
  private final ArtifactCache cache;
  private final Arriving arriving;
  private final ComingFiles coming;
  private final AwaitedArtifacts.Transfer transfer;
  private final Optional<ContentDigest> announced;
  private final Optional<MessageDigest> digest;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final boolean isSmall;

  /** A small file, as far as it has come. */
  private final ByteBuffer memory;

  private Optional<PathSink> path = Optional.empty();
  private Optional<Path> place = Optional.empty();
  private Optional<ContentDigest> verified = Optional.empty();
  private Optional<CachedFile> held = Optional.empty();

  ArtifactSink(
      ArtifactCache cache,
      Arriving arriving,
      ComingFiles coming,
      AwaitedArtifacts.Transfer transfer) {
    this.cache = cache;
    this.arriving = arriving;
    this.coming = coming;
    this.transfer = transfer;
    this.announced = transfer.announced().sha256().flatMap(ContentDigest::parse);
    this.digest = transfer.hasDigest() ? Optional.empty() : Optional.of(Sha256.begun());
    long size = transfer.announced().size();
    this.isSmall = size >= 0 && size <= SmallFiles.LARGEST;
    this.memory = ByteBuffer.allocate(isSmall ? (int) size : 0);
  }

  @Override
  public CompletionStage<?> ready() {
    return announced
        .filter(content -> !cache.has(content))
        .map(content -> coming.begin(content, over))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  @Override
  public boolean isHeldWhole() {
    held = announced.flatMap(cache::take);
    verified = held.map(CachedFile::digest);
    return held.isPresent();
  }

  @Override
  public long held() throws IOException {
    return isSmall ? 0 : path().held();
  }

  @Override
  public void showHeld(Consumer<ByteBuffer> to) throws IOException {
    path().showHeld(to);
  }

  @Override
  public boolean isBrief() {
    return isSmall;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    requireInterest();
    digest.ifPresent(it -> it.update(bytes.duplicate()));
    if (isSmall) {
      memory.put(bytes);
    } else {
      path().write(bytes);
    }
  }

  @Override
  public void verified(String sha256) {
    verified = ContentDigest.parse(sha256);
  }

  @Override
  public void completed(long bytes) throws IOException {
    requireInterest();
    if (held.isEmpty()) {
      held = Optional.of(isSmall ? kept() : arrived(bytes));
    }
    var file = held.get();
    try {
      file.placeAt(transfer.wanted().target());
    } catch (IOException e) {
      throw new IOException(
          transfer.wanted().name() + " cannot be put into its workspace: " + e.getMessage(), e);
    }
    held = Optional.empty();
    over();
    transfer.stored(file);
  }

  private CachedFile kept() throws IOException {
    var content = content();
    var here = cache.has(content) ? cache.take(content) : Optional.<CachedFile>empty();
    return here.isPresent() ? here.get() : cache.add(memory.array(), content);
  }

  private CachedFile arrived(long bytes) throws IOException {
    path().completed(bytes);
    return cache.add(place.orElseThrow(), content());
  }

  private ContentDigest content() {
    return verified.or(() -> digest.map(it -> ContentDigest.of(it.digest()))).orElseThrow();
  }

  @Override
  public void failed(Exception cause) {
    path.ifPresent(it -> it.failed(cause));
    if (path.isPresent() && transfer.isRunOver()) {
      arriving.leave(transfer.wanted().run(), transfer.wanted().name());
    }
    held.ifPresent(CachedFile::close);
    over();
    transfer.failed(cause);
  }

  private void over() {
    announced.ifPresent(content -> coming.over(content, over));
  }

  private PathSink path() throws IOException {
    if (path.isEmpty()) {
      requireInterest();
      cache.makeRoom(transfer.announced().size());
      var wanted = transfer.wanted();
      place = Optional.of(arriving.place(wanted.run(), wanted.name()));
      path = Optional.of(PathSink.resuming(place.get(), transfer.announced()));
    }
    return path.get();
  }

  private void requireInterest() {
    if (!transfer.isWanted()) {
      throw new NoInterestException(
          "the file " + transfer.wanted().name() + " is not wanted any more");
    }
  }
}
