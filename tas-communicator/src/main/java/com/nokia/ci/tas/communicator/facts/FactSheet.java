package com.nokia.ci.tas.communicator.facts;

import com.nokia.ci.tas.commons.model.NodeFacts;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything that a node has to tell of itself.
 *
 * @param sources asked each time, in order; of two values for one name the later counts
 */
public record FactSheet(List<FactSource> sources) {
  public FactSheet {
    sources = List.copyOf(sources);
  }

  /** The facts of the moment. */
  public NodeFacts now() {
    var facts = new TreeMap<String, String>();
    sources.forEach(source -> facts.putAll(source.facts()));
    return new NodeFacts(facts);
  }
}
