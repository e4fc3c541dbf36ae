package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.communicator.node.RunId;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** What there really is of all runs. Safe for use by several threads. */
final class LiveRuns {
  private final ConcurrentHashMap<RunId, LiveRun> runs = new ConcurrentHashMap<>();
  private final Executor pool;

  LiveRuns(Executor pool) {
    this.pool = pool;
  }

  LiveRun begin(RunId id, RunOrder order, ClientLink client) {
    var run = new LiveRun(order, client, pool);
    runs.put(id, run);
    return run;
  }

  Optional<LiveRun> of(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The run that a peer means by a runtime id. */
  Optional<LiveRun> named(String runtimeId) {
    return runs.entrySet().stream()
        .filter(entry -> entry.getKey().test().text().equals(runtimeId))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  /** All of them at this moment. */
  Map<RunId, LiveRun> all() {
    return Map.copyOf(runs);
  }

  void end(RunId id) {
    runs.remove(id);
  }

  Set<Endpoint> clients() {
    return runs.values().stream().map(run -> run.order().client()).collect(Collectors.toSet());
  }

  Set<String> clientHosts() {
    return clients().stream().map(Endpoint::host).collect(Collectors.toSet());
  }

  Set<String> workspaceNames() {
    return runs.keySet().stream().map(id -> id.test().text()).collect(Collectors.toSet());
  }
}
