package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.communicator.execution.CommandLine;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.ExecutorLauncher;
import com.nokia.ci.tas.communicator.execution.ExecutorOrder;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.Platform;
import com.nokia.ci.tas.communicator.execution.ProgramFinder;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One test on this machine: what a node does, in its order, with nobody asked for files and nobody
 * sent any. Used once, by one thread.
 */
final class LocalRun {
  private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(10);

  private final LocalTest wanted;
  private final Terminal terminal;
  private final CompletableFuture<Ending> interruption;

  /**
   * @param interruption completes when the run is to end before its time
   */
  LocalRun(LocalTest wanted, Terminal terminal, CompletableFuture<Ending> interruption) {
    this.wanted = wanted;
    this.terminal = terminal;
    this.interruption = interruption;
  }

  /** Runs the test; when this returns, nothing of it runs any more. */
  Ending perform() throws InterruptedException {
    try (var scratch = Scratch.make(wanted.keeps())) {
      var ending = perform(scratch);
      if (wanted.keeps()) {
        terminal.note("everything is kept in " + scratch.directory());
      }
      return ending;
    } catch (ExecutionException e) {
      return new Ending(Ending.Kind.INFRASTRUCTURE, wanted.sealed().mask(e.getMessage()));
    }
  }

  private Ending perform(Scratch scratch) throws InterruptedException {
    var workspaces =
        new Workspaces(
            scratch.directory("workspace"), wanted.keeps() ? KeepRule.ALL : KeepRule.NONE);
    Workspace workspace = workspaces.prepare(wanted.test().id());
    copyArtifacts(workspace);
    var ending = execute(launcher(workspaces, scratch.products(wanted)), workspaces, workspace);
    if (ending.isFinished()) {
      workspaces.closeFinished(workspace);
    } else {
      workspaces.closeFailed(workspace, ending.sentence());
    }
    return ending;
  }

  private Ending execute(ExecutorLauncher launcher, Workspaces workspaces, Workspace workspace)
      throws InterruptedException {
    Path output = workspaces.root().resolveSibling("output.txt");
    Ending ending;
    try {
      ending = run(launcher, order(workspace, output));
    } catch (ExecutionException e) {
      return Ending.failed(wanted.sealed().mask(e.getMessage()));
    }
    var results = new Results(wanted.wish(), wanted.artifacts(), wanted.results());
    results.take(workspace, output);
    results.delivered().forEach(file -> terminal.note("results: " + file));
    return ending.isFinished()
        ? results.missing().map(Ending::failed).orElse(Ending.FINISHED)
        : ending;
  }

  private Ending run(ExecutorLauncher launcher, ExecutorOrder order) throws InterruptedException {
    var executor = launcher.launch(order, terminal::show);
    terminal.note("test " + order.id().text() + " runs in " + order.workspace());
    var ended = new CompletableFuture<Ending>();
    var unused =
        executor
            .exit()
            .thenAccept(
                code ->
                    ended.complete(
                        code == 0
                            ? Ending.FINISHED
                            : Ending.failed("executor ended with exit code " + code)));
    interruption.thenAccept(ended::complete);
    timeout()
        .ifPresent(it -> ended.completeOnTimeout(late(it), it.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return ended.join();
    } finally {
      executor.end(DELIVERY_LIMIT);
    }
  }

  private Optional<Duration> timeout() {
    return Optional.of(wanted.test().progress().timeout())
        .filter(it -> !it.isZero() && !it.isNegative());
  }

  private static Ending late(Duration limit) {
    return Ending.failed("the test did not end within its timeout of " + limit.toMillis() + " ms");
  }

  private ExecutorOrder order(Workspace workspace, Path output) {
    var test = wanted.test();
    return new ExecutorOrder(
        test.id(),
        test.execution(),
        test.progress().reservedProducts(),
        workspace,
        wanted.sealed(),
        output);
  }

  private ExecutorLauncher launcher(Workspaces workspaces, Path products) {
    var platform = Platform.own();
    var programs = ProgramFinder.of(System.getenv(), platform);
    var commandLine = new CommandLine(programs, platform, wanted.argument(), products);
    return new ExecutorLauncher(
        commandLine, programs, workspaces.root(), platform, ExecutorSettings.DEFAULT);
  }

  /** As they arrive on a node: the bytes alone, without rights. */
  private void copyArtifacts(Workspace workspace) {
    for (String name : wanted.artifacts()) {
      Path target = workspace.file("artifact", name);
      try (var bytes = Files.newInputStream(wanted.source().resolve(name))) {
        Files.copy(bytes, target);
      } catch (IOException e) {
        throw new ExecutionException("artifact " + name + " cannot be copied: " + e, e);
      }
    }
  }
}
