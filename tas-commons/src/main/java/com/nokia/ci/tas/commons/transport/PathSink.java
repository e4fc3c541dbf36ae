package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Stores an incoming file so that it appears complete or not at all: the bytes go to a hidden
 * neighbour, which is renamed when the last one is there.
 *
 * <p>The target's directory must exist; a file that the target names is replaced, a link there is
 * replaced and not followed. Before the first byte the announced size is compared with the room on
 * the disk.
 */
public final class PathSink implements FileSink {
  private final Path target;
  private final Path part;
  private final long size;
  private final CompletableFuture<Path> stored = new CompletableFuture<>();
  private Optional<FileChannel> channel = Optional.empty();

  private PathSink(Path target, long size) {
    this.target = target;
    this.size = size;
    this.part = target.resolveSibling("." + UUID.randomUUID() + ".part");
  }

  /**
   * A sink for one file.
   *
   * @param target the file that is to appear, its name already checked
   * @param size announced number of bytes, or {@link FileReference#UNKNOWN_SIZE}
   */
  public static PathSink into(Path target, long size) {
    return new PathSink(target.toAbsolutePath(), size);
  }

  /** Completes on a file thread, with the target or with what {@link #failed} was told. */
  public CompletableFuture<Path> stored() {
    return stored;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    FileChannel to = opened();
    try {
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    } catch (IOException e) {
      throw new IOException(
          target.getFileName()
              + " cannot be written in "
              + target.getParent()
              + " beyond "
              + to.position()
              + " bytes: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void completed(long bytes) throws IOException {
    opened().close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    stored.complete(target);
  }

  @Override
  public void failed(Exception cause) {
    try {
      if (channel.isPresent()) {
        channel.get().close();
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    stored.completeExceptionally(cause);
  }

  private FileChannel opened() throws IOException {
    if (channel.isEmpty()) {
      requireRoom();
      channel =
          Optional.of(
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }
    return channel.get();
  }

  private void requireRoom() throws IOException {
    Path directory = part.getParent();
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString(), null, "there is no such directory");
    }
    // Not through its FileStore: that looks for a mount point, and a changed root has none.
    long room = directory.toFile().getUsableSpace();
    if (size > room) {
      throw new IOException(
          target.getFileName()
              + " has "
              + size
              + " bytes, but there is room for only "
              + room
              + " in "
              + directory);
    }
  }
}
