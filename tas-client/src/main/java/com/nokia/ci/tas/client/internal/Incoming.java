package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.MessageHandler;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What services and nodes say: finds the test it is about among those that the {@link Speaker} may
 * speak about (wire protocol 4.5 to 4.7). Runs on event loops.
 */
final class Incoming implements MessageReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  private static final String NO_SESSION =
      "the service did not answer in time to the offer of a kept connection, which it takes to"
          + " follow a test or to get its results; try again";

  private final Services services;
  private final FileTraffic files;
  private final Function<Peer, Speaker> speakers;

  Incoming(Services services, FileTraffic files, Function<Peer, Speaker> speakers) {
    this.services = services;
    this.files = files;
    this.speakers = speakers;
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    message.giveTo(new From(speakers.apply(peer), peer));
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    Speaker node = speakers.apply(peer);
    Optional<RunningTest> test =
        node.about(put.test().id().test())
            .filter(it -> it.hasResults(put.test().id(), put.file().name()))
            .findFirst();
    return test.map(it -> files.receive(it, put, node))
        .orElseGet(
            () -> {
              unwanted("file", put, peer);
              return FileAnswer.refuse(
                  "no running test of this client has results of that name; nothing is stored");
            });
  }

  private static void unwanted(String what, Message message, Peer peer) {
    LOG.atInfo()
        .addKeyValue("from", peer)
        .addKeyValue("message", SafeName.shown(message.getClass().getSimpleName()))
        .log("ignored a {} that belongs to no running test", what);
  }

  /** What one connection says. */
  private final class From implements MessageHandler {
    private final Speaker speaker;
    private final Peer peer;

    From(Speaker speaker, Peer peer) {
      this.speaker = speaker;
      this.peer = peer;
    }

    @Override
    public void on(TestOperation operation) {
      speaker
          .reports(operation)
          .ifPresentOrElse(it -> report(it, operation), () -> unwanted("report", operation, peer));
    }

    @Override
    public void on(TextMessage message) {
      speaker
          .about(message.test().id().test())
          .findFirst()
          .ifPresent(it -> it.say(message, isOfService(it, message)));
    }

    @Override
    public void on(FileOperation operation) {
      switch (operation.kind()) {
        case GET -> onGet(operation);
        case ABORT -> onAbort(operation);
        case PUT -> throw new IllegalStateException("a put is offered to onFile");
      }
    }

    private void onAbort(FileOperation operation) {
      if (operation.file().name().equals(FileReference.ALL)) {
        speaker
            .about(operation.test().id().test())
            .findFirst()
            .ifPresent(it -> services.keptOver(it, /* complaint= */ ""));
        return;
      }
      speaker
          .about(operation.test().id().test())
          .filter(it -> isResults(it, operation))
          .findFirst()
          .ifPresent(it -> files.aborted(it, operation.file().name()));
    }

    @Override
    public void on(ProductOperation operation) {
      unwanted("product operation", operation, peer);
    }

    @Override
    public void on(RegistryOperation operation) {
      unwanted("registration", operation, peer);
    }

    private void onGet(FileOperation get) {
      speaker
          .about(get.test().id().test())
          .filter(it -> it.hasArtifact(get.file().name()))
          .findFirst()
          .ifPresentOrElse(
              test -> files.deliver(test, get, speaker), () -> files.refuse(get, speaker));
    }
  }

  /** What nodes say over sessions bears numbers; plain ones cannot be told from their service. */
  private boolean isOfService(RunningTest test, TextMessage message) {
    return message.number().isEmpty()
        && !services.isPlain(test.service())
        && message.sender().port() == test.service().port();
  }

  private static boolean isResults(RunningTest test, FileOperation operation) {
    return test.hasResults(operation.test().id(), operation.file().name());
  }

  private void report(RunningTest test, TestOperation operation) {
    var progress = operation.test().progress();
    if (operation.test().origin().isOtherSubmission(test.description().origin())) {
      return; // said of another test of this id, which has ended
    }
    if (operation.kind() == TestOperation.Kind.STOP && services.submitAgain(test)) {
      return;
    }
    if (test.isHeld() && test.isOfAnother() && services.isPlain(test.service())) {
      services.end(test, TestProgress.NONE, Ending.refused(NO_SESSION));
      return;
    }
    if (operation.kind() == TestOperation.Kind.STOP
        && services.keptOver(test, progress.details())) {
      return;
    }
    test.adopt(operation.test());
    services.names().learn(test.service(), progress.reservedProducts());
    boolean isWhole = operation.test().id().subId().isEmpty();
    TestStatus status =
        operation.kind() == TestOperation.Kind.STOP ? TestStatus.FAILED : progress.status();
    switch (status) {
      case PENDING -> test.accept(progress);
      case STARTED -> test.start(operation.test().id(), progress);
      case FINISHED, FAILED, STOPPED -> {
        if (isWhole && operation.kind() == TestOperation.Kind.UPDATE) {
          services.endHeld(test, progress, outcome(test, operation, status));
        } else if (isWhole) {
          services.end(test, progress, outcome(test, operation, status));
        }
      }
      case UNKNOWN -> {
        // says nothing
      }
    }
  }

  private static Ending outcome(RunningTest test, TestOperation operation, TestStatus status) {
    TestProgress progress = operation.test().progress();
    if (status == TestStatus.FINISHED) {
      return new Ending(Ending.Kind.FINISHED, progress.details(), Optional.empty());
    }
    String reason =
        progress.details().isEmpty() ? Constant.UNSPECIFIED_REASON_OF_FAILURE : progress.details();
    boolean isStopped = status == TestStatus.STOPPED || reason.startsWith("stopped by");
    boolean isAnswered = test.isHeld() && operation.kind() == TestOperation.Kind.UPDATE;
    boolean isTaken = test.isAccepted() || (test.isOfAnother() && isAnswered);
    Ending.Kind ended = isTaken ? Ending.Kind.FAILED : Ending.Kind.REFUSED;
    return new Ending(
        isStopped ? Ending.Kind.STOPPED : ended, reason, progress.fault(), progress.code());
  }
}
