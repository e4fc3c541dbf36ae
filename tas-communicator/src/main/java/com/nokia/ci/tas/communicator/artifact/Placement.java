package com.nokia.ci.tas.communicator.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a cached file gets into a workspace. Small ones are copied. Large ones are cloned where the
 * file system can, which costs no bytes and lets the executor write; elsewhere they are linked,
 * without the permission to write, or copied where neither can be. For any thread.
 */
final class Placement {
  /** A clone needs a process: below this a copy costs less. */
  static final long CLONED_FROM = 4L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

  private final Cloning cloning;
  private final long linkedFrom;

  /** Makes a file that shares its bytes with another until one of the two is written to. */
  interface Cloning {
    /**
     * Clones.
     *
     * @param to is not there
     * @return whether it is there now
     */
    boolean clone(Path from, Path to) throws IOException;
  }

  /**
   * @param linkedFrom size of the smallest file that is linked
   */
  Placement(Cloning cloning, long linkedFrom) {
    this.cloning = cloning;
    this.linkedFrom = linkedFrom;
  }

  /** What the file system of a directory can do, found out by trying. */
  static Placement in(Path directory, long linkedFrom) {
    Cloning cloning = new CopyProgram();
    Path from = directory.resolve("." + UUID.randomUUID());
    Path to = directory.resolve("." + UUID.randomUUID());
    boolean clones = false;
    try {
      Files.write(from, new byte[4096]);
      clones = cloning.clone(from, to);
      Files.deleteIfExists(to);
      Files.delete(from);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("not tried whether the file system clones");
    }
    LOG.atInfo()
        .addKeyValue("directory", directory)
        .addKeyValue("clones", clones)
        .log("artifact cache is open");
    return new Placement(clones ? cloning : (source, target) -> false, linkedFrom);
  }

  /**
   * Puts a file somewhere, complete or not at all.
   *
   * @param size of the file
   * @param target replaced when it is there
   */
  void place(Path from, long size, Path target) throws IOException {
    Path part = complete(target, place -> bring(from, size, place));
    if (size >= linkedFrom) {
      // A move between two names of one file does nothing.
      Files.deleteIfExists(part);
    }
  }

  /**
   * The same for a small file, whose bytes are at hand. Nobody looks into a workspace before its
   * executor starts, and what a kill leaves there is deleted with it, so that one write under its
   * own name is enough: another name first would cost as much again.
   *
   * @param target replaced when it is there
   */
  static void place(byte[] content, Path target) throws IOException {
    try {
      write(content, target);
    } catch (FileAlreadyExistsException e) {
      complete(target, place -> write(content, place));
    }
  }

  private static void write(byte[] content, Path place) throws IOException {
    try (var channel =
        FileChannel.open(place, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(place);
      throw e;
    }
  }

  /** What makes a file. */
  private interface Making {
    void make(Path place) throws IOException;
  }

  /** Makes a file under another name first, which is the answer. */
  private static Path complete(Path target, Making making) throws IOException {
    Path part = target.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      making.make(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return part;
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private void bring(Path from, long size, Path part) throws IOException {
    if (size >= CLONED_FROM && cloning.clone(from, part)) {
      return;
    }
    if (size >= linkedFrom && isLinked(from, part)) {
      return;
    }
    Files.copy(from, part);
  }

  private static boolean isLinked(Path from, Path part) {
    try {
      protect(from);
      Files.createLink(part, from);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.atDebug().addKeyValue("error", e.toString()).log("an artifact is copied, not linked");
      return false;
    }
  }

  /** All names of a file share its permissions. */
  private static void protect(Path file) throws IOException {
    var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    var dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
    if (posix != null) {
      var permissions = posix.readAttributes().permissions();
      permissions.removeAll(PosixFilePermissions.fromString("-w--w--w-"));
      posix.setPermissions(permissions);
    } else if (dos != null) {
      dos.setReadOnly(true);
    }
  }
}
