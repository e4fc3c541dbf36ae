package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.service.farm.Effect;

/**
 * What the two directions of the edge know together of the peers.
 *
 * @param dialects how to speak to which node
 * @param sessions who has one
 * @param parties who belongs to which run
 * @param facts what nodes have told of their machines
 * @param lending which nodes have which large artifacts
 * @param files what the service itself asks nodes for
 */
public record Peers(
    Dialects dialects,
    Sessions sessions,
    RunParties parties,
    ToldFacts facts,
    Lending lending,
    NodeFiles files) {

  /** Takes up what was known in an earlier life of the service. */
  void recall(Effect.RecallPeers past) {
    past.nodes().forEach(dialects::noteNode);
    past.kept().forEach(sessions::recall);
    past.runs().forEach(parties::recall);
  }
}
