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
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings the results of one run to its client: keeps them, then sends one after another. What is
 * missing is told when all that there is was delivered.
 */
final class ResultsDelivery {
  private final Workshop shop;
  private final RunId run;
  private final LiveRun live;
  private final Consumer<Event> post;
  private final Duration patience;

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
    var complaints = live.kept().collect(live.workspace());
    if (live.order().test().origin().bond().isDetached()) {
      finish(complaints); // whoever wants them asks
      return;
    }
    live.beginDelivering();
    sendNext(live.kept().undelivered().iterator(), complaints);
  }

  private void sendNext(Iterator<KeptRun.Outgoing> files, List<String> complaints) {
    if (!live.isDelivering()) {
      return;
    }
    if (!files.hasNext()) {
      finish(complaints);
      return;
    }
    var next = files.next();
    var put =
        new FileOperation(
            shop.self(),
            live.order().client(),
            FileOperation.Kind.PUT,
            TestDescription.named(live.order().id()),
            FileReference.named(next.name()));
    live.transfer(
        live.client().sendFile(put, FileSource.of(next.file()), patience),
        () -> {
          live.kept().delivered(next.name());
          sendNext(files, complaints);
        },
        failure ->
            post.accept(
                failed(
                    Fault.FARM,
                    "results-undeliverable",
                    "the results file "
                        + next.name()
                        + " cannot be delivered: "
                        + sentence(failure))));
  }

  private void finish(List<String> complaints) {
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
