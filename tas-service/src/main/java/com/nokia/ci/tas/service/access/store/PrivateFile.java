package com.nokia.ci.tas.service.access.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that their owner alone can read: mode 600, in directories of mode 700, from the moment they
 * are there. Where the file system knows no such rights they are left as they are. What the
 * administrator of the machine makes in the directory of another user belongs to that user, so that
 * a service that runs as an ordinary user can read it.
 */
public final class PrivateFile {
  private static final boolean IS_POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private PrivateFile() {}

  /**
   * Puts a file in place of whatever was there: complete or not at all, also if the machine stops.
   *
   * @throws IOException when it cannot be written; the former file is untouched then
   */
  public static void replace(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    write(temporary, text);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException when it is there
   */
  public static void create(Path file, String text) throws IOException {
    write(file, text);
  }

  /** Makes a directory and those above it; one that is there stays as it is. */
  public static void createDirectory(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    if (!Files.isDirectory(absolute)) {
      createDirectory(absolute.getParent());
      try {
        Files.createDirectory(absolute, rights("rwx------"));
        belongToOwnerOfDirectory(absolute);
      } catch (FileAlreadyExistsException e) {
        requireDirectory(absolute, e);
      }
    }
  }

  /** Another program may have made it a moment ago. */
  private static void requireDirectory(Path absolute, FileAlreadyExistsException otherwise)
      throws FileAlreadyExistsException {
    if (!Files.isDirectory(absolute)) {
      throw otherwise;
    }
  }

  /** Opens a file to lock it; makes it if there is none. */
  static FileChannel openLock(Path file) throws IOException {
    return open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Opens a file to write at its end; makes it if there is none, and follows no link. */
  public static FileChannel openToAppend(Path file) throws IOException {
    return open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
  }

  private static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    boolean isNew = Files.notExists(file);
    var channel = FileChannel.open(file, options, rights("rw-------"));
    if (isNew) {
      belongToOwnerOfDirectory(file);
    }
    return channel;
  }

  private static void write(Path file, String text) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, rights("rw-------"))) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    belongToOwnerOfDirectory(file);
  }

  /** What the administrator makes among the files of another user belongs to that user. */
  private static void belongToOwnerOfDirectory(Path file) throws IOException {
    if (IS_POSIX && Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
      Files.setOwner(file, Files.getOwner(file.toAbsolutePath().getParent()));
    }
  }

  private static FileAttribute<?>[] rights(String letters) {
    return IS_POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters))
        }
        : new FileAttribute<?>[0];
  }
}
