package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.FileReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One file that one run waits for. For any thread. */
final class AwaitedArtifact {
  private final WantedArtifact wanted;
  private final ArtifactReceiver receiver;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private Optional<CachedFile> used = Optional.empty();
  private boolean released;

  AwaitedArtifact(WantedArtifact wanted, ArtifactReceiver receiver) {
    this.wanted = wanted;
    this.receiver = receiver;
  }

  WantedArtifact wanted() {
    return wanted;
  }

  ArtifactReceiver receiver() {
    return receiver;
  }

  /** Whoever turns the key first may tell the receiver. */
  boolean turnOver() {
    return over.compareAndSet(false, true);
  }

  boolean isOver() {
    return over.get();
  }

  /** A transfer begins, unless there is one. */
  boolean begin() {
    return taken.compareAndSet(false, true);
  }

  boolean isComing() {
    return taken.get();
  }

  void interrupted() {
    taken.set(false);
    if (!over.get()) {
      receiver.onInterrupted();
    }
  }

  /** What it is told when it came wrong. */
  String complaint(FileReference announced, Exception cause) {
    String size = announced.hasSize() ? ", announced with " + announced.size() + " bytes" : "";
    return "the artifact " + wanted.name() + size + ", failed: " + cause.getMessage();
  }

  /** The run uses a file of the cache from now on. */
  synchronized void use(CachedFile file) {
    if (released) {
      file.close();
    } else {
      used.ifPresent(CachedFile::close);
      used = Optional.of(file);
    }
  }

  /** The run is over. */
  synchronized void release() {
    released = true;
    used.ifPresent(CachedFile::close);
    used = Optional.empty();
  }
}
