package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Does what a node decided; one method for each {@link Effect}, called in order by the node's loop.
 * None blocks and none throws; what comes of it is posted as an {@link Event}.
 */
public interface Effects {
  void makeWorkspace(RunId run, RunOrder order);

  void takeOver(RunId run, RunOrder order);

  void fetchArtifacts(RunId run, RunOrder order, List<String> names);

  void lookAtGate(RunId run, RunOrder order);

  void startExecutor(RunId run, RunOrder order);

  void sendResults(RunId run, RunOrder order, Optional<Duration> within);

  void clearRun(RunId run);

  void closeWorkspace(RunId run, Optional<Reason> failure);

  void report(TestDescription test);

  void endNode();
}
