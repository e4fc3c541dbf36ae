package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.ExecutorOrder;
import com.nokia.ci.tas.communicator.execution.ProductFailureNote;
import com.nokia.ci.tas.communicator.execution.RunningExecutor;
import com.nokia.ci.tas.communicator.node.Effects;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.ExecutorEnd;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunId;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the node decided for its runs: each step on a thread of the pool, those of one run one
 * after another, and its outcome posted to the loop.
 */
final class RunWork implements Effects {
  private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);

  /**
   * A client whose last run has ended often has another at once: what leads to it stays so long,
   * which spares its next start a connection. Shorter than the pause after which a connection that
   * the client has closed is tried again.
   */
  private static final Duration LINGER = Duration.ofSeconds(3);

  private final Workshop shop;
  private final LiveRuns live;
  private final Consumer<Event> post;
  private final ServiceLink service;
  private final ArtifactRequests artifacts;
  private final Optional<HealthTests> health;
  private final Runnable onEnd;

  /**
   * Held while a run comes or goes: else the end of one could close the connection to the client of
   * another that has just joined it and shown its ticket there.
   */
  private final Object arrivals = new Object();

  /** Whether it will be looked soon which clients have no runs here. */
  private final AtomicBoolean forgetting = new AtomicBoolean();

  RunWork(
      Workshop shop,
      LiveRuns live,
      Consumer<Event> post,
      ServiceLink service,
      ArtifactRequests artifacts,
      Optional<HealthTests> health,
      Runnable onEnd) {
    this.artifacts = artifacts;
    this.shop = shop;
    this.live = live;
    this.post = post;
    this.service = service;
    this.health = health;
    this.onEnd = onEnd;
  }

  @Override
  public void makeWorkspace(RunId run, RunOrder order) {
    begin(run, order);
    step(
        run,
        Fault.NODE,
        it -> {
          it.kept(shop.kept().begin(order));
          it.workspace(shop.workspaces().prepare(run.test()));
          post.accept(new Event.WorkspaceMade(shop.now(), run));
        });
    LOG.atInfo() // while the step is done, which need not wait for it
        .addKeyValue("test", run)
        .addKeyValue("attempt", order.attempt())
        .addKeyValue("client", order.client())
        .log("run begins");
  }

  @Override
  public void takeOver(RunId run, RunOrder order) {
    LOG.atInfo()
        .addKeyValue("test", run)
        .addKeyValue("attempt", order.attempt())
        .addKeyValue("client", order.client())
        .log("run of an earlier life is taken over");
    begin(run, order);
    step(
        run,
        Fault.NODE,
        it -> {
          it.kept(shop.kept().unfinished(order).orElseGet(() -> shop.kept().begin(order)));
          it.workspace(shop.workspaces().left(run.test()));
        });
  }

  @Override
  public void fetchArtifacts(RunId run, RunOrder order, List<String> names) {
    step(run, Fault.REQUESTER, it -> names.forEach(name -> artifacts.ask(run, it, name)));
  }

  @Override
  public void lookAtGate(RunId run, RunOrder order) {
    step(
        run,
        Fault.REQUESTER,
        it -> {
          var look = shop.gate().look(run.test(), order.test().execution(), it.workspace());
          it.transfer(
              look,
              () ->
                  post.accept(
                      look.join()
                          .<Event>map(why -> new Event.GateClosed(shop.now(), run, why))
                          .orElseGet(() -> new Event.GateOpened(shop.now(), run))),
              failure -> fail(run, new Reason(Fault.NODE, "gate-broken", sentence(failure))));
        });
  }

  @Override
  public void startExecutor(RunId run, RunOrder order) {
    step(
        run,
        Fault.TEST,
        it -> {
          var texts = new RunTexts(order, shop::self, it.client());
          var executor =
              shop.launcher()
                  .launch(
                      new ExecutorOrder(
                          run.test(),
                          order.test().execution(),
                          order.test().progress().reservedProducts(),
                          it.workspace(),
                          it.sealed(),
                          it.kept().output()),
                      texts::send);
          it.executor(executor);
          var started = shop.now();
          it.kept().started(started);
          post.accept(new Event.ExecutorStarted(started, run));
          var unused = executor.exit().thenAccept(code -> executorEnded(run, executor, code));
        });
  }

  private void executorEnded(RunId run, RunningExecutor executor, int code) {
    var at = shop.now();
    step(
        run,
        Fault.NODE,
        it -> {
          var reserved = it.order().test().progress().reservedProducts();
          var sick =
              it.existingWorkspace()
                  .flatMap(workspace -> ProductFailureNote.in(workspace, reserved))
                  .map(it.sealed()::mask);
          var end = new ExecutorEnd(code, executor.noteOf(code), sick);
          it.kept().ended(end);
          post.accept(new Event.ExecutorEnded(at, run, end));
        });
  }

  @Override
  public void sendResults(RunId run, RunOrder order, Optional<Duration> within) {
    var patience = within.orElseGet(() -> shop.kept().limits().retention());
    step(run, Fault.TEST, it -> new ResultsDelivery(shop, run, it, post, patience).begin());
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
            it.cancelTransfers();
            if (it.executor().isPresent()) {
              it.executor().get().end(it.client().outputLimit());
            }
          } finally {
            shop.awaited().release(run.test());
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
            if (it.order().isOfTheNode()) {
              shop.kept().told(run.test(), it.order().attempt());
            }
          } finally {
            forget(run);
            post.accept(new Event.WorkspaceClosed(shop.now(), run));
          }
        });
  }

  /** Clients for which something is kept may ask for it. */
  private void forget(RunId run) {
    synchronized (arrivals) {
      live.end(run);
      var hosts = new HashSet<>(live.clientHosts());
      shop.kept().clients().forEach(client -> hosts.add(client.host()));
      shop.access().retainClients(hosts);
    }
    if (forgetting.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::forgetClients);
    }
  }

  private void forgetClients() {
    forgetting.set(false);
    synchronized (arrivals) {
      shop.clients().retain(live.clients());
    }
  }

  @Override
  public void report(TestDescription reported) {
    if (isOfTheNode(reported)) {
      health.ifPresent(it -> it.reported(reported));
      return;
    }
    var test = withRoute(reported);
    LOG.atInfo()
        .addKeyValue("test", test.id())
        .addKeyValue("attempt", test.progress().attempt())
        .addKeyValue("status", test.progress().status().text())
        .addKeyValue("details", SafeName.shown(test.progress().details()))
        .log("run reported");
    service.report(test);
    health.ifPresent(
        it ->
            live.named(test.id().text())
                .ifPresent(run -> it.testEnded(run.order(), test.progress())));
  }

  /** Of a health test, be it one that an earlier life of the node has begun. */
  private boolean isOfTheNode(TestDescription test) {
    return health.filter(it -> it.owns(test.id())).isPresent()
        || live.named(test.id().text()).filter(run -> run.order().isOfTheNode()).isPresent();
  }

  /** Whoever hears that a run has started hears how its client is reached. */
  private TestDescription withRoute(TestDescription test) {
    return live.named(test.id().text())
        .filter(run -> test.progress().status() == TestStatus.STARTED)
        .map(run -> test.with(test.progress().by(run.client().route())))
        .orElse(test);
  }

  @Override
  public void endNode() {
    onEnd.run();
  }

  private void begin(RunId run, RunOrder order) {
    synchronized (arrivals) {
      live.begin(run, order, shop.clients().join(order));
    }
    if (order.reach() == Reach.DIALLED || order.reach() == Reach.DIALLED_OR_RELAYED) {
      step(run, Fault.NODE, it -> shop.access().admitClient(order.client()));
    }
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
    var sealed = live.of(run).map(it -> it.sealed(reason)).orElse(reason);
    post.accept(new Event.StepFailed(shop.now(), run, sealed));
  }

  private static String sentence(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
  }
}
