package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that go to and come from nodes. A node gets a file only where it asked from: the
 * address that it wants the answer at must be the one its question came from.
 */
final class FileTraffic {
  private static final Logger LOG = LoggerFactory.getLogger(FileTraffic.class);

  private final Transport transport;
  private final Supplier<Endpoint> own;
  private final Executor threads;
  private final Duration patience;
  private final ArtifactDelivery delivery;

  FileTraffic(Transport transport, Supplier<Endpoint> own, Executor threads, Duration patience) {
    this.transport = transport;
    this.own = own;
    this.threads = threads;
    this.patience = patience;
    this.delivery = new ArtifactDelivery(transport, own, patience);
  }

  /**
   * Delivers an artifact of a test.
   *
   * @param onHopeless called when the node can be told neither the file nor that there is none
   */
  void deliver(RunningTest test, FileOperation get, Peer peer, Consumer<RunningTest> onHopeless) {
    test.between(
        () -> {
          if (asksForItself(get, peer)) {
            delivery.deliver(test, get, () -> onHopeless.accept(test));
          }
        });
  }

  /** Tells a node that there is no such file for it. */
  void refuse(FileOperation get, Peer peer) {
    threads.execute(
        () -> {
          if (asksForItself(get, peer)) {
            delivery.abort(get, "no running test of this client has such an artifact", () -> {});
          }
        });
  }

  /** Takes a results file. */
  FileAnswer receive(RunningTest test, FileOperation put) {
    var file = new ArrivingFile(test, put, patience, cause -> missed(test, put, cause));
    test.arrivals().over(put.file().name()); // what was asked for again is here
    return FileAnswer.accept(file);
  }

  private void missed(RunningTest test, FileOperation put, Exception cause) {
    String name = put.file().name();
    test.arrivals().missed(name, name + " did not arrive: " + cause.getMessage());
    LOG.atWarn()
        .addKeyValue("test", put.test().id().text())
        .addKeyValue("file", name)
        .addKeyValue("error", cause.getMessage())
        .log("results did not arrive");
    boolean isWorthRepeating =
        cause instanceof ProtocolException || cause instanceof ConnectionLostException;
    if (isWorthRepeating && put.sender().isDialable()) {
      askAgain(test, put);
    }
  }

  /** A node has no such results for us. */
  void aborted(RunningTest test, String name) {
    test.arrivals().missed(name, name + " did not arrive: the node has no such file");
    test.arrivals().over(name);
  }

  private void askAgain(RunningTest test, FileOperation put) {
    String name = put.file().name();
    if (!test.arrivals().mayRepeat(name)) {
      return;
    }
    test.arrivals().begin(name);
    var get =
        new FileOperation(
            own.get(),
            put.sender(),
            FileOperation.Kind.GET,
            TestDescription.named(put.test().id()),
            FileReference.named(name));
    var unused =
        transport
            .send(put.sender(), get, Dialect.ESCAPED)
            .thenCompose(sent -> waiting())
            .whenComplete((waited, failure) -> test.arrivals().over(name));
  }

  private CompletableFuture<Void> waiting() {
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean asksForItself(FileOperation get, Peer peer) {
    Endpoint sender = get.sender();
    if (sender.isDialable() && (peer.isLocal() || isAddressOf(sender.host(), peer))) {
      return true;
    }
    LOG.atWarn()
        .addKeyValue("from", peer)
        .addKeyValue("node", SafeName.shown(sender.toString()))
        .log("ignored a request whose answer would go elsewhere than where it came from");
    return false;
  }

  private static boolean isAddressOf(String host, Peer peer) {
    try {
      return Arrays.asList(InetAddress.getAllByName(host)).contains(peer.address().getAddress());
    } catch (UnknownHostException e) {
      return false; // nobody could be dialled there
    }
  }
}
