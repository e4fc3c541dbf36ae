package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a node that wants an artifact: with the stream of the observer, else with the file in the
 * workspace, else with an abort (wire protocol 4.6).
 */
final class ArtifactDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(ArtifactDelivery.class);
  private static final int MOST_TRIES = 3;

  private final Transport transport;
  private final Duration patience;
  private final DigestBook digests;

  /**
   * @param digests of files in workspaces, told before they are sent: a node that has one already
   *     needs no byte of it
   */
  ArtifactDelivery(Transport transport, Duration patience, DigestBook digests) {
    this.transport = transport;
    this.digests = digests;
    this.patience = patience;
  }

  /**
   * Delivers one artifact; called between two calls to the observer of the test.
   *
   * @param reply to what was asked, its name already checked
   * @param onHopeless called when the node can be told neither the file nor that there is none
   */
  void deliver(RunningTest test, Reply reply, Runnable onHopeless) {
    source(test, reply.about())
        .ifPresentOrElse(
            source -> put(test, reply, source, 1, onHopeless),
            () -> abort(reply, "there is no such file", onHopeless));
  }

  /** Tells a node that it does not get a file. */
  void abort(Reply reply, String why, Runnable onHopeless) {
    FileOperation get = reply.about();
    LOG.atWarn()
        .addKeyValue("test", get.test().id().text())
        .addKeyValue("file", get.file().name())
        .addKeyValue("node", get.sender())
        .addKeyValue("reason", why)
        .log("artifact not delivered");
    transport
        .send(reply.to(), reply.as(FileOperation.Kind.ABORT), Dialect.ESCAPED)
        .whenComplete(
            (sent, failure) -> {
              // Who declines to hear of it waits for no file.
              if (failure != null && !(failure instanceof RefusedException)) {
                onHopeless.run();
              }
            });
  }

  private void put(
      RunningTest test, Reply reply, FileSource source, int attempt, Runnable onHopeless) {
    FileOperation get = reply.about();
    transport
        .sendFile(reply.to(), reply.as(FileOperation.Kind.PUT), source)
        .whenComplete(
            (bytes, failure) -> {
              if (failure == null) {
                test.deliver(get.test().id(), get.file().name());
                LOG.atDebug()
                    .addKeyValue("test", get.test().id().text())
                    .addKeyValue("file", get.file().name())
                    .addKeyValue("node", get.sender())
                    .log("artifact delivered");
              } else if (attempt < MOST_TRIES) {
                put(test, reply, source, attempt + 1, onHopeless);
              } else {
                abort(reply, String.valueOf(failure.getMessage()), onHopeless);
              }
            });
  }

  private Optional<FileSource> source(RunningTest test, FileOperation get) {
    String name = get.file().name();
    try {
      Optional<InputStream> stream = test.observer().read(test.workspace(), name);
      if (stream.isPresent()) {
        return Optional.of(streamed(test, name, stream.get()));
      }
      Path file = Path.of(test.workspace()).resolve(name);
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      var progress =
          new TransferProgress(
              test,
              get.test().id(),
              new TestObserver.Transfer(
                  name, /* isResults= */ false, /* bytes= */ 0, attributes.size()));
      return Optional.of(source(file, get.file()).watched(progress::at));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) { // a listener may throw anything
      LOG.atWarn().setCause(e).addKeyValue("file", name).log("artifact cannot be read");
      return Optional.empty();
    }
  }

  /** A node that has something of that name may have the same: then the digest is worth reading. */
  private FileSource.OfPath source(Path file, FileReference wanted) {
    return wanted.sha256().isPresent()
        ? FileSource.announced(file, digests)
        : FileSource.of(file, digests);
  }

  /** The stream that was just opened for the first try; another one for each further try. */
  private FileSource streamed(RunningTest test, String name, InputStream first) throws IOException {
    var unused = new AtomicReference<>(Optional.of(first));
    return FileSource.of(
        () -> {
          Optional<InputStream> stream = unused.getAndSet(Optional.empty());
          return stream.isPresent() ? stream.get() : reopened(test, name);
        },
        first instanceof FileInputStream file
            ? file.getChannel().size() - file.getChannel().position()
            : FileReference.UNKNOWN_SIZE);
  }

  private InputStream reopened(RunningTest test, String name) throws IOException {
    return test.ask(
            "readFile of " + name, patience, () -> test.observer().read(test.workspace(), name))
        .orElseThrow(() -> new IOException("the listener has no stream of " + name + " any more"));
  }
}
