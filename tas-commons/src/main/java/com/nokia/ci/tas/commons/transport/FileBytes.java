package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a {@link FileSource}, read from front to back on a file thread. */
interface FileBytes extends Closeable {

  /** The number of bytes, or {@link FileReference#UNKNOWN_SIZE}. */
  long size();

  /** Appends some bytes, at most so many; -1 at the end. */
  int read(ByteBuf to, int most) throws IOException;

  /**
   * Checks, after the last byte of the announced size was read, that there were no more and no
   * fewer.
   *
   * @throws IOException with both numbers
   */
  void requireEnd(long read) throws IOException;

  /** Opens a regular file. */
  static FileBytes open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(Files.exists(file) ? "it is not a file" : "there is no such file");
    }
    return new OfPath(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Opens a stream. */
  static FileBytes open(FileSource.OfStream source) throws IOException {
    return new OfStream(source.opening().open(), source.size());
  }

  /** Of a file of the disk. */
  final class OfPath implements FileBytes {
    private final FileChannel channel;
    private final long size;

    private OfPath(FileChannel channel) throws IOException {
      this.channel = channel;
      try {
        this.size = channel.size();
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(ByteBuf to, int most) throws IOException {
      return to.writeBytes(channel, most);
    }

    @Override
    public void requireEnd(long read) throws IOException {
      long now = channel.size();
      if (now != size || read != size) {
        throw new IOException("it had " + size + " bytes and " + now + " after it was sent");
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Of a stream. */
  final class OfStream implements FileBytes {
    private final InputStream stream;
    private final long size;

    private OfStream(InputStream stream, long size) {
      this.stream = stream;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(ByteBuf to, int most) throws IOException {
      return to.writeBytes(stream, most);
    }

    @Override
    public void requireEnd(long read) throws IOException {
      boolean isLonger = read == size && stream.read() >= 0;
      if (isLonger || read < size) {
        throw new IOException(
            "it was announced with "
                + size
                + " bytes and has "
                + (isLonger ? "more" : "only " + read));
      }
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
