package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Where the bytes of one outgoing file come from. Opened anew for each try, on a file thread. */
public sealed interface FileSource permits FileSource.OfPath, FileSource.OfStream, RelayedFile {
  /** Of a file whose way nobody follows. */
  LongConsumer UNWATCHED = bytes -> {};

  /** A file as it is when its turn comes; its bytes go to the network without passing the heap. */
  static OfPath of(Path file) {
    return new OfPath(file, Optional.empty(), /* announced= */ false, UNWATCHED);
  }

  /**
   * The same, announced with its digest if that is known; else it is known from then on.
   *
   * @param digests has the digest, or gets it
   */
  static OfPath of(Path file, DigestBook digests) {
    return new OfPath(file, Optional.of(digests), /* announced= */ false, UNWATCHED);
  }

  /**
   * The same, announced with its digest in any case, though it has to be read for that: a receiver
   * that has it needs no byte of it.
   */
  static OfPath announced(Path file, DigestBook digests) {
    return new OfPath(file, Optional.of(digests), /* announced= */ true, UNWATCHED);
  }

  /**
   * A stream.
   *
   * @param opening opens it
   * @param size the exact number of bytes it has, or {@link FileReference#UNKNOWN_SIZE}
   */
  static FileSource of(Opening opening, long size) {
    return new OfStream(opening, size);
  }

  /** Opens a stream of bytes, which is closed by the one who asked for it. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  /**
   * A regular file.
   *
   * @param digests where its digest is found; empty: it is taken on the way
   * @param announced whether it is taken before the file is announced where it is not known
   * @param watch told how many bytes have been read for a session, on a file thread, chunk by
   *     chunk; must return at once. A plain connection takes the file without telling.
   */
  record OfPath(Path file, Optional<DigestBook> digests, boolean announced, LongConsumer watch)
      implements FileSource {
    public OfPath {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(digests, "digests");
      Objects.requireNonNull(watch, "watch");
    }

    /** The same, and somebody is told how far it is. */
    public OfPath watched(LongConsumer by) {
      return new OfPath(file, digests, announced, by);
    }

    @Override
    public String toString() {
      return "file " + file;
    }
  }

  /** Bytes of any origin. */
  record OfStream(Opening opening, long size) implements FileSource {
    public OfStream {
      Objects.requireNonNull(opening, "opening");
      if (size < FileReference.UNKNOWN_SIZE) {
        throw new IllegalArgumentException("size is " + size);
      }
    }

    @Override
    public String toString() {
      return "the stream of bytes to send";
    }
  }
}
