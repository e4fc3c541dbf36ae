package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.SealedValues;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts executors: without a shell, in a session and process group of their own where the system
 * has {@code setsid}, with nothing to read and with both outputs joined.
 *
 * <p>Safe for use by several threads. Closing it ends no executor.
 */
public final class ExecutorLauncher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorLauncher.class);

  private final CommandLine commandLine;
  private final Path workspaces;
  private final Platform platform;
  private final ExecutorSettings settings;
  private final ProcDirectory processes = new ProcDirectory();
  private final Optional<Path> setsid;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> daemon("tas-output", task));

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
    this.workspaces = workspaces;
    this.platform = platform;
    this.settings = settings;
    this.setsid =
        platform == Platform.LINUX ? programs.find("setsid", workspaces) : Optional.empty();
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
    var tree = LinuxProcessTree.leftBy(processes, RunMark.nodeOf(workspaces));
    int found = tree.members().size();
    if (found > 0) {
      LOG.atWarn().addKeyValue("processes", found).log("executors of an earlier life are ended");
      new TreeEnding(tree).end(settings.politeness());
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
    var mark = RunMark.next(workspaces);
    var builder = new ProcessBuilder(inOwnSession(line));
    builder
        .environment()
        .putAll(
            ExecutorEnvironment.of(
                order.id(), order.workspace(), mark, order.execution().parameters()));
    builder.directory(order.workspace().directory().toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(new File(platform == Platform.WINDOWS ? "NUL" : "/dev/null"));
    Process process;
    var before = platform == Platform.LINUX ? processes.now() : ProcDirectory.Moment.BEGINNING;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new ExecutionException(
          "the executor " + line.get(0) + " cannot be started: " + e.getMessage(), e);
    }
    ProcessTree tree =
        platform == Platform.LINUX
            ? LinuxProcessTree.of(processes, mark, process, before)
            : new PortableProcessTree(process.toHandle(), platform);
    var batches = new OutputBatches(receiver::apply, timer, settings.outputPatience());
    var outputRead = new CountDownLatch(1);
    daemon(
            "tas-output-" + order.id().text(),
            () -> read(process.getInputStream(), order.sealed(), batches, outputRead))
        .start();
    return new RunningExecutor(process, tree, batches, outputRead, settings.politeness());
  }

  @Override
  public void close() {
    timer.shutdown();
  }

  /** The executor replaces setsid in the same process, so exit code and pid are its own. */
  private List<String> inOwnSession(List<String> line) {
    if (setsid.isEmpty()) {
      return line;
    }
    var longer = new ArrayList<String>();
    longer.add(setsid.get().toString());
    longer.addAll(line);
    return longer;
  }

  private static void read(
      InputStream stream, SealedValues sealed, OutputBatches batches, CountDownLatch done) {
    var interrupted = new boolean[1];
    var lines =
        new OutputLines(
            sealed,
            text -> {
              try {
                batches.add(text);
              } catch (InterruptedException e) {
                interrupted[0] = true;
              }
            });
    var buffer = new byte[16 * 1024];
    try (stream) {
      int length = stream.read(buffer);
      while (length >= 0 && !interrupted[0]) {
        lines.add(buffer, length);
        length = stream.read(buffer);
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("output of an executor ended early");
    } finally {
      lines.end();
      done.countDown();
    }
  }

  private static Thread daemon(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
