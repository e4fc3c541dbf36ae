package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contents that are on their way, so that another offer of the same waits for it instead of
 * bringing it a second time. For any thread.
 */
final class ComingFiles {
  private final Map<ContentDigest, CompletableFuture<Void>> coming = new ConcurrentHashMap<>();

  /** Completes when nobody else brings this; then the caller does, until it is {@link #over}. */
  CompletionStage<Void> begin(ContentDigest digest, CompletableFuture<Void> mine) {
    if (mine.isDone()) {
      return mine;
    }
    var other = coming.putIfAbsent(digest, mine);
    if (other != null && other != mine) {
      return other.thenCompose(done -> begin(digest, mine));
    }
    if (mine.isDone()) {
      coming.remove(digest, mine);
    }
    return CompletableFuture.completedFuture(null);
  }

  /** It is here or will not come. */
  void over(ContentDigest digest, CompletableFuture<Void> mine) {
    coming.remove(digest, mine);
    mine.complete(null);
  }
}
