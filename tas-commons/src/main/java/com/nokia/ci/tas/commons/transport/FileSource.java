package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where the bytes of one outgoing file come from. Opened anew for each try, on a file thread. */
public sealed interface FileSource permits FileSource.OfPath, FileSource.OfStream, RelayedFile {

  /** A file as it is when its turn comes; its bytes go to the network without passing the heap. */
  static FileSource of(Path file) {
    return new OfPath(file, Optional.empty(), /* announced= */ false);
  }

  /**
   * The same, announced with its digest if that is known; else it is known from then on.
   *
   * @param digests has the digest, or gets it
   */
  static FileSource of(Path file, DigestBook digests) {
    return new OfPath(file, Optional.of(digests), /* announced= */ false);
  }

  /**
   * The same, announced with its digest in any case, though it has to be read for that: a receiver
   * that has it needs no byte of it.
   */
  static FileSource announced(Path file, DigestBook digests) {
    return new OfPath(file, Optional.of(digests), /* announced= */ true);
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
   */
  record OfPath(Path file, Optional<DigestBook> digests, boolean announced) implements FileSource {
    public OfPath {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(digests, "digests");
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
