package com.nokia.ci.tas.communicator.local;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code run-local}: a test on this machine without a farm, for the person who writes
 * its script.
 */
@Command(
    name = RunLocal.COMMAND,
    description = {
      "Runs a test on this machine without a farm, as a test node would: an empty workspace with",
      "the artifacts, the executor with its arguments and environment, the results taken from it.",
      "Interrupting this command ends the test with everything it has started."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tas run-local test.xml --product main:products/004402136230483.xml",
      "  tas run-local --executor-application python3 --executor-script execute.py \\",
      "      --artifact image.img --results results.zip --results-dir out --keep",
      "",
      "Exit codes: 0 finished, 1 failed, 2 wrong usage, 3 refused,",
      "5 infrastructure (this machine), 130 interrupted."
    })
public final class RunLocal implements Callable<Integer> {
  /** First word of the command line. */
  public static final String COMMAND = "run-local";

  private static final long LONGEST_END_IN_SECONDS = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TestOptions options = new TestOptions();

  private RunLocal() {}

  /**
   * Runs the command.
   *
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new RunLocal())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof SettingsException) {
                new Terminal(out, err).note(failure.getMessage());
                return Ending.Kind.WRONG_USAGE.exitCode();
              }
              throw failure;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws InterruptedException {
    var terminal = new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    var test = options.test();
    if (test.products().isEmpty() && !test.test().demand().expression().isBlank()) {
      terminal.note(
          "the test asks for products, "
              + test.test().demand().expression()
              + "; it gets none, --product names them");
    }
    var refusal = test.refusal();
    var ending =
        refusal.isPresent()
            ? new Ending(Ending.Kind.REFUSED, refusal.get())
            : perform(test, terminal);
    terminal.note("test " + test.test().id().text() + how(ending));
    return ending.kind().exitCode();
  }

  private static String how(Ending ending) {
    return ending.isFinished()
        ? " is finished"
        : " is not finished ("
            + ending.kind().name().toLowerCase(Locale.ROOT)
            + "): "
            + ending.sentence();
  }

  /** The process lasts until the test is gone when it is told to end, but not for ever. */
  private static Ending perform(LocalTest test, Terminal terminal) throws InterruptedException {
    var interruption = new CompletableFuture<Ending>();
    var over = new CountDownLatch(1);
    var hook = new Thread(() -> interrupt(interruption, over), "tas-run-local-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return new LocalRun(test, terminal, interruption).perform();
    } finally {
      over.countDown();
      remove(hook);
    }
  }

  private static void interrupt(CompletableFuture<Ending> interruption, CountDownLatch over) {
    interruption.complete(new Ending(Ending.Kind.INTERRUPTED, "this command was told to end"));
    try {
      var unused = over.await(LONGEST_END_IN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending: the hook is at work
    }
  }
}
