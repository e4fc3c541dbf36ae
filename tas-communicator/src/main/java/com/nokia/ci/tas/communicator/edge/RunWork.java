package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.communicator.artifact.ArtifactReceiver;
import com.nokia.ci.tas.communicator.artifact.ResultsName;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.ExecutorOrder;
import com.nokia.ci.tas.communicator.node.Effects;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.RunId;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the node decided for its runs: each step on a thread of the pool, those of one run one
 * after another, and its outcome posted to the loop.
 */
final class RunWork implements Effects {
  private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);
  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(5);

  private final Workshop shop;
  private final LiveRuns live;
  private final Consumer<Event> post;
  private final ServiceLink service;
  private final Runnable onEnd;

  RunWork(Workshop shop, LiveRuns live, Consumer<Event> post, ServiceLink service, Runnable onEnd) {
    this.shop = shop;
    this.live = live;
    this.post = post;
    this.service = service;
    this.onEnd = onEnd;
  }

  @Override
  public void makeWorkspace(RunId run, RunOrder order) {
    LOG.atInfo()
        .addKeyValue("test", run)
        .addKeyValue("attempt", order.attempt())
        .addKeyValue("client", order.client())
        .log("run begins");
    var begun = live.begin(run, order);
    step(
        run,
        Fault.NODE,
        it -> {
          shop.access().admitClient(order.client());
          begun.workspace(shop.workspaces().prepare(run.test()));
          post.accept(new Event.WorkspaceMade(shop.now(), run));
        });
  }

  @Override
  public void fetchArtifact(RunId run, RunOrder order, String name) {
    step(
        run,
        Fault.REQUESTER,
        it -> {
          var target = it.workspace().file("artifact", name);
          shop.awaited().await(run.test(), name, target, receiver(run, name));
          var get = message(FileOperation.Kind.GET, order, FileReference.named(name));
          it.transfer(
              shop.sending().send(() -> send(order.client(), get)),
              () -> LOG.atDebug().addKeyValue("test", run).log("artifact asked for"),
              failure ->
                  fail(
                      run,
                      new Reason(
                          Fault.FARM,
                          "client-unreachable",
                          "the artifact " + name + " cannot be asked for: " + sentence(failure))));
        });
  }

  @Override
  public void startExecutor(RunId run, RunOrder order) {
    step(
        run,
        Fault.TEST,
        it -> {
          var executor =
              shop.launcher()
                  .launch(
                      new ExecutorOrder(
                          run.test(),
                          order.test().execution(),
                          order.test().progress().reservedProducts(),
                          it.workspace(),
                          it.sealed()),
                      text -> sendText(order, text));
          it.executor(executor);
          post.accept(new Event.ExecutorStarted(shop.now(), run));
          var unused =
              executor
                  .exit()
                  .thenAccept(code -> post.accept(new Event.ExecutorEnded(shop.now(), run, code)));
        });
  }

  @Override
  public void sendResults(RunId run, RunOrder order) {
    step(
        run,
        Fault.TEST,
        it -> {
          String wanted = order.test().execution().resultsFilename();
          var file = it.workspace().existingFile("results file", wanted);
          if (file.isEmpty()) {
            throw new ExecutionException(
                "the executor did not leave the results file " + SafeName.shown(wanted));
          }
          String name = ResultsName.of(wanted, run.test().subId());
          shop.kept().keep(run.test(), name, file.get(), order.client());
          var put = message(FileOperation.Kind.PUT, order, FileReference.named(name));
          var source = FileSource.of(file.get());
          it.transfer(
              shop.sending().send(() -> shop.transport().sendFile(order.client(), put, source)),
              () -> post.accept(new Event.ResultsSent(shop.now(), run)),
              failure ->
                  fail(
                      run,
                      new Reason(
                          Fault.FARM,
                          "results-undeliverable",
                          "the results file "
                              + name
                              + " cannot be delivered: "
                              + sentence(failure))));
        });
  }

  @Override
  public void clearRun(RunId run) {
    shop.awaited().forget(run.test());
    live.of(run).ifPresent(LiveRun::cancelTransfers);
    step(
        run,
        Fault.NODE,
        it -> {
          try {
            if (it.executor().isPresent()) {
              it.executor().get().end(OUTPUT_LIMIT);
            }
          } finally {
            post.accept(new Event.RunCleared(shop.now(), run));
          }
        });
  }

  @Override
  public void closeWorkspace(RunId run, Optional<Reason> failure) {
    step(
        run,
        Fault.NODE,
        it -> {
          try {
            it.closeWorkspace(shop.workspaces(), failure);
          } finally {
            live.end(run);
            shop.kept().whenOver(() -> shop.access().retainClients(live.clientHosts()));
            post.accept(new Event.WorkspaceClosed(shop.now(), run));
          }
        });
  }

  @Override
  public void report(TestDescription test) {
    LOG.atInfo()
        .addKeyValue("test", test.id())
        .addKeyValue("attempt", test.progress().attempt())
        .addKeyValue("status", test.progress().status().text())
        .addKeyValue("details", SafeName.shown(test.progress().details()))
        .log("run reported");
    service.report(test);
  }

  @Override
  public void endNode() {
    onEnd.run();
  }

  private ArtifactReceiver receiver(RunId run, String name) {
    return new ArtifactReceiver() {
      @Override
      public void onStored() {
        post.accept(new Event.ArtifactCame(shop.now(), run, name));
      }

      @Override
      public void onSpoiled(String sentence) {
        post.accept(
            new Event.ArtifactSpoiled(
                shop.now(),
                run,
                name,
                sealed(run, new Reason(Fault.FARM, "artifact-spoiled", sentence))));
      }

      @Override
      public void onAborted() {
        fail(
            run,
            new Reason(
                Fault.ARTIFACT, "artifact-aborted", "the client aborted the artifact " + name));
      }
    };
  }

  /** Does one step of a run when the ones before it are done. */
  private void step(RunId run, Fault fault, LiveRun.Step step) {
    live.of(run)
        .ifPresent(
            it ->
                it.enqueue(
                    step,
                    failure -> {
                      if (!(failure instanceof ExecutionException)) {
                        LOG.atError()
                            .addKeyValue("test", run)
                            .setCause(failure)
                            .log("a step of a run failed because of a defect");
                      }
                      fail(run, new Reason(fault, "step-failed", sentence(failure)));
                    }));
  }

  private void fail(RunId run, Reason reason) {
    post.accept(new Event.StepFailed(shop.now(), run, sealed(run, reason)));
  }

  private Reason sealed(RunId run, Reason reason) {
    return live.of(run)
        .map(it -> it.sealed().mask(reason.sentence()))
        .map(sentence -> new Reason(reason.fault(), reason.code(), sentence))
        .orElse(reason);
  }

  private CompletableFuture<Void> sendText(RunOrder order, String text) {
    return send(
        order.client(),
        new TextMessage(shop.self(), order.client(), TestDescription.named(order.id()), text));
  }

  private CompletableFuture<Void> send(Endpoint to, Message message) {
    return shop.transport().send(to, message, Dialect.ESCAPED);
  }

  private FileOperation message(FileOperation.Kind kind, RunOrder order, FileReference file) {
    return new FileOperation(
        shop.self(), order.client(), kind, TestDescription.named(order.id()), file);
  }

  private static String sentence(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
  }
}
