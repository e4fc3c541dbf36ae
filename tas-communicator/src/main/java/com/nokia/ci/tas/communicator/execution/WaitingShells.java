package com.nokia.ci.tas.communicator.execution;

import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shells that were started before anybody needs them, each in a session of its own, which wait for
 * the words of an executor on their input and become that executor. So an executor costs one start
 * of a program where it is wanted, not that of each program that stands before it. As many wait as
 * a node runs tests if nobody says otherwise, so that tests which come together find one each.
 *
 * <p>A shell that waits holds nothing but its pipes, works in the root directory, takes no time,
 * and ends with its input: when this is closed, and when this process dies in whatever way. One
 * that died is passed over and replaced.
 *
 * <p>Safe for use by several threads.
 */
final class WaitingShells implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingShells.class);
  private static final int COUNT = 4;
  private static final long PAUSE_MILLISECONDS = 20;

  private final List<String> line;
  private final ProcDirectory processes;
  private final Deque<Begun> waiting = new ArrayDeque<>();
  private boolean closed;
  private boolean filling;

  /**
   * @param line starts a shell in a session of its own, with the script as its last word
   */
  private WaitingShells(List<String> line, ProcDirectory processes) {
    this.line = line;
    this.processes = processes;
  }

  /**
   * A process that is an executor or is to become one.
   *
   * @param before a moment before it was started
   */
  record Begun(Process process, ProcDirectory.Moment before) {}

  /** Starts the first ones; none ever where the system lacks what they need. */
  static WaitingShells start(Enclosure enclosure, ProcDirectory processes) {
    var shells = new WaitingShells(enclosure.waitingShell().orElse(List.of()), processes);
    shells.fill();
    return shells;
  }

  /**
   * Makes one the executor.
   *
   * @return the executor, whose input is at its end; empty when none waits or can do this: then
   *     nothing was started
   */
  Optional<Begun> become(ExecutorStart start) {
    var words = ShellWords.of(start);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    for (var shell = take(); shell.isPresent(); shell = take()) {
      if (tell(shell.get().process(), words.get())) {
        return shell;
      }
    }
    return Optional.empty();
  }

  /**
   * Starts as many as are missing, a little later: until then an executor that has just become one
   * has the machine for itself.
   */
  void fillSoon() {
    synchronized (this) {
      if (filling || closed || line.isEmpty() || waiting.size() >= COUNT) {
        return;
      }
      filling = true;
    }
    CompletableFuture.delayedExecutor(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)
        .execute(this::fill);
  }

  /** Those that wait, dead ones included. */
  synchronized List<ProcessHandle> waiting() {
    return waiting.stream().map(it -> it.process().toHandle()).toList();
  }

  @Override
  public void close() {
    List<Begun> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayList<>(waiting);
      waiting.clear();
    }
    rest.forEach(it -> it.process().destroyForcibly());
  }

  private synchronized Optional<Begun> take() {
    return Optional.ofNullable(waiting.poll());
  }

  /** A shell whose input cannot be written has ended: it had no words, so it started nothing. */
  private static boolean tell(Process shell, byte[] words) {
    var input = shell.getOutputStream();
    try {
      input.write(words);
      input.flush();
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("pid", shell.pid()).setCause(e).log("a waiting shell has ended");
      shell.destroyForcibly();
      return false;
    }
    try {
      input.close();
    } catch (IOException e) {
      // It has its words and their end, and does not read on.
      LOG.atDebug().addKeyValue("pid", shell.pid()).setCause(e).log("input not closed");
    }
    return true;
  }

  private void fill() {
    try {
      while (lacksOne()) {
        var before = processes.now();
        var builder = new ProcessBuilder(line).directory(new File("/")).redirectErrorStream(true);
        add(new Begun(builder.start(), before));
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("no shell can wait for an executor");
      synchronized (this) {
        filling = false;
      }
    }
  }

  /** Whoever fills ends in the same step in which it sees that nothing lacks. */
  private synchronized boolean lacksOne() {
    filling = !closed && !line.isEmpty() && waiting.size() < COUNT;
    return filling;
  }

  private void add(Begun shell) {
    synchronized (this) {
      if (!closed) {
        waiting.add(shell);
        return;
      }
    }
    shell.process().destroyForcibly();
  }
}
