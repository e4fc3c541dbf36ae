package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Deletion of a directory with all it holds; a symbolic link is deleted, never what it names. */
public final class FileTree {
  private FileTree() {}

  /**
   * Deletes a file, a link or a directory with its content. What is not there is fine.
   *
   * @throws IOException when something could not be deleted; as much as possible is gone then
   */
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var deletion = new Deletion();
    Files.walkFileTree(root, deletion);
    if (deletion.firstFailure != null) {
      throw deletion.firstFailure;
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    private IOException firstFailure;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      // An executor may leave directories without write permission; the owner may still give it.
      makeWritable(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
      makeWritable(file);
      delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException cause) {
      delete(directory);
      return FileVisitResult.CONTINUE;
    }

    private void delete(Path path) {
      try {
        try {
          Files.deleteIfExists(path);
        } catch (AccessDeniedException e) {
          makeWritable(path);
          Files.deleteIfExists(path);
        }
      } catch (NoSuchFileException e) {
        // Gone already: that is what was wanted.
        return;
      } catch (IOException e) {
        if (firstFailure == null) {
          firstFailure = e;
        }
      }
    }

    private void makeWritable(Path path) {
      try {
        var dos =
            Files.getFileAttributeView(path, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        var posix =
            Files.getFileAttributeView(
                path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix != null && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
        } else if (posix == null && dos != null) {
          dos.setReadOnly(false);
        }
      } catch (IOException e) {
        if (firstFailure == null) {
          firstFailure = e;
        }
      }
    }
  }
}
