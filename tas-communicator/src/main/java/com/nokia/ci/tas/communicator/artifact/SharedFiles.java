package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.ArrayDeque;
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
  private final Map<WantedArtifact.Source, Group> groups = new HashMap<>();

  /** The runs that share a source, and the files that they want, by name. */
  private static final class Group {
    private final Set<RuntimeId> runs = new HashSet<>();
    private final Map<String, Shared> files = new HashMap<>();
  }

  private static final class Shared {
    private Optional<AwaitedArtifact> asking = Optional.empty();
    private Optional<ContentDigest> here = Optional.empty();
    private final Deque<AwaitedArtifact> waiting = new ArrayDeque<>(1);
  }

  /** A run wants a file; what it got under this name is in the answer. */
  Optional<ContentDigest> join(AwaitedArtifact file) {
    group(file).runs.add(file.wanted().run());
    return shared(file).here;
  }

  private Group group(AwaitedArtifact file) {
    return groups.computeIfAbsent(file.wanted().source(), absent -> new Group());
  }

  private Shared shared(AwaitedArtifact file) {
    return group(file).files.computeIfAbsent(file.wanted().name(), absent -> new Shared());
  }

  private Optional<Shared> known(AwaitedArtifact file) {
    return Optional.ofNullable(groups.get(file.wanted().source()))
        .map(group -> group.files.get(file.wanted().name()));
  }

  /** Whether it is the one that has to ask; else it waits from now on. */
  boolean mayAsk(AwaitedArtifact file) {
    var shared = shared(file);
    if (shared.asking.isEmpty()) {
      shared.here = Optional.empty();
      shared.asking = Optional.of(file);
      return true;
    }
    shared.waiting.add(file);
    return false;
  }

  boolean isAsking(AwaitedArtifact file) {
    return known(file).flatMap(shared -> shared.asking).filter(it -> it == file).isPresent();
  }

  /** It came; those that have waited for it. */
  List<AwaitedArtifact> came(AwaitedArtifact file, ContentDigest digest) {
    var shared = known(file).filter(it -> it.asking.filter(file::equals).isPresent());
    if (shared.isEmpty()) {
      return List.of();
    }
    shared.get().asking = Optional.empty();
    shared.get().here = Optional.of(digest);
    var waiting = List.copyOf(shared.get().waiting);
    shared.get().waiting.clear();
    return waiting;
  }

  /** It is not wanted any more, or does not come; the one that has to ask now. */
  Optional<AwaitedArtifact> leave(AwaitedArtifact file) {
    var shared = known(file);
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    shared.get().waiting.remove(file);
    if (shared.get().asking.filter(file::equals).isEmpty()) {
      return Optional.empty();
    }
    shared.get().asking = Optional.ofNullable(shared.get().waiting.poll());
    return shared.get().asking;
  }

  /** A run is over, and has left all its files. */
  void end(WantedArtifact.Source source, RuntimeId run) {
    var group = groups.get(source);
    if (group != null) {
      group.runs.remove(run);
      if (group.runs.isEmpty()) {
        groups.remove(source);
      }
    }
  }
}
