package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.transport.FileSink;
import com.nokia.ci.tas.commons.transport.PathSink;
import com.nokia.ci.tas.commons.transport.StreamSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A results file on its way from a node: into the stream of the observer, else into the workspace,
 * where it appears complete or not at all. The observer is asked when the first byte is there.
 */
final class ArrivingFile implements FileSink {
  private final RunningTest test;
  private final FileOperation put;
  private final Duration patience;
  private final Consumer<Exception> onFailure;
  private final TransferProgress progress;
  private Optional<FileSink> target = Optional.empty();
  private long bytesHere;

  /**
   * A file that was accepted; the test waits for it from now on.
   *
   * @param put what announced it, its name already checked
   * @param onFailure called when it did not arrive, before the test is told that it is over
   */
  ArrivingFile(
      RunningTest test, FileOperation put, Duration patience, Consumer<Exception> onFailure) {
    this.test = test;
    this.put = put;
    this.patience = patience;
    this.onFailure = onFailure;
    this.progress =
        new TransferProgress(
            test,
            put.test().id(),
            new TestObserver.Transfer(
                put.file().name(), /* isResults= */ true, /* bytes= */ 0, put.file().size()));
    test.arrivals().begin(this);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    bytesHere += bytes.remaining();
    opened().write(bytes);
    progress.at(bytesHere);
  }

  @Override
  public void completed(long bytes) throws IOException {
    opened().completed(bytes);
    test.arrivals().arrived(put.file().name());
    test.receive(put.test().id(), put.file().name());
    test.arrivals().over(this);
  }

  @Override
  public void failed(Exception cause) {
    target.ifPresent(it -> it.failed(cause));
    onFailure.accept(cause);
    test.arrivals().over(this);
  }

  private FileSink opened() throws IOException {
    if (target.isEmpty()) {
      target = Optional.of(open());
    }
    return target.get();
  }

  private FileSink open() throws IOException {
    String name = put.file().name();
    Optional<OutputStream> stream =
        test.ask(
            "createFile of " + name,
            patience,
            () -> test.observer().create(test.workspace(), name));
    if (stream.isPresent()) {
      return StreamSink.into(Channels.newChannel(stream.get()));
    }
    try {
      return PathSink.into(
          test.observer().resultsDirectory(test.workspace()).resolve(name), put.file().size());
    } catch (InvalidPathException e) {
      throw new IOException("the workspace path of the test is no path: " + e.getMessage(), e);
    }
  }
}
