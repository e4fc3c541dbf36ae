package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code workspace} directory of a node: one directory for each run, named by its runtime id
 * (guide, "Test execution flow" 3.1). Safe for use by several threads for different runs.
 */
public final class Workspaces {
  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);

  private final Path root;
  private final KeepRule keep;

  /**
   * @param root made when it is not there
   * @param keep which workspaces stay after their run
   */
  public Workspaces(Path root, KeepRule keep) {
    this.root = root.toAbsolutePath().normalize();
    this.keep = keep;
  }

  /** Absolute. */
  public Path root() {
    return root;
  }

  /**
   * Empties the directory of what an earlier life of the node left, as the guide says of the start:
   * workspaces that are to be kept go to a directory of their own, the others are deleted. What
   * cannot be deleted stays and is logged.
   *
   * @param unfinished runtime ids of runs that this life goes on with
   * @throws ExecutionException when the directory itself cannot be made
   */
  public void clear(Set<String> unfinished) {
    try {
      Files.createDirectories(root);
      keepOld(unfinished);
      deleteEntries(root, Instant.MAX, unfinished);
    } catch (IOException e) {
      throw new ExecutionException("the directory " + root + " cannot be used: " + why(e), e);
    }
  }

  /**
   * Makes the empty workspace of a run; whatever stood under its name is deleted, but for one that
   * is to be kept, which goes where kept ones are.
   *
   * @throws ExecutionException when the id is no safe name or the directory cannot be made
   */
  public Workspace prepare(RuntimeId id) {
    SafeName.complaint("test id", id.text())
        .ifPresent(
            sentence -> {
              throw new ExecutionException(sentence);
            });
    Path directory = root.resolve(id.text());
    try {
      if (isToBeKept(directory)) {
        moveToKept(directory);
      }
      FileTree.delete(directory);
      Files.createDirectories(root);
      Files.createDirectory(directory);
      return new Workspace(directory);
    } catch (IOException e) {
      throw new ExecutionException("the workspace " + directory + " cannot be made: " + why(e), e);
    }
  }

  /**
   * The workspace that an earlier life of the node left of a run, as it is; made when it is gone.
   *
   * @throws ExecutionException when the id is no safe name or the directory cannot be made
   */
  public Workspace left(RuntimeId id) {
    SafeName.complaint("test id", id.text())
        .ifPresent(
            sentence -> {
              throw new ExecutionException(sentence);
            });
    Path directory = root.resolve(id.text());
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        ? new Workspace(directory)
        : prepare(id);
  }

  /** Deletes the workspace of a run that has finished, unless all are kept. */
  public void closeFinished(Workspace workspace) {
    close(workspace, false);
  }

  /** Deletes the workspace of a failed run, or leaves the reason in it when it is kept. */
  public void closeFailed(Workspace workspace, String reason) {
    if (keep.keeps(true)) {
      Path note = workspace.directory().resolve(Workspace.FAILURE_NOTE);
      try {
        FileTree.delete(note);
        Files.writeString(note, reason + System.lineSeparator());
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("file", note).setCause(e).log("failure note not written");
      }
    }
    close(workspace, true);
  }

  /**
   * Deletes kept workspaces that are older than the cleanup period.
   *
   * @param live runtime ids whose workspaces are in use
   */
  public void deleteOlderThan(Duration age, Instant now, Set<String> live) {
    try {
      deleteEntries(root, now.minus(age), live);
      if (Files.isDirectory(kept(), LinkOption.NOFOLLOW_LINKS)) {
        deleteEntries(kept(), now.minus(age), Set.of());
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", root).setCause(e).log("old workspaces not deleted");
    }
  }

  private void close(Workspace workspace, boolean failed) {
    try {
      if (keep.keeps(failed)) {
        ProductNotes.remove(workspace.directory());
      } else {
        FileTree.delete(workspace.directory());
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("directory", workspace.directory())
          .setCause(e)
          .log("workspace not closed");
    }
  }

  private Path kept() {
    return root.resolveSibling("kept-workspaces");
  }

  /** Those that the rule for this life keeps, by what the earlier one wrote into them. */
  private void keepOld(Set<String> unfinished) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (!unfinished.contains(entry.getFileName().toString()) && isToBeKept(entry)) {
          moveToKept(entry);
        }
      }
    }
  }

  /** No link counts for a workspace, nor for the note in it. */
  private boolean isToBeKept(Path directory) {
    Path note = directory.resolve(Workspace.FAILURE_NOTE);
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && keep.keeps(Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS));
  }

  private void moveToKept(Path workspace) {
    Path target = kept().resolve(workspace.getFileName());
    try {
      Files.createDirectories(kept());
      ProductNotes.remove(workspace);
      FileTree.delete(target);
      Files.move(workspace, target);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", workspace).setCause(e).log("workspace not kept");
    }
  }

  private static void deleteEntries(Path directory, Instant before, Set<String> live)
      throws IOException {
    FileTime limit = before.equals(Instant.MAX) ? null : FileTime.from(before);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (live.contains(entry.getFileName().toString())) {
          continue;
        }
        try {
          if (limit == null
              || Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).compareTo(limit) < 0) {
            FileTree.delete(entry);
          }
        } catch (IOException e) {
          LOG.atWarn().addKeyValue("directory", entry).setCause(e).log("workspace not deleted");
        }
      }
    }
  }

  private static String why(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
