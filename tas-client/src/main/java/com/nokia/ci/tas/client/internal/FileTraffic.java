package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that go to and come from nodes, each by the way on which it was asked for. */
final class FileTraffic {
  private static final Logger LOG = LoggerFactory.getLogger(FileTraffic.class);

  private final Transport transport;
  private final Executor threads;
  private final Duration patience;
  private final ArtifactDelivery delivery;

  FileTraffic(Transport transport, Executor threads, Duration patience, DigestBook digests) {
    this.transport = transport;
    this.threads = threads;
    this.patience = patience;
    this.delivery = new ArtifactDelivery(transport, patience, digests);
  }

  /** Delivers an artifact of a test. */
  void deliver(RunningTest test, FileOperation get, Speaker node) {
    test.between(
        () ->
            reply(get, node)
                .ifPresent(it -> delivery.deliver(test, it, () -> node.cannotBeTold(test))));
  }

  /** Tells a node that there is no such file for it. */
  void refuse(FileOperation get, Speaker node) {
    String why = "no running test of this client has such an artifact for whoever asked";
    threads.execute(() -> reply(get, node).ifPresent(it -> delivery.abort(it, why, () -> {})));
  }

  private static Optional<Reply> reply(FileOperation operation, Speaker node) {
    return node.wayTo(operation.sender()).map(way -> new Reply(way, node.us(), operation));
  }

  /** Takes a results file. */
  FileAnswer receive(RunningTest test, FileOperation put, Speaker node) {
    var file = new ArrivingFile(test, put, patience, cause -> missed(test, put, node, cause));
    test.arrivals().over(put.file().name()); // what was asked for again is here
    return FileAnswer.accept(file);
  }

  private void missed(RunningTest test, FileOperation put, Speaker node, Exception cause) {
    String name = put.file().name();
    test.arrivals().missed(name, name + " did not arrive: " + cause.getMessage());
    LOG.atWarn()
        .addKeyValue("test", put.test().id().text())
        .addKeyValue("file", name)
        .addKeyValue("error", cause.getMessage())
        .log("results did not arrive");
    boolean isWorthRepeating =
        cause instanceof ProtocolException || cause instanceof ConnectionLostException;
    if (isWorthRepeating && test.arrivals().mayRepeat(name)) {
      test.arrivals().begin(name);
      threads.execute(() -> askAgain(test, put, node));
    }
  }

  /** A node has no such results for us. */
  void aborted(RunningTest test, String name) {
    test.arrivals().missed(name, name + " did not arrive: the node has no such file");
    test.arrivals().over(name);
  }

  private void askAgain(RunningTest test, FileOperation put, Speaker node) {
    String name = put.file().name();
    reply(put, node)
        .ifPresentOrElse(
            it -> {
              var unused =
                  transport
                      .send(
                          it.to(),
                          it.as(FileOperation.Kind.GET, test.description().origin()),
                          Dialect.ESCAPED)
                      .thenCompose(sent -> waiting())
                      .whenComplete((waited, failure) -> test.arrivals().over(name));
            },
            () -> test.arrivals().over(name));
  }

  private CompletableFuture<Void> waiting() {
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
