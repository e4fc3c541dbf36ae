package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ServiceLook;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.communicator.keeping.KeptRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the service what is kept of a run, for those who look at its pages: a part of the output,
 * while the run goes on or afterwards, or a file of the results. Nobody else is answered so, and
 * what was shown counts as delivered to nobody.
 */
final class ServiceView {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceView.class);

  private final Workshop shop;

  ServiceView(Workshop shop) {
    this.shop = shop;
  }

  /** Whether the service asks on its own behalf. */
  boolean isMeant(FileOperation get, Peer peer) {
    return peer.session().isPresent()
        && shop.access().isService(peer)
        && ServiceLook.of(get.file().path()).isPresent();
  }

  /** Answers with the bytes, or that there are none; reads from the disk. */
  void answer(FileOperation get, Peer peer) {
    var source = source(get);
    var answer =
        new FileOperation(
            shop.self(),
            get.sender(),
            source.isPresent() ? FileOperation.Kind.PUT : FileOperation.Kind.ABORT,
            TestDescription.named(get.test().id()),
            new FileReference(get.file().name(), get.file().path(), FileReference.UNKNOWN_SIZE));
    var link = shop.clients().answering(get.sender(), peer);
    var sending = source.isPresent() ? link.sendFile(answer, source.get()) : link.send(answer);
    var unused =
        sending.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.atDebug()
                    .addKeyValue("test", get.test().id())
                    .addKeyValue("error", failure.getMessage())
                    .log("the service has not taken what it asked for");
              }
            });
  }

  private Optional<FileSource> source(FileOperation get) {
    var test = get.test().id();
    if (get.file().name().equals(ServiceLook.OUTPUT)) {
      long from = ServiceLook.of(get.file().path()).map(ServiceLook::from).orElse(0L);
      return shop.kept().latest(test).map(KeptRun::output).flatMap(file -> part(file, from));
    }
    return shop.kept().find(test, get.file().name(), order -> true).map(FileSource::of);
  }

  /** What is there of the output by now, from a place on; nothing when the run has none yet. */
  private static Optional<FileSource> part(Path file, long from) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long there = Math.max(0, channel.size() - from);
      var bytes = ByteBuffer.allocate((int) Math.min(ServiceLook.MOST, there));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // A file that was cut meanwhile has no more.
      }
      byte[] read = bytes.array();
      int length = bytes.position();
      return Optional.of(FileSource.of(() -> new ByteArrayInputStream(read, 0, length), length));
    } catch (NoSuchFileException e) {
      return Optional.of(FileSource.of(() -> new ByteArrayInputStream(new byte[0]), 0));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("output cannot be read");
      return Optional.empty();
    }
  }
}
