package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The artifacts that runs wait for. Each comes into the cache and from there into the workspaces of
 * all that want it; what nobody asked for is refused, so no peer can put anything anywhere. Safe
 * for use by several threads.
 */
public final class AwaitedArtifacts {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedArtifacts.class);

  private final ArtifactCache cache;
  private final Arriving arriving;
  private final ComingFiles coming = new ComingFiles();

  /** Of each run by its runtime id, by name. These three are guarded by this. */
  private final Map<String, Map<String, AwaitedArtifact>> awaited = new HashMap<>();

  private final Map<String, List<AwaitedArtifact>> forgotten = new HashMap<>();
  private final SharedFiles shared = new SharedFiles();

  /**
   * Nothing is awaited.
   *
   * @param cache where all come into
   */
  public AwaitedArtifacts(ArtifactCache cache) {
    this.cache = cache;
    this.arriving = cache.arriving();
  }

  /**
   * Waits for a file; what was on its way under this name before is not wanted any more. What is
   * here already is put in its place by the calling thread.
   *
   * @return whether the client has to be asked for it
   */
  public boolean await(WantedArtifact wanted, ArtifactReceiver receiver) {
    var file = new AwaitedArtifact(wanted, receiver);
    Optional<ContentDigest> here;
    Optional<AwaitedArtifact> next = Optional.empty();
    synchronized (this) {
      var former = filesOf(wanted.run()).put(wanted.name(), file);
      if (former != null) {
        former.turnOver();
        former.release();
        next = shared.leave(former);
      }
      here = shared.join(file);
    }
    next.ifPresent(it -> it.receiver().onLeftAlone());
    var known = here.or(wanted::content);
    if (known.flatMap(cache::take).filter(cached -> isGiven(file, cached)).isPresent()) {
      return false;
    }
    synchronized (this) {
      return shared.mayAsk(file);
    }
  }

  private Map<String, AwaitedArtifact> filesOf(RuntimeId run) {
    return awaited.computeIfAbsent(run.text(), absent -> new HashMap<>());
  }

  /**
   * A file that a run waits for has come from elsewhere and is in the cache now: the run gets it,
   * and those that have waited for it.
   *
   * @return false when the run still waits
   */
  public boolean give(RuntimeId run, String name, ContentDigest digest) {
    Optional<AwaitedArtifact> file;
    synchronized (this) {
      file = find(run.text(), name);
    }
    if (file.isEmpty()) {
      return true; // it is over
    }
    var cached = cache.take(digest);
    if (cached.isEmpty() || !isGiven(file.get(), cached.get())) {
      return false;
    }
    cache.called(cached.get(), name);
    share(file.get(), digest);
    return true;
  }

  /**
   * Where an artifact goes that another node puts.
   *
   * @param wanted what it has to be
   * @param announced its size
   */
  public FileAnswer borrow(ContentDigest wanted, FileReference announced, LoanReceiver receiver) {
    return FileAnswer.accept(new LoanSink(cache, arriving, coming, wanted, announced, receiver));
  }

  /** Nothing is wanted for this run any more; a transfer under way breaks off. */
  public void forget(RuntimeId run) {
    var left = new ArrayList<AwaitedArtifact>();
    synchronized (this) {
      var files = awaited.remove(run.text());
      if (files == null) {
        return;
      }
      for (var file : files.values()) {
        file.turnOver();
        shared.leave(file).ifPresent(left::add);
      }
      files.values().forEach(file -> shared.end(file.wanted().source(), run));
      forgotten.computeIfAbsent(run.text(), absent -> new ArrayList<>()).addAll(files.values());
    }
    left.forEach(file -> file.receiver().onLeftAlone());
  }

  /** A run that was forgotten uses its files no more; writes to the disk. */
  public void release(RuntimeId run) {
    List<AwaitedArtifact> files;
    synchronized (this) {
      files = Optional.ofNullable(forgotten.remove(run.text())).orElse(List.of());
    }
    files.forEach(AwaitedArtifact::release);
    arriving.close(run);
  }

  /** What is here may be the file that a client has under this name. */
  public Optional<ContentDigest> perhaps(String name) {
    return cache.named(name);
  }

  /** Those that were asked for and are not being sent at the moment. */
  public synchronized List<String> notComing(RuntimeId run) {
    return awaited.getOrDefault(run.text(), Map.of()).values().stream()
        .filter(file -> !file.isOver() && !file.isComing() && shared.isAsking(file))
        .map(file -> file.wanted().name())
        .sorted()
        .toList();
  }

  /**
   * A peer wants to put a file over a connection of its own; whether it may say so has been
   * checked.
   */
  public FileAnswer onPut(FileOperation put) {
    return answer(put, true);
  }

  /** Likewise over a session, on which a transfer that breaks off may go on. */
  public FileAnswer onStream(FileOperation put) {
    return answer(put, false);
  }

  private FileAnswer answer(FileOperation put, boolean isOnce) {
    var file = find(put);
    if (file.isEmpty()) {
      return FileAnswer.refuse(
          "the file "
              + SafeName.shown(put.file().name())
              + " is not awaited for test "
              + SafeName.shown(put.test().id().text()));
    }
    if (!file.get().begin()) {
      return FileAnswer.refuse("the file " + file.get().wanted().name() + " is coming already");
    }
    var transfer = new Transfer(file.get(), put.file(), isOnce);
    return FileAnswer.accept(new ArtifactSink(cache, arriving, coming, transfer));
  }

  /**
   * A peer says that it will not send a file. Of one that is coming this says nothing: then a
   * second one was declined here, because it was asked for twice.
   */
  public void onAbort(FileOperation abort) {
    find(abort)
        .filter(file -> !file.isComing())
        .filter(AwaitedArtifact::turnOver)
        .ifPresent(
            file -> {
              leave(file);
              file.receiver().onAborted();
            });
  }

  private synchronized Optional<AwaitedArtifact> find(FileOperation operation) {
    return find(operation.test().id().text(), operation.file().name());
  }

  /** Guarded by this. */
  private Optional<AwaitedArtifact> find(String run, String name) {
    return Optional.ofNullable(awaited.getOrDefault(run, Map.of()).get(name))
        .filter(file -> !file.isOver());
  }

  /** Those that have waited for the same file get it, too. */
  private void share(AwaitedArtifact file, ContentDigest digest) {
    List<AwaitedArtifact> waiting;
    synchronized (this) {
      waiting = shared.came(file, digest);
    }
    for (var other : waiting) {
      boolean isThere = cache.take(digest).filter(taken -> isGiven(other, taken)).isPresent();
      if (!isThere && !other.isOver()) {
        waitAlone(other);
      }
    }
  }

  private void waitAlone(AwaitedArtifact other) {
    boolean mayAsk;
    synchronized (this) {
      mayAsk = shared.mayAsk(other);
    }
    if (mayAsk) {
      other.receiver().onLeftAlone();
    }
  }

  private void leave(AwaitedArtifact file) {
    Optional<AwaitedArtifact> next;
    synchronized (this) {
      next = shared.leave(file);
    }
    next.ifPresent(it -> it.receiver().onLeftAlone());
  }

  /** Puts a file in its place and tells so; a failure is told, too, and then it is not wanted. */
  private boolean isGiven(AwaitedArtifact file, CachedFile cached) {
    try {
      cached.placeAt(file.wanted().target());
    } catch (IOException e) {
      cached.close();
      LOG.atWarn().addKeyValue("file", file.wanted().target()).setCause(e).log("not placed");
      return false;
    }
    file.use(cached);
    if (file.turnOver()) {
      file.receiver().onStored();
    }
    return true;
  }

  /** One file on its way for a run, and what follows when it ends. */
  final class Transfer {
    private final AwaitedArtifact file;
    private final FileReference announced;
    private final boolean isOnce;

    private Transfer(AwaitedArtifact file, FileReference announced, boolean isOnce) {
      this.file = file;
      this.announced = announced;
      this.isOnce = isOnce;
    }

    WantedArtifact wanted() {
      return file.wanted();
    }

    FileReference announced() {
      return announced;
    }

    /** Whether its sender says its digest in the end. */
    boolean hasDigest() {
      return !isOnce;
    }

    boolean isWanted() {
      return !file.isOver();
    }

    /** Whether nothing at all is wanted for its run any more. */
    boolean isRunOver() {
      synchronized (AwaitedArtifacts.this) {
        return !awaited.containsKey(file.wanted().run().text());
      }
    }

    /** It is in the workspace; those that have waited for it get it, too. */
    void stored(CachedFile cached) {
      cache.called(cached, file.wanted().name());
      var digest = cached.digest();
      file.use(cached);
      if (file.turnOver()) {
        file.receiver().onStored();
      }
      share(file, digest);
    }

    void failed(Exception cause) {
      if (cause instanceof ConnectionLostException && !isOnce) {
        file.interrupted();
      } else if (file.turnOver()) {
        leave(file);
        file.receiver().onSpoiled(file.complaint(announced, cause));
      }
    }
  }
}
