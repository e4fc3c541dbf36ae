package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.communicator.execution.RunningExecutor;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import com.nokia.ci.tas.communicator.keeping.KeptRun;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * What there really is of one run: its workspace, its executor, its transfers. Steps are done one
 * after another by threads of a pool; what they set is seen by all.
 */
final class LiveRun {
  private volatile RunOrder order;
  private volatile ClientLink client;
  private final SealedValues sealed;
  private final Executor pool;
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private boolean stepping;
  private Optional<Workspace> workspace = Optional.empty();
  private Optional<KeptRun> kept = Optional.empty();
  private Optional<RunningExecutor> executor = Optional.empty();
  private boolean delivering;
  private final Map<Long, CompletableFuture<?>> transfers = new HashMap<>();
  private long lastTransfer;

  /** A step; it may block. */
  interface Step {
    void perform(LiveRun run) throws InterruptedException;
  }

  LiveRun(RunOrder order, ClientLink client, Executor pool) {
    this.order = order;
    this.client = client;
    this.sealed = SealedValues.of(order.test());
    this.pool = pool;
  }

  RunOrder order() {
    return order;
  }

  /** How its client is reached. */
  ClientLink client() {
    return client;
  }

  /** Another client takes the place of the one before. */
  void belongTo(RunOrder newOrder, ClientLink link) {
    order = newOrder;
    client = link;
  }

  /** A reason for others to read. */
  Reason sealed(Reason reason) {
    return new Reason(reason.fault(), reason.code(), sealed.mask(reason.sentence()));
  }

  /** What nothing may show that the run says for others to read. */
  SealedValues sealed() {
    return sealed;
  }

  /** Does a step when those before it are done. */
  synchronized void enqueue(Step step, Consumer<Throwable> onFailure) {
    steps.add(() -> perform(step, onFailure));
    if (!stepping) {
      try {
        pool.execute(this::performAll);
        stepping = true;
      } catch (RejectedExecutionException e) {
        steps.clear(); // the node has ended
      }
    }
  }

  /** By one thread as long as there are any: each that is woken for it lets a test wait longer. */
  private void performAll() {
    for (var next = nextStep(); next.isPresent(); next = nextStep()) {
      next.get().run();
    }
  }

  private synchronized Optional<Runnable> nextStep() {
    stepping = !steps.isEmpty();
    return Optional.ofNullable(steps.poll());
  }

  synchronized Workspace workspace() {
    return workspace.orElseThrow(() -> new IllegalStateException("there is no workspace yet"));
  }

  synchronized Optional<Workspace> existingWorkspace() {
    return workspace;
  }

  synchronized void workspace(Workspace made) {
    workspace = Optional.of(made);
  }

  /** What is kept of it on disk. */
  synchronized KeptRun kept() {
    return kept.orElseThrow(() -> new IllegalStateException("nothing is kept of the run yet"));
  }

  synchronized void kept(KeptRun begun) {
    kept = Optional.of(begun);
  }

  /** Whether its results may go on being sent. */
  synchronized boolean isDelivering() {
    return delivering;
  }

  synchronized void beginDelivering() {
    delivering = true;
  }

  synchronized Optional<RunningExecutor> executor() {
    return executor;
  }

  synchronized void executor(RunningExecutor started) {
    executor = Optional.of(started);
  }

  /** Takes note of a transfer under way; one that is cancelled has not failed. */
  @SuppressWarnings("FutureReturnValueIgnored") // What follows has no outcome of its own.
  void transfer(CompletableFuture<?> sending, Runnable onSuccess, Consumer<Throwable> onFailure) {
    long number;
    synchronized (this) {
      number = ++lastTransfer;
      transfers.put(number, sending);
    }
    sending.whenComplete(
        (value, failure) -> {
          synchronized (this) {
            transfers.remove(number);
          }
          if (failure == null) {
            onSuccess.run();
          } else if (!(failure instanceof CancellationException)) {
            onFailure.accept(failure);
          }
        });
  }

  void cancelTransfers() {
    List<CompletableFuture<?>> underWay;
    synchronized (this) {
      delivering = false;
      underWay = List.copyOf(transfers.values());
    }
    underWay.forEach(sending -> sending.cancel(false));
  }

  void closeWorkspace(Workspaces workspaces, Optional<Reason> failure) {
    var closing = takeWorkspace();
    if (closing.isPresent()) {
      failure.ifPresentOrElse(
          reason -> workspaces.closeFailed(closing.get(), reason.sentence()),
          () -> workspaces.closeFinished(closing.get()));
    }
  }

  /** From now on nobody finds files in it; deleting may take a while. */
  private synchronized Optional<Workspace> takeWorkspace() {
    var taken = workspace;
    workspace = Optional.empty();
    return taken;
  }

  private void perform(Step step, Consumer<Throwable> onFailure) {
    try {
      step.perform(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }
}
