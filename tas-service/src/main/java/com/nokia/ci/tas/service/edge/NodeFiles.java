package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.ServiceLook;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSink;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the service asks nodes for on its own behalf: output and results that they keep, for those
 * who look at its pages. Over the session of a node alone, a bounded number at a time, each with a
 * deadline for its first byte; what was not asked for is not taken. Safe for any thread; nothing
 * here blocks.
 */
public final class NodeFiles {
  private static final int MOST = 64;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Endpoint service;
  private final Transport transport;
  private final Sessions sessions;
  private final Map<Asked, Pending> pending = new ConcurrentHashMap<>();

  /**
   * Begins with nothing asked for.
   *
   * @param service the sender that nodes see
   * @param sessions who has one
   */
  public NodeFiles(Endpoint service, Transport transport, Sessions sessions) {
    this.service = service;
    this.transport = transport;
    this.sessions = sessions;
  }

  /** What was asked of whom; the same is asked once at a time. */
  private record Asked(Endpoint node, String run, String name, String path) {}

  /** Who waits for it. */
  private record Pending(FileSink sink, Consumer<String> refused) {}

  /**
   * Asks a node for a file of a run.
   *
   * @param name {@link ServiceLook#OUTPUT} for the output, else that of a file of its results
   * @param from how much of the output is known
   * @param sink gets the bytes; used when the node has them
   * @param refused is told once, on any thread, instead of the sink, in a sentence, when there will
   *     be none
   */
  public void ask(
      NodeId node, RuntimeId run, String name, long from, FileSink sink, Consumer<String> refused) {
    var look = new ServiceLook(from);
    var asked = new Asked(node.endpoint(), run.text(), name, look.text());
    if (!sessions.isThere(node.endpoint())) {
      refused.accept(
          "Node "
              + node
              + " keeps no connection with this service now, so it cannot be asked; what it keeps"
              + " is in its directory.");
    } else if (pending.size() >= MOST) {
      refused.accept("The service waits for too many files of nodes; try again in a moment.");
    } else if (pending.putIfAbsent(asked, new Pending(sink, refused)) != null) {
      refused.accept("Somebody else asks for the same at this moment; try again.");
    } else {
      send(asked, node, run, name, look);
    }
  }

  private void send(Asked asked, NodeId node, RuntimeId run, String name, ServiceLook look) {
    var get =
        new FileOperation(
            service,
            node.endpoint(),
            FileOperation.Kind.GET,
            TestDescription.named(run),
            new FileReference(name, look.text(), FileReference.UNKNOWN_SIZE));
    var unused =
        transport
            .send(node.endpoint(), get, Dialect.ESCAPED)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    refuse(asked, "Node " + node + " was not reached: " + failure.getMessage());
                  }
                });
    CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () ->
                refuse(
                    asked,
                    "Node "
                        + node
                        + " has not answered within "
                        + DEADLINE.toSeconds()
                        + " s; an older communicator does not know the question."));
  }

  private void refuse(Asked asked, String sentence) {
    Optional.ofNullable(pending.remove(asked)).ifPresent(it -> it.refused().accept(sentence));
  }

  /** Where a file goes that a node puts, if it was asked for it. */
  Optional<FileAnswer> file(FileOperation put, Peer peer) {
    return asked(put, peer)
        .flatMap(asked -> Optional.ofNullable(pending.remove(asked)))
        .map(it -> FileAnswer.accept(it.sink()));
  }

  /**
   * A node says that it has not what it was asked for.
   *
   * @return whether that was it
   */
  boolean abort(FileOperation abort, Peer peer) {
    var asked = asked(abort, peer).filter(pending::containsKey);
    asked.ifPresent(
        it ->
            refuse(
                it,
                "Node "
                    + it.node()
                    + " does not keep that any more, or not yet: results are there when the run is"
                    + " over, until the retention of the node ends."));
    return asked.isPresent();
  }

  /** What a node speaks of in its session, whatever it calls itself. */
  private static Optional<Asked> asked(FileOperation operation, Peer peer) {
    return peer.session()
        .filter(it -> ServiceLook.of(operation.file().path()).isPresent())
        .map(
            it ->
                new Asked(
                    it.endpoint(),
                    operation.test().id().text(),
                    operation.file().name(),
                    operation.file().path()));
  }
}
