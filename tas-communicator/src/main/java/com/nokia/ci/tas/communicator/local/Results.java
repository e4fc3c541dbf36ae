package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run leaves for its issuer: taken from the workspace by the rules of a node. */
final class Results {
  private static final int MOST_FILES = 10_000;

  private final ResultsWish wish;
  private final Path directory;
  private final List<Path> delivered = new ArrayList<>();
  private Optional<String> missing = Optional.empty();

  /**
   * @param directory that they are put into
   */
  Results(ResultsWish wish, Path directory) {
    this.wish = wish;
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
      for (String name : wish.files()) {
        Path file = workspace.directory().resolve(name);
        if (isOfWorkspace(workspace, file)) {
          deliver(file, ResultsWish.baseName(name));
        } else if (missing.isEmpty()) {
          missing = Optional.of("the executor did not leave the results file " + name);
        }
      }
      for (Path file : matching(workspace)) {
        deliver(file, nameOf(workspace, file));
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

  private List<Path> matching(Workspace workspace) throws IOException {
    if (wish.patterns().isEmpty()) {
      return List.of();
    }
    try (var files = Files.walk(workspace.directory())) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> wish.matches(relative(workspace, file)))
          .limit(MOST_FILES)
          .sorted()
          .toList();
    }
  }

  /** Of two with one name the second arrives by its path. */
  private String nameOf(Workspace workspace, Path file) {
    String path = relative(workspace, file);
    String name = ResultsWish.baseName(path);
    return delivered.contains(directory.resolve(name)) ? path.replace('/', '_') : name;
  }

  private static String relative(Workspace workspace, Path file) {
    return workspace.directory().relativize(file).toString().replace('\\', '/');
  }

  /** No link leads out of the workspace, at no level. */
  private static boolean isOfWorkspace(Workspace workspace, Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && file.toRealPath().startsWith(workspace.directory().toRealPath());
  }
}
