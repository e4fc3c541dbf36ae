package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.SafeName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of one run: artifacts come into it, the executor runs in it, results are taken from
 * it (guide, "Test execution flow" 3.1). Names from outside reach files through this type alone, so
 * that none leaves the directory.
 */
public final class Workspace {
  /** In the workspace of a failed run that is kept: the reason of the failure. */
  public static final String FAILURE_NOTE = "TEST_HAS_FAILED.txt";

  private final Path directory;

  /** Files that the node itself puts into a workspace. */
  public static Set<String> ownFiles() {
    var names = new HashSet<>(ProductNotes.names());
    names.add(FAILURE_NOTE);
    return names;
  }

  Workspace(Path directory) {
    this.directory = directory;
  }

  /** Absolute. */
  public Path directory() {
    return directory;
  }

  /**
   * The place of a file directly in this workspace, there or not.
   *
   * @param what what the name is for, as it begins a sentence: {@code artifact}
   * @throws ExecutionException when the name could leave the workspace or no system would take it
   */
  public Path file(String what, String name) {
    SafeName.complaint(what, name)
        .ifPresent(
            sentence -> {
              throw new ExecutionException(sentence);
            });
    return directory.resolve(name);
  }

  /** A regular file directly in this workspace; empty when there is none or it is a link. */
  public Optional<Path> existingFile(String what, String name) {
    Path file = file(what, name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(file)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
