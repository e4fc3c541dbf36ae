package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.keeping.ResultsSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run leaves for its issuer: taken from the workspace by the rules of a node. */
final class Results {
  private final ResultsWish wish;
  private final Set<String> others;
  private final Path directory;
  private final List<Path> delivered = new ArrayList<>();
  private Optional<String> missing = Optional.empty();

  /**
   * @param artifacts which no pattern means
   * @param directory that they are put into
   */
  Results(ResultsWish wish, Collection<String> artifacts, Path directory) {
    this.wish = wish;
    this.others = new HashSet<>(artifacts);
    others.addAll(Workspace.ownFiles());
    this.directory = directory;
  }

  /**
   * Takes what there is.
   *
   * @param output the whole output, if it was kept
   * @throws ExecutionException when a file cannot be put where it is to be
   */
  void take(Workspace workspace, Path output) {
    if (wish.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(directory);
      var found = new ResultsSearch(workspace.directory(), wish, others).search("");
      for (var file : found.files().entrySet()) {
        deliver(file.getValue(), file.getKey());
      }
      if (!found.complaints().isEmpty()) {
        missing = Optional.of(String.join("; ", found.complaints()));
      }
      if (wish.output().isPresent() && Files.isRegularFile(output)) {
        deliver(output, wish.output().get());
      }
    } catch (IOException e) {
      throw new ExecutionException(
          "the results cannot be put into " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Why the run has failed for want of results, if it has. */
  Optional<String> missing() {
    return missing;
  }

  List<Path> delivered() {
    return List.copyOf(delivered);
  }

  private void deliver(Path file, String name) throws IOException {
    Path target = directory.resolve(name);
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
    delivered.add(target);
  }
}
