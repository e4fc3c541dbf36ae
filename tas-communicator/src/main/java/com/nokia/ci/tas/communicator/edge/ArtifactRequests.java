package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.communicator.artifact.ArtifactReceiver;
import com.nokia.ci.tas.communicator.artifact.WantedArtifact;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.RunId;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks clients for the artifacts of their runs, and once more where a transfer broke off and is not
 * gone on with. Any thread may call.
 */
final class ArtifactRequests {
  private static final Logger LOG = LoggerFactory.getLogger(ArtifactRequests.class);

  /** How long a transfer that broke off may take to go on before the file is asked for again. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Workshop shop;
  private final LiveRuns live;
  private final Consumer<Event> post;
  private final ScheduledExecutorService timer;

  ArtifactRequests(
      Workshop shop, LiveRuns live, Consumer<Event> post, ScheduledExecutorService timer) {
    this.shop = shop;
    this.live = live;
    this.post = post;
    this.timer = timer;
  }

  /**
   * Asks for a file, unless it is here or another run has asked for it.
   *
   * @param it the run, which has its workspace
   */
  void ask(RunId run, LiveRun it, String name) {
    var target = it.workspace().file("artifact", name);
    var content = content(it, name).map(LargeArtifact::digest);
    var wanted = new WantedArtifact(run.test(), source(it.order()), name, target, content);
    if (shop.awaited().await(wanted, new Receiver(run, name))) {
      fetch(run, it, name);
    }
  }

  /** From another node, if one is named that has it, else from the client. */
  private void fetch(RunId run, LiveRun it, String name) {
    content(it, name)
        .flatMap(large -> borrow(run, it, large))
        .ifPresentOrElse(
            borrowed -> {
              var unused =
                  borrowed.thenAccept(
                      isHere -> {
                        if (!isHere || !isGiven(run, it, name)) {
                          live.of(run).ifPresent(still -> get(run, still, name));
                        }
                      });
            },
            () -> get(run, it, name));
  }

  private Optional<CompletableFuture<Boolean>> borrow(RunId run, LiveRun it, LargeArtifact large) {
    return shop.borrowing().borrow(run.test(), it.order().test().execution(), large);
  }

  private boolean isGiven(RunId run, LiveRun it, String name) {
    return content(it, name)
        .filter(large -> shop.awaited().give(run.test(), name, large.digest()))
        .isPresent();
  }

  /** What the client has said before the test began that it is. */
  private static Optional<LargeArtifact> content(LiveRun it, String name) {
    return it.order().test().execution().largeArtifacts().stream()
        .filter(large -> large.name().equals(name))
        .findFirst();
  }

  private boolean isBorrowed(LiveRun it, String name) {
    return content(it, name)
        .filter(large -> shop.borrowing().isUnderWay(large.digest()))
        .isPresent();
  }

  private static WantedArtifact.Source source(RunOrder order) {
    return new WantedArtifact.Source(
        order.client(), order.id().test().value(), order.test().origin().submission());
  }

  /** Asks again for what a client does not send at the moment. */
  void askAgain(Endpoint client) {
    live.all()
        .forEach(
            (run, it) -> {
              if (it.order().client().equals(client)) {
                shop.awaited().notComing(run.test()).stream()
                    .filter(name -> !isBorrowed(it, name))
                    .forEach(name -> get(run, it, name));
              }
            });
  }

  private void get(RunId run, LiveRun it, String name) {
    var order = it.order();
    var file = FileReference.named(name);
    var perhaps =
        shop.awaited()
            .perhaps(name)
            .filter(digest -> it.client().isOfSession())
            .map(digest -> file.digested(digest.text()));
    var get =
        new FileOperation(
            shop.self(),
            order.client(),
            FileOperation.Kind.GET,
            TestDescription.named(order.id()),
            perhaps.orElse(file));
    it.transfer(
        it.client().send(get),
        () -> LOG.atDebug().addKeyValue("test", run).log("artifact asked for"),
        failure ->
            post.accept(
                new Event.StepFailed(
                    shop.now(),
                    run,
                    it.sealed(
                        new Reason(
                            Fault.FARM,
                            "client-unreachable",
                            "the artifact "
                                + name
                                + " cannot be asked for: "
                                + sentence(failure))))));
  }

  private static String sentence(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private final class Receiver implements ArtifactReceiver {
    private final RunId run;
    private final String name;

    Receiver(RunId run, String name) {
      this.run = run;
      this.name = name;
    }

    @Override
    public void onStored() {
      post.accept(new Event.ArtifactCame(shop.now(), run, name));
    }

    @Override
    public void onInterrupted() {
      var unused =
          timer.schedule(
              () -> {
                if (shop.awaited().notComing(run.test()).contains(name)) {
                  live.of(run).ifPresent(it -> get(run, it, name));
                }
              },
              PAUSE.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void onLeftAlone() {
      live.of(run).ifPresent(it -> fetch(run, it, name));
    }

    @Override
    public void onSpoiled(String sentence) {
      post.accept(
          new Event.ArtifactSpoiled(
              shop.now(), run, name, sealed(new Reason(Fault.FARM, "artifact-spoiled", sentence))));
    }

    @Override
    public void onAborted() {
      post.accept(
          new Event.StepFailed(
              shop.now(),
              run,
              sealed(
                  new Reason(
                      Fault.ARTIFACT,
                      "artifact-aborted",
                      "the client aborted the artifact " + name))));
    }

    private Reason sealed(Reason reason) {
      return live.of(run).map(it -> it.sealed(reason)).orElse(reason);
    }
  }
}
