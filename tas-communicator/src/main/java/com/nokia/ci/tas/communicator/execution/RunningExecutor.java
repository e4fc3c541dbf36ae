package com.nokia.ci.tas.communicator.execution;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor that was started, with everything it started itself. */
public final class RunningExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(RunningExecutor.class);
  private static final Duration OUTPUT_END_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final ProcessTree tree;
  private final ExecutorOutput output;
  private final ExitNote note;
  private final EndingPatience patience;

  RunningExecutor(
      Process process,
      ProcessTree tree,
      ExecutorOutput output,
      ExitNote note,
      EndingPatience patience) {
    this.process = process;
    this.tree = tree;
    this.output = output;
    this.note = note;
    this.patience = patience;
  }

  /** Shows the whole output to another receiver; the one before gets no more. */
  public void follow(Function<String, CompletableFuture<Void>> receiver) {
    output.follow(receiver::apply);
  }

  /** Shows the output to nobody any more; it is kept. */
  public void unfollow() {
    output.unfollow();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Completes with the exit code when the executor itself has ended, whatever it left behind; 128 +
   * n when a signal n ended it. Java does not tell that from an executor that ends with 128 + n, as
   * shells do for a program that a signal ended.
   */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** What else the system knows of an end with this exit code; empty: nothing. */
  public String noteOf(int exitCode) {
    return note.of(exitCode);
  }

  /**
   * Ends whatever still runs of this executor, politely first, and hands over the rest of its
   * output. Blocks until all is gone; does nothing to an executor that left nothing.
   *
   * @param deliveryLimit how long the receiver may take for the rest of the output
   */
  public void end(Duration deliveryLimit) throws InterruptedException {
    var survivors = new TreeEnding(tree).end(patience);
    if (!survivors.isEmpty()) {
      LOG.atError()
          .addKeyValue("pids", survivors.stream().map(ProcessHandle::pid).toList())
          .log("processes of a test cannot be ended; restart the machine if they hold a product");
    }
    // Killed processes close the pipe; only one that escaped could keep it open.
    if (!output.awaitRead(OUTPUT_END_LIMIT)) {
      LOG.atWarn().addKeyValue("pid", pid()).log("output of an executor did not end with it");
    }
    if (!output.awaitShown(deliveryLimit)) {
      LOG.atWarn().addKeyValue("pid", pid()).log("the last output of an executor was not taken");
    }
  }
}
