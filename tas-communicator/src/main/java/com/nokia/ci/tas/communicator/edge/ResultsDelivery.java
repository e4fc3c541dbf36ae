package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.communicator.keeping.KeptRun;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Brings the results of one run to its client: keeps them, then sends some at a time. What is
 * missing is told when all that there is was delivered; the first that cannot be delivered ends it.
 */
final class ResultsDelivery {
  /** A small file costs a way to and fro, so the next ones are sent meanwhile. */
  private static final int MOST_AT_ONCE = 64;

  private final Workshop shop;
  private final RunId run;
  private final LiveRun live;
  private final Consumer<Event> post;
  private final Duration patience;

  /** These are guarded by this object. */
  private final Queue<KeptRun.Outgoing> waiting = new ArrayDeque<>();

  private int underWay;
  private boolean isOver;
  private List<String> complaints = List.of();

  /**
   * @param patience how long it is tried over failing connections
   */
  ResultsDelivery(Workshop shop, RunId run, LiveRun live, Consumer<Event> post, Duration patience) {
    this.shop = shop;
    this.run = run;
    this.live = live;
    this.post = post;
    this.patience = patience;
  }

  /** Collects; blocks. */
  void begin() {
    complaints = live.kept().collect(live.workspace());
    if (live.order().test().origin().bond().isDetached()) {
      finish(); // whoever wants them asks
      return;
    }
    live.beginDelivering();
    synchronized (this) {
      waiting.addAll(live.kept().undelivered());
    }
    sendMore();
  }

  private void sendMore() {
    for (var next = next(); next.isPresent(); next = next()) {
      send(next.get());
    }
    if (isThrough()) {
      finish();
    }
  }

  private synchronized Optional<KeptRun.Outgoing> next() {
    if (isOver || waiting.isEmpty() || underWay >= mostAtOnce() || !live.isDelivering()) {
      return Optional.empty();
    }
    underWay++;
    return Optional.of(waiting.remove());
  }

  /** A plain client is dialled for each file, and may take one at a time. */
  private int mostAtOnce() {
    return live.client().isOfSession() ? MOST_AT_ONCE : 1;
  }

  private void send(KeptRun.Outgoing file) {
    var put =
        new FileOperation(
            shop.self(),
            live.order().client(),
            FileOperation.Kind.PUT,
            TestDescription.named(live.order().id()),
            FileReference.named(file.name()));
    live.transfer(
        live.client().sendFile(put, FileSource.of(file.file()), patience),
        () -> sent(file),
        failure -> failed(file, failure));
  }

  private void sent(KeptRun.Outgoing file) {
    live.kept().delivered(file.name());
    synchronized (this) {
      underWay--;
    }
    sendMore();
  }

  private void failed(KeptRun.Outgoing file, Throwable failure) {
    if (end()) {
      post.accept(
          failed(
              Fault.FARM,
              "results-undeliverable",
              "the results file " + file.name() + " cannot be delivered: " + sentence(failure)));
    }
  }

  /** Whether everything was delivered, and nobody was told so yet. */
  private synchronized boolean isThrough() {
    return underWay == 0 && waiting.isEmpty() && live.isDelivering() && end();
  }

  /** Whether it was not over before. */
  private synchronized boolean end() {
    boolean isFirst = !isOver;
    isOver = true;
    return isFirst;
  }

  private void finish() {
    post.accept(
        complaints.isEmpty()
            ? new Event.ResultsSent(shop.now(), run)
            : failed(Fault.TEST, "results-missing", String.join("; ", complaints)));
  }

  private Event failed(Fault fault, String code, String sentence) {
    var reason = live.sealed(new Reason(fault, code, sentence));
    return new Event.StepFailed(shop.now(), run, reason);
  }

  private static String sentence(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
