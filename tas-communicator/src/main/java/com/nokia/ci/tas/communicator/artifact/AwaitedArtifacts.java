package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSink;
import com.nokia.ci.tas.commons.transport.PathSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The artifacts that were asked for. What nobody asked for is refused, so no peer can put anything
 * anywhere. Safe for use by several threads.
 */
public final class AwaitedArtifacts {
  private final ConcurrentHashMap<Key, Awaited> awaited = new ConcurrentHashMap<>();

  /** A file of a run, by its runtime id. */
  private record Key(String test, String name) {}

  private record Awaited(
      String name,
      Path target,
      ArtifactReceiver receiver,
      AtomicBoolean taken,
      AtomicBoolean over) {
    /** Whoever turns the key first may tell the receiver. */
    boolean turnOver() {
      return over.compareAndSet(false, true);
    }

    void interrupted() {
      taken.set(false);
      if (!over.get()) {
        receiver.onInterrupted();
      }
    }

    void spoiled(FileReference announced, Exception cause) {
      if (turnOver()) {
        String size = announced.hasSize() ? ", announced with " + announced.size() + " bytes" : "";
        receiver.onSpoiled("the artifact " + name + size + ", failed: " + cause.getMessage());
      }
    }
  }

  /**
   * Waits for a file; what was on its way under this name before is not wanted any more.
   *
   * @param test runtime id of the run
   * @param name as it was asked for
   * @param target where it goes, checked by the caller
   */
  public void await(RuntimeId test, String name, Path target, ArtifactReceiver receiver) {
    var former =
        awaited.put(
            new Key(test.text(), name),
            new Awaited(name, target, receiver, new AtomicBoolean(), new AtomicBoolean()));
    if (former != null) {
      former.turnOver();
    }
  }

  /** Nothing is wanted for this run any more; a transfer under way breaks off. */
  public void forget(RuntimeId test) {
    awaited
        .keySet()
        .removeIf(
            key -> {
              boolean isOfTest = key.test().equals(test.text());
              if (isOfTest) {
                Optional.ofNullable(awaited.get(key)).ifPresent(Awaited::turnOver);
              }
              return isOfTest;
            });
  }

  /** Those that were asked for and are not being sent at the moment. */
  public List<String> notComing(RuntimeId test) {
    return awaited.entrySet().stream()
        .filter(entry -> entry.getKey().test().equals(test.text()))
        .filter(entry -> !entry.getValue().over().get() && !entry.getValue().taken().get())
        .map(entry -> entry.getKey().name())
        .sorted()
        .toList();
  }

  /**
   * A peer wants to put a file over a connection of its own; whether it may say so has been
   * checked.
   */
  public FileAnswer onPut(FileOperation put) {
    return answer(put, (file, cause) -> file.spoiled(put.file(), cause));
  }

  /** Likewise over a session, on which a transfer that breaks off may go on. */
  public FileAnswer onStream(FileOperation put) {
    return answer(
        put,
        (file, cause) -> {
          if (cause instanceof ConnectionLostException) {
            file.interrupted();
          } else {
            file.spoiled(put.file(), cause);
          }
        });
  }

  private FileAnswer answer(FileOperation put, BiConsumer<Awaited, Exception> onFailure) {
    var file = find(put);
    if (file.isEmpty()) {
      return FileAnswer.refuse(
          "the file "
              + SafeName.shown(put.file().name())
              + " is not awaited for test "
              + SafeName.shown(put.test().id().text()));
    }
    if (!file.get().taken().compareAndSet(false, true)) {
      return FileAnswer.refuse("the file " + file.get().name() + " is coming already");
    }
    return FileAnswer.accept(new Sink(file.get(), put.file(), onFailure));
  }

  /**
   * A peer says that it will not send a file. Of one that is coming this says nothing: then a
   * second one was declined here, because it was asked for twice.
   */
  public void onAbort(FileOperation abort) {
    find(abort)
        .filter(file -> !file.taken().get())
        .filter(Awaited::turnOver)
        .ifPresent(file -> file.receiver().onAborted());
  }

  private Optional<Awaited> find(FileOperation operation) {
    return Optional.ofNullable(
            awaited.get(new Key(operation.test().id().text(), operation.file().name())))
        .filter(file -> !file.over().get());
  }

  /** Stores the file, unless the run has lost interest meanwhile. */
  private static final class Sink implements FileSink {
    private final Awaited file;
    private final PathSink path;
    private final BiConsumer<Awaited, Exception> onFailure;

    Sink(Awaited file, FileReference announced, BiConsumer<Awaited, Exception> onFailure) {
      this.file = file;
      this.path = PathSink.resuming(file.target(), announced);
      this.onFailure = onFailure;
    }

    @Override
    public long held() throws IOException {
      return path.held();
    }

    @Override
    public void showHeld(Consumer<ByteBuffer> to) throws IOException {
      path.showHeld(to);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      requireInterest();
      path.write(bytes);
    }

    @Override
    public void completed(long bytes) throws IOException {
      requireInterest();
      path.completed(bytes);
      if (file.turnOver()) {
        file.receiver().onStored();
      }
    }

    @Override
    public void failed(Exception cause) {
      path.failed(cause);
      onFailure.accept(file, cause);
    }

    private void requireInterest() throws IOException {
      if (file.over().get()) {
        throw new IOException("the file " + file.name() + " is not wanted any more");
      }
    }
  }
}
