package com.nokia.ci.tas.communicator.execution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts executors: no shell reads their words as a script; in a session and process group of their
 * own where the system has {@code setsid}, with nothing to read and with both outputs joined.
 *
 * <p>Safe for use by several threads.
 */
public final class ExecutorLauncher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorLauncher.class);

  private final CommandLine commandLine;
  private final String node;
  private final Platform platform;
  private final ExecutorSettings settings;
  private final ProcDirectory processes = new ProcDirectory();
  private final Enclosure enclosure;
  private volatile Optional<WaitingShells> shells = Optional.empty();

  /**
   * @param workspaces the directory of all workspaces; tells the runs of this node from others
   */
  public ExecutorLauncher(
      CommandLine commandLine,
      ProgramFinder programs,
      Path workspaces,
      Platform platform,
      ExecutorSettings settings) {
    this.commandLine = commandLine;
    this.node = RunMark.nodeOf(workspaces);
    this.platform = platform;
    this.settings = settings;
    this.enclosure = new Enclosure(platform, programs, workspaces);
  }

  /** From now on executors cost less where they are started, for shells wait for them. */
  public void keepShellsWaiting() {
    shells = Optional.of(WaitingShells.start(enclosure, processes));
  }

  /** Ends the shells that wait; executors that run are left alone, and others may be started. */
  @Override
  public void close() {
    shells.ifPresent(WaitingShells::close);
  }

  /**
   * Ends what executors of an earlier life of this node left running. Blocks until it is gone.
   *
   * @return how many processes were found
   */
  public int endStrays() throws InterruptedException {
    if (platform != Platform.LINUX) {
      return 0;
    }
    var tree = LinuxProcessTree.leftBy(processes, node);
    int found = tree.members().size();
    if (found > 0) {
      LOG.atWarn().addKeyValue("processes", found).log("executors of an earlier life are ended");
      new TreeEnding(tree).end(settings.patience());
    }
    return found;
  }

  /**
   * Starts an executor.
   *
   * @param receiver takes its output without sealed values, some whole lines at a time; completes
   *     its future when it may get more
   * @throws ExecutionException when it cannot be started; the sentence says why
   */
  public RunningExecutor launch(
      ExecutorOrder order, Function<String, CompletableFuture<Void>> receiver) {
    var line = commandLine.of(order.execution(), order.reserved(), order.workspace());
    ProductNotes.write(order.reserved(), order.workspace());
    var mark = RunMark.next(node);
    var limits = settings.limits().least(ExecutorLimits.askedBy(order.execution().parameters()));
    var start =
        new ExecutorStart(
            line,
            ExecutorEnvironment.of(
                order.id(), order.workspace(), mark, order.execution().parameters()),
            order.workspace().directory(),
            limits);
    var output = ExecutorOutput.into(order, settings.output(), receiver::apply);
    WaitingShells.Begun begun;
    try {
      begun = start(start);
    } catch (IOException e) {
      output.close();
      throw new ExecutionException(
          "the executor " + line.get(0) + " cannot be started: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      output.close();
      throw e;
    }
    var process = begun.process();
    ProcessTree tree =
        platform == Platform.LINUX
            ? LinuxProcessTree.of(processes, mark, process, begun.before())
            : new PortableProcessTree(process.toHandle(), platform);
    output.take(process.getInputStream());
    var note = new ExitNote(processes, limits);
    shells.ifPresent(WaitingShells::fillSoon);
    return new RunningExecutor(process, tree, output, note, settings.patience());
  }

  private WaitingShells.Begun start(ExecutorStart start) throws IOException {
    var ready = shells.flatMap(it -> it.become(start));
    if (ready.isPresent()) {
      return ready.get();
    }
    var builder = new ProcessBuilder(enclosure.around(start.line(), start.limits()));
    builder.environment().putAll(start.variables());
    builder.directory(start.directory().toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(new File(platform == Platform.WINDOWS ? "NUL" : "/dev/null"));
    var before = platform == Platform.LINUX ? processes.now() : ProcDirectory.Moment.BEGINNING;
    return new WaitingShells.Begun(builder.start(), before);
  }
}
