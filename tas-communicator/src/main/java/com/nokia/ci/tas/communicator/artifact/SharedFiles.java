package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs want the same file of the same client: one of them asks for it, the others wait for
 * what it gets, and those that come later find it. Forgotten with the last of these runs, for the
 * next test of that id may have other files. Not for several threads.
 */
final class SharedFiles {
  private final Map<Key, Shared> files = new HashMap<>();
  private final Map<WantedArtifact.Source, Set<RuntimeId>> runs = new HashMap<>();

  private record Key(WantedArtifact.Source source, String name) {
    static Key of(AwaitedArtifact file) {
      return new Key(file.wanted().source(), file.wanted().name());
    }
  }

  private static final class Shared {
    private Optional<AwaitedArtifact> asking = Optional.empty();
    private Optional<ContentDigest> here = Optional.empty();
    private final Deque<AwaitedArtifact> waiting = new ArrayDeque<>();
  }

  /** A run wants a file; what it got under this name is in the answer. */
  Optional<ContentDigest> join(AwaitedArtifact file) {
    runs.computeIfAbsent(file.wanted().source(), absent -> new HashSet<>())
        .add(file.wanted().run());
    return files.computeIfAbsent(Key.of(file), absent -> new Shared()).here;
  }

  /** Whether it is the one that has to ask; else it waits from now on. */
  boolean mayAsk(AwaitedArtifact file) {
    var shared = files.computeIfAbsent(Key.of(file), absent -> new Shared());
    if (shared.asking.isEmpty()) {
      shared.here = Optional.empty();
      shared.asking = Optional.of(file);
      return true;
    }
    shared.waiting.add(file);
    return false;
  }

  boolean isAsking(AwaitedArtifact file) {
    return Optional.ofNullable(files.get(Key.of(file)))
        .flatMap(shared -> shared.asking)
        .filter(it -> it == file)
        .isPresent();
  }

  /** It came; those that have waited for it. */
  List<AwaitedArtifact> came(AwaitedArtifact file, ContentDigest digest) {
    var shared = files.get(Key.of(file));
    if (shared == null || shared.asking.filter(it -> it == file).isEmpty()) {
      return List.of();
    }
    shared.asking = Optional.empty();
    shared.here = Optional.of(digest);
    var waiting = new ArrayList<>(shared.waiting);
    shared.waiting.clear();
    return waiting;
  }

  /** It is not wanted any more, or does not come; the one that has to ask now. */
  Optional<AwaitedArtifact> leave(AwaitedArtifact file) {
    var shared = files.get(Key.of(file));
    if (shared == null) {
      return Optional.empty();
    }
    shared.waiting.remove(file);
    if (shared.asking.filter(it -> it == file).isEmpty()) {
      return Optional.empty();
    }
    shared.asking = Optional.ofNullable(shared.waiting.poll());
    return shared.asking;
  }

  /** A run is over, and has left all its files. */
  void end(WantedArtifact.Source source, RuntimeId run) {
    var left = runs.get(source);
    if (left != null) {
      left.remove(run);
      if (left.isEmpty()) {
        runs.remove(source);
        files.keySet().removeIf(key -> key.source().equals(source));
      }
    }
  }
}
