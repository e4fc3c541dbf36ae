package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ContentDigest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The digests of files that are offered again and again, each taken once for each version of its
 * file: a version is told by path, size and time of modification. Safe for use by several threads.
 */
public final class DigestBook {
  private static final int MOST = 10_000;
  private static final int CHUNK = 256 * 1024;

  /** A file changed so shortly ago may change once more without its time telling. */
  private static final Duration RECENT = Duration.ofSeconds(2);

  private final Clock clock;
  private final Map<Version, CompletableFuture<ContentDigest>> digests =
      new LinkedHashMap<>(16, 0.75f, true);

  private record Version(Path file, long size, FileTime modified) {
    static Version of(Path file) throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(file.toAbsolutePath(), attributes.size(), attributes.lastModifiedTime());
    }
  }

  /**
   * An empty book.
   *
   * @param clock of the machine whose files these are
   */
  public DigestBook(Clock clock) {
    this.clock = clock;
  }

  /** The digest of a file as it is now, if it was taken. Reads nothing of it. */
  public Optional<ContentDigest> known(Path file) {
    try {
      return reading(file).known();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Somebody is about to read a file.
   *
   * @throws IOException when there is no such file
   */
  Reading reading(Path file) throws IOException {
    return new Reading(Version.of(file), clock.instant());
  }

  /**
   * The digest of a file as it is now; reads all of it, or waits for another thread that does,
   * unless it is known.
   *
   * @throws IOException when the file cannot be read
   */
  public ContentDigest of(Path file) throws IOException {
    var version = Version.of(file);
    var mine = new CompletableFuture<ContentDigest>();
    CompletableFuture<ContentDigest> taken;
    synchronized (digests) {
      taken = digests.computeIfAbsent(version, absent -> mine);
      bound();
    }
    if (taken == mine) {
      take(version, mine);
    }
    return outcome(taken);
  }

  /** Reads a file to its end. */
  public static ContentDigest digest(Path file) throws IOException {
    var digest = Sha256.begun();
    var chunk = ByteBuffer.allocateDirect(CHUNK);
    try (var from = FileChannel.open(file, StandardOpenOption.READ)) {
      while (from.read(chunk.clear()) >= 0) {
        digest.update(chunk.flip());
      }
    }
    return ContentDigest.of(digest.digest());
  }

  private void take(Version version, CompletableFuture<ContentDigest> into) throws IOException {
    var reading = new Reading(version, clock.instant());
    try {
      into.complete(digest(version.file()));
    } catch (IOException | RuntimeException e) {
      into.completeExceptionally(e);
      throw e;
    } finally {
      if (into.isCompletedExceptionally() || !reading.isSettled()) {
        synchronized (digests) {
          digests.remove(version, into);
        }
      }
    }
  }

  private static ContentDigest outcome(CompletableFuture<ContentDigest> taken) throws IOException {
    try {
      return taken.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the digest was not waited for");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private void bound() {
    var eldest = digests.keySet().iterator();
    while (digests.size() > MOST) {
      eldest.next();
      eldest.remove();
    }
  }

  /** One reading of one version of a file, by which its digest becomes known. */
  final class Reading {
    private final Version version;
    private final Instant began;

    private Reading(Version version, Instant began) {
      this.version = version;
      this.began = began;
    }

    /** The digest of this version, if it was taken. */
    Optional<ContentDigest> known() {
      synchronized (digests) {
        return Optional.ofNullable(digests.get(version))
            .filter(taken -> taken.isDone() && !taken.isCompletedExceptionally())
            .map(CompletableFuture::join);
      }
    }

    /** All of it was read, and this is its digest. */
    void note(ContentDigest digest) {
      if (isSettled()) {
        synchronized (digests) {
          digests.put(version, CompletableFuture.completedFuture(digest));
          bound();
        }
      }
    }

    /** What is known of this version is wrong. */
    void forget() {
      synchronized (digests) {
        digests.remove(version);
      }
    }

    /** Whether another version would have another time. */
    private boolean isSettled() {
      try {
        boolean isRecent = version.modified().compareTo(FileTime.from(began.minus(RECENT))) >= 0;
        return !isRecent && version.equals(Version.of(version.file()));
      } catch (IOException e) {
        return false;
      }
    }
  }
}
