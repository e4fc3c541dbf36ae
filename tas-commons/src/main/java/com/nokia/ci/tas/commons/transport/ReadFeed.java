package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a {@link FileSource} on the file threads, in chunks that fit into one frame, and takes the
 * digest of each chunk as it is read.
 */
final class ReadFeed implements Feed {
  /** One chunk. */
  static final int CHUNK = FrameType.MOST_OCTETS_OF_FILE;

  private static final Logger LOG = LoggerFactory.getLogger(ReadFeed.class);

  private final FileSource source;
  private final Executor alone;

  /** Changed once, when it is known that the file is not small. */
  private volatile Executor tasks;

  /** These are used by the tasks alone, which run one after the other. */
  private Optional<FileBytes> opened = Optional.empty();

  private MessageDigest digest = Sha256.begun();
  private Optional<ContentDigest> known = Optional.empty();
  private Optional<DigestBook.Reading> before = Optional.empty();
  private long position;
  private boolean atEnd;
  private boolean ended;
  private Owner owner;

  /** Set by any thread. */
  private volatile boolean stopped;

  private volatile boolean closed;

  /**
   * A feed.
   *
   * @param source of any kind but a file that is passed on
   * @param brief opens files of a disk one after another, and reads the small ones
   */
  ReadFeed(FileSource source, Executor brief, Executor fileThreads) {
    this.source = source;
    this.alone = new SerialTasks(fileThreads);
    this.tasks = source instanceof FileSource.OfPath ? brief : alone;
  }

  @Override
  public void prepare(Owner sender) {
    run(
        () -> {
          owner = sender;
          FileBytes bytes = open();
          opened = Optional.of(bytes);
          if (Early.comesEarly(bytes.size())) {
            prepareWhole(bytes);
          } else {
            tasks = alone;
            run(this::prepareLarge);
          }
        });
  }

  private void prepareLarge() throws IOException {
    known = digestBefore();
    owner.prepared(opened.orElseThrow().size(), known.map(ContentDigest::text));
  }

  private Optional<ContentDigest> digestBefore() throws IOException {
    if (source instanceof FileSource.OfPath path && path.digests().isPresent()) {
      var book = path.digests().get();
      before = Optional.of(book.reading(path.file()));
      return path.announced()
          ? Optional.of(book.of(path.file()))
          : before.flatMap(DigestBook.Reading::known);
    }
    return Optional.empty();
  }

  private FileBytes open() throws IOException {
    return source instanceof FileSource.OfPath path
        ? FileBytes.open(path.file())
        : FileBytes.open((FileSource.OfStream) source);
  }

  /** A small file is read before it is announced, so that its digest can be. */
  private void prepareWhole(FileBytes bytes) throws IOException {
    ByteBuf whole = read(bytes, (int) bytes.size());
    try {
      bytes.requireEnd(position);
      close();
      ended = true;
      owner.whole(whole.retain(), digest.digest());
    } finally {
      whole.release();
    }
  }

  @Override
  public void start(long offset, long bytes) {
    run(
        () -> {
          FileBytes from = opened.orElseThrow();
          if (known.isPresent() && offset == from.size()) {
            end(HexFormat.of().parseHex(known.get().text()));
            return;
          }
          hashUpTo(from, offset);
          endIfComplete(from);
        });
    request(bytes);
  }

  private void hashUpTo(FileBytes from, long offset) throws IOException {
    while (position < offset) {
      long before = position;
      read(from, (int) Math.min(CHUNK, offset - position)).release();
      if (position == before) {
        throw new IOException(
            "it has " + position + " bytes, and the receiver has " + offset + " of it");
      }
    }
  }

  @Override
  public void request(long bytes) {
    for (long left = bytes; left > 0; left -= CHUNK) {
      int most = (int) Math.min(CHUNK, left);
      run(() -> readChunk(most));
    }
  }

  private void readChunk(int most) throws IOException {
    if (ended) {
      return;
    }
    FileBytes from = opened.orElseThrow();
    ByteBuf chunk = read(from, most);
    if (source instanceof FileSource.OfPath path) {
      path.watch().accept(position);
    }
    if (chunk.isReadable()) {
      owner.bytes(chunk);
    } else {
      chunk.release();
    }
    endIfComplete(from);
  }

  private void endIfComplete(FileBytes from) throws IOException {
    boolean hasSize = from.size() != FileReference.UNKNOWN_SIZE;
    if (hasSize && (atEnd || position >= from.size())) {
      from.requireEnd(position);
      end();
    } else if (atEnd) {
      end();
    }
  }

  private void end() {
    byte[] sha256 = digest.digest();
    if (known.isPresent() && !known.get().equals(ContentDigest.of(sha256))) {
      before.ifPresent(DigestBook.Reading::forget);
      throw new TasException(source + " was changed while it was sent");
    }
    before.ifPresent(reading -> reading.note(ContentDigest.of(sha256)));
    end(sha256);
  }

  private void end(byte[] sha256) {
    ended = true;
    owner.end(sha256);
  }

  /** A full buffer, or less at the end. */
  private ByteBuf read(FileBytes from, int count) throws IOException {
    int most = count;
    if (from.size() != FileReference.UNKNOWN_SIZE) {
      most = (int) Math.min(count, from.size() - position);
    }
    ByteBuf chunk = ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, most), Math.max(1, most));
    try {
      while (chunk.readableBytes() < most && !atEnd) {
        atEnd = from.read(chunk, most - chunk.readableBytes()) < 0;
      }
      Sha256.update(digest, chunk);
      position += chunk.readableBytes();
      return chunk;
    } catch (IOException | RuntimeException e) {
      chunk.release();
      throw e;
    }
  }

  @Override
  public boolean canBeginAnew() {
    return true;
  }

  @Override
  public void stop() {
    stopped = true;
    if (!closed) {
      tasks.execute(this::close);
    }
  }

  private void close() {
    ended = true;
    try {
      if (opened.isPresent()) {
        opened.get().close();
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("a sent file did not close");
    }
    opened = Optional.empty();
    closed = true;
  }

  private void run(Step step) {
    tasks.execute(
        () -> {
          if (stopped) {
            return;
          }
          try {
            step.run();
          } catch (IOException e) {
            ended = true;
            owner.failed(new TasException(source + " cannot be read: " + e.getMessage(), e));
          } catch (TasException e) {
            ended = true;
            owner.failed(e);
          } catch (RuntimeException e) {
            ended = true;
            owner.failed(new TasException(source + " cannot be sent: " + e.getMessage(), e));
          }
        });
  }

  private interface Step {
    void run() throws IOException;
  }
}
