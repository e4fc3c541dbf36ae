package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.service.release.SupportedNodes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that a node is too old: once for each version it comes with. Safe for any thread.
 *
 * <p>Bounded: past so many old nodes, further ones are said again each time they register.
 */
final class OldNodes {
  private static final Logger LOG = LoggerFactory.getLogger(OldNodes.class);
  private static final int MOST_NODES = 10_000;

  private final Map<Endpoint, String> said = new ConcurrentHashMap<>();

  /** Takes note of what a node says of itself. */
  void note(NodeDescription node) {
    var complaint = SupportedNodes.complaint(node);
    if (complaint.isEmpty()) {
      said.remove(node.endpoint());
      return;
    }
    boolean isNews =
        said.size() >= MOST_NODES
            || !node.version().equals(said.put(node.endpoint(), node.version()));
    if (isNews) {
      LOG.atWarn().addKeyValue("node", node.endpoint()).log("{}", complaint.get());
    }
  }
}
