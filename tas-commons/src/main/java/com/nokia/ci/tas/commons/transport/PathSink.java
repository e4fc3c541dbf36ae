package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores an incoming file so that it appears complete or not at all: the bytes go to a hidden
 * neighbour, which is renamed when the last one is there.
 *
 * <p>The target's directory must exist; a file that the target names is replaced, a link there is
 * replaced and not followed, and neither is one in the place of the neighbour. Before the first
 * byte the announced size of a file that is not small is compared with the room on the disk.
 */
public final class PathSink implements FileSink {
  private static final Logger LOG = LoggerFactory.getLogger(PathSink.class);
  private static final int CHUNK = 256 * 1024;
  private static final int DIGITS_OF_DIGEST = 16;

  private final Path target;
  private final long size;

  /** The neighbour that a later transfer finds again; empty when none is to. */
  private final Optional<Path> kept;

  private final CompletableFuture<Path> stored = new CompletableFuture<>();
  private Path part;
  private Optional<FileChannel> channel = Optional.empty();

  private PathSink(Path target, long size, Optional<Path> kept) {
    this.target = target;
    this.size = size;
    this.kept = kept;
    this.part = target.resolveSibling("." + UUID.randomUUID() + ".part");
  }

  /**
   * A sink for one file. What came of it is thrown away when it does not become complete.
   *
   * @param target the file that is to appear, its name already checked
   * @param size announced number of bytes, or {@link FileReference#UNKNOWN_SIZE}
   */
  public static PathSink into(Path target, long size) {
    return new PathSink(target.toAbsolutePath(), size, Optional.empty());
  }

  /**
   * A sink for one file of known size that keeps what came of it when the connection is lost for
   * good, and goes on behind what another one kept: of the same target, and of the same digest or,
   * where that is not known, of the same size. Whoever uses it clears the directory sooner or
   * later.
   *
   * @param target the file that is to appear, its name already checked
   * @param file as it was announced
   */
  public static PathSink resuming(Path target, FileReference file) {
    Path absolute = target.toAbsolutePath();
    if (!file.hasSize()) {
      return new PathSink(absolute, file.size(), Optional.empty());
    }
    String what =
        file.sha256()
            .map(digest -> digest.substring(0, DIGITS_OF_DIGEST))
            .orElse(Long.toString(file.size()));
    Path kept = absolute.resolveSibling("." + absolute.getFileName() + "." + what + ".part");
    return new PathSink(absolute, file.size(), Optional.of(kept));
  }

  /** Completes on a file thread, with the target or with what {@link #failed} was told. */
  public CompletableFuture<Path> stored() {
    return stored;
  }

  @Override
  public long held() throws IOException {
    if (kept.isEmpty() || !Files.isRegularFile(kept.get(), LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    FileChannel to = opened();
    if (to.size() > size) {
      to.truncate(0);
    }
    to.position(to.size());
    return to.size();
  }

  @Override
  public void showHeld(Consumer<ByteBuffer> to) throws IOException {
    FileChannel from = opened();
    long end = from.position();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long at = 0;
    while (at < end) {
      chunk.clear().limit((int) Math.min(CHUNK, end - at));
      int count = from.read(chunk, at);
      if (count < 0) {
        throw new IOException(part.getFileName() + " has become shorter");
      }
      at += count;
      to.accept(chunk.flip());
    }
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    FileChannel to = openedForWriting();
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
    openedForWriting().close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    stored.complete(target);
  }

  @Override
  public void failed(Exception cause) {
    try {
      if (channel.isPresent()) {
        channel.get().close();
        boolean isKept =
            cause instanceof ConnectionLostException && kept.map(part::equals).orElse(false);
        if (!isKept) {
          Files.deleteIfExists(part);
        }
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    stored.completeExceptionally(cause);
  }

  /** Where nobody asked what is held, the file begins at its first byte. */
  private FileChannel openedForWriting() throws IOException {
    boolean isFirst = channel.isEmpty();
    FileChannel to = opened();
    return isFirst ? to.truncate(0) : to;
  }

  private FileChannel opened() throws IOException {
    if (channel.isEmpty()) {
      channel = Optional.of(open());
    }
    return channel.get();
  }

  private FileChannel open() throws IOException {
    Optional<FileChannel> partial = kept.isPresent() ? openKept(kept.get()) : Optional.empty();
    if (!Early.comesEarly(size)) {
      requireRoom(partial.isPresent() ? partial.get().size() : 0);
    }
    if (partial.isPresent()) {
      part = kept.orElseThrow();
      return partial.get();
    }
    try {
      return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw noDirectory();
    }
  }

  private NoSuchFileException noDirectory() {
    return new NoSuchFileException(
        target.getParent().toString(), null, "there is no such directory");
  }

  /** Empty when another transfer is writing there, or when it is no place to write to. */
  private static Optional<FileChannel> openKept(Path kept) {
    FileChannel opened;
    try {
      opened =
          FileChannel.open(
              kept,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("a file begins anew");
      return Optional.empty();
    }
    try {
      if (opened.tryLock() != null) {
        return Optional.of(opened);
      }
      opened.close();
    } catch (IOException | OverlappingFileLockException e) {
      LOG.atDebug().addKeyValue("error", e.toString()).log("a file is written twice at a time");
      close(opened);
    }
    return Optional.empty();
  }

  private static void close(FileChannel opened) {
    try {
      opened.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("a file did not close");
    }
  }

  private void requireRoom(long held) throws IOException {
    Path directory = target.getParent();
    if (!Files.isDirectory(directory)) {
      throw noDirectory();
    }
    // Not through its FileStore: that looks for a mount point, and a changed root has none.
    long room = directory.toFile().getUsableSpace();
    if (size - held > room) {
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
