package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which nodes are earlier programs, which take values unescaped. Safe for any thread.
 *
 * <p>Bounded: past so many earlier nodes, further ones are spoken to in well-formed XML, which they
 * understand but for values with {@code &}, {@code <} or {@code >}.
 */
public final class Dialects {
  private static final int MOST_NODES = 10_000;

  private final Set<Endpoint> earlier = ConcurrentHashMap.newKeySet();

  /** Nobody is known yet. */
  public Dialects() {}

  /** Takes note of what a node says of itself. */
  void noteNode(NodeDescription node) {
    if (!node.isEarlier()) {
      earlier.remove(node.endpoint());
    } else if (earlier.size() < MOST_NODES) {
      earlier.add(node.endpoint());
    }
  }

  /** How to speak to a node. */
  Dialect towards(Endpoint node) {
    return earlier.contains(node) ? Dialect.EARLIER : Dialect.ESCAPED;
  }
}
