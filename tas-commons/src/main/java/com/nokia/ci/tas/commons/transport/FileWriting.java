package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one {@link FileSink} on the file threads and holds its contract: writes in order, then one
 * end. Any thread may call; what is called after the end is ignored.
 */
final class FileWriting {
  private static final Logger LOG = LoggerFactory.getLogger(FileWriting.class);

  private final FileSink sink;
  private final Executor tasks;

  /** Used by the tasks alone, which run one after the other. */
  private boolean ended;

  FileWriting(FileSink sink, Executor fileThreads) {
    this.sink = sink;
    this.tasks = new SerialTasks(fileThreads);
  }

  /**
   * Writes bytes and releases them.
   *
   * @param then told what went wrong, if anything; runs on a file thread, not after the end
   */
  void write(ByteBuf bytes, Consumer<Optional<Exception>> then) {
    tasks.execute(
        () -> {
          try {
            attempt(() -> writeAll(bytes), then);
          } finally {
            bytes.release();
          }
        });
  }

  /** Ends with success, {@code then} as above. */
  void complete(long bytes, Consumer<Optional<Exception>> then) {
    tasks.execute(
        () -> {
          attempt(() -> sink.completed(bytes), then);
          ended = true;
        });
  }

  /** Ends with failure. */
  void fail(Exception cause) {
    tasks.execute(() -> end(cause));
  }

  private void attempt(Step step, Consumer<Optional<Exception>> then) {
    if (ended) {
      return;
    }
    Optional<Exception> problem = Optional.empty();
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      problem = Optional.of(e);
      end(e);
    }
    then.accept(problem);
  }

  private void writeAll(ByteBuf bytes) throws IOException {
    for (ByteBuffer part : bytes.nioBuffers()) {
      sink.write(part);
    }
  }

  private void end(Exception cause) {
    if (ended) {
      return;
    }
    ended = true;
    try {
      sink.failed(cause);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the receiver of a file could not be told that it failed");
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
