package com.nokia.ci.tas.communicator.execution;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The tree of one run as {@code /proc} shows it. A process belongs to it when it inherited the mark
 * of the run in its environment, is in the session that the executor leads, holds the run's output
 * pipe as a standard stream, or was started by one that belongs: so a process that makes itself an
 * orphan, a session leader or cleans its environment is still found by one of the others.
 */
final class LinuxProcessTree implements ProcessTree {
  private final ProcDirectory processes;
  private final long own = ProcessHandle.current().pid();
  private final byte[] mark;
  private final boolean wholeMark;
  private final Optional<ProcDirectory.Entry> root;
  private final Set<String> pipes;
  private final ProcDirectory.Moment before;

  /**
   * Who was found, by the time of its start: one that was found by its parent alone is found when
   * that has ended, and on its way out a process has no environment any more, and still holds its
   * files.
   */
  private final Map<Long, Long> known = new HashMap<>();

  private LinuxProcessTree(
      ProcDirectory processes,
      String assignment,
      Optional<ProcDirectory.Entry> root,
      Set<String> pipes,
      ProcDirectory.Moment before) {
    this.processes = processes;
    this.wholeMark = !assignment.endsWith(".");
    this.mark = assignment.getBytes(StandardCharsets.UTF_8);
    this.root = root;
    this.pipes = pipes;
    this.before = before;
  }

  /**
   * The tree below an executor that was started just now with the mark in its environment.
   *
   * @param before a moment before it was started
   */
  static LinuxProcessTree of(
      ProcDirectory processes, RunMark mark, Process executor, ProcDirectory.Moment before) {
    var pipes = new HashSet<String>();
    processes.stream(executor.pid(), 1)
        .filter(target -> target.startsWith("pipe:"))
        .ifPresent(pipes::add);
    return new LinuxProcessTree(
        processes,
        ExecutorEnvironment.RUN + "=" + mark.text(),
        processes.entry(executor.pid()),
        pipes,
        before);
  }

  /** All trees that earlier lives of the node with these marks left behind. */
  static LinuxProcessTree leftBy(ProcDirectory processes, String nodeMark) {
    return new LinuxProcessTree(
        processes,
        ExecutorEnvironment.RUN + "=" + nodeMark + ".",
        Optional.empty(),
        Set.of(),
        ProcDirectory.Moment.BEGINNING);
  }

  @Override
  public synchronized List<ProcessHandle> members() {
    var all = new HashMap<Long, ProcDirectory.Entry>();
    processes.entriesSince(before).forEach(e -> all.put(e.pid(), e));
    // Its process may have waited for it to begin, and be older.
    root.flatMap(executor -> processes.entry(executor.pid()))
        .filter(entry -> entry.startTicks() == root.get().startTicks())
        .ifPresent(entry -> all.put(entry.pid(), entry));
    var found = new HashSet<Long>();
    for (var entry : all.values()) {
      if (isCandidate(entry) && (isKnown(entry) || belongs(entry, all))) {
        found.add(entry.pid());
      }
    }
    addDescendants(all, found);
    known.clear();
    found.forEach(pid -> known.put(pid, all.get(pid).startTicks()));
    var members = new ArrayList<ProcessHandle>();
    for (long pid : found) {
      if (all.get(pid).live()) {
        ProcessHandle.of(pid).ifPresent(members::add);
      }
    }
    return members;
  }

  private boolean isCandidate(ProcDirectory.Entry entry) {
    return entry.live() && entry.pid() != own;
  }

  private boolean isKnown(ProcDirectory.Entry entry) {
    return Objects.equals(known.get(entry.pid()), entry.startTicks());
  }

  private boolean belongs(ProcDirectory.Entry entry, Map<Long, ProcDirectory.Entry> all) {
    return isInSession(entry, all)
        || processes.hasVariable(entry.pid(), mark, wholeMark)
        || (!pipes.isEmpty() && holdsPipe(entry.pid()));
  }

  /** A session keeps its number from being given again, unless its leader is not ours any more. */
  private boolean isInSession(ProcDirectory.Entry entry, Map<Long, ProcDirectory.Entry> all) {
    if (root.isEmpty() || entry.session() != root.get().pid()) {
      return false;
    }
    var leader = all.get(root.get().pid());
    return leader == null || leader.startTicks() == root.get().startTicks();
  }

  private boolean holdsPipe(long pid) {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
      if (processes.stream(pid, descriptor).filter(pipes::contains).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void addDescendants(Map<Long, ProcDirectory.Entry> all, Set<Long> found) {
    boolean grown = true;
    while (grown) {
      grown = false;
      for (var entry : all.values()) {
        if (isCandidate(entry) && found.contains(entry.parent()) && found.add(entry.pid())) {
          grown = true;
        }
      }
    }
  }
}
