package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes have told of their machines, for people to look at. No decision needs it, so it is
 * kept beside the farm and is gone when the service is started again, until the nodes tell it anew.
 * Safe for any thread.
 *
 * <p>Bounded: past so many nodes, that of whoever has told nothing for longest is forgotten.
 */
public final class ToldFacts {
  private static final int MOST_NODES = 10_000;

  private final Map<NodeId, NodeFacts> facts = new LinkedHashMap<>();

  /** Nobody has told anything yet. */
  public ToldFacts() {}

  /** What a node has told last; nothing when it has not, or has left. */
  public synchronized NodeFacts of(NodeId node) {
    return Optional.ofNullable(facts.get(node)).orElse(NodeFacts.NONE);
  }

  synchronized void told(NodeId node, NodeFacts told) {
    facts.remove(node);
    if (facts.size() >= MOST_NODES) {
      facts.keySet().stream().findFirst().ifPresent(facts::remove);
    }
    facts.put(node, told);
  }

  synchronized void forget(NodeId node) {
    facts.remove(node);
  }
}
