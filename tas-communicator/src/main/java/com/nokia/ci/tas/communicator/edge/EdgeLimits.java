package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.communicator.node.NodeSettings;

/**
 * The time limits between a node and its peers.
 *
 * @param node of runs
 * @param service of the service
 * @param transport of connections
 */
public record EdgeLimits(
    NodeSettings node, ServiceLinkSettings service, TransportSettings transport) {
  /** What suits a real farm. */
  public static EdgeLimits defaults() {
    return new EdgeLimits(
        NodeSettings.DEFAULT, ServiceLinkSettings.DEFAULT, TransportSettings.defaults());
  }

  /** The same with other limits of runs. */
  public EdgeLimits with(NodeSettings newNode) {
    return new EdgeLimits(newNode, service, transport);
  }

  /** The same for a service that may be at several places. */
  public EdgeLimits with(StandIns places) {
    return new EdgeLimits(node, service, transport.with(places));
  }
}
