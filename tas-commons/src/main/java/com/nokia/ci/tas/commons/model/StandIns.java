package com.nokia.ci.tas.commons.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a peer may be instead of at the address that it is known by: a service whose stand-by has
 * taken over. Whichever listens is meant; a stand-by that waits does not listen.
 *
 * @param others address that a peer is known by to the further places, in the order to try them
 */
public record StandIns(Map<Endpoint, List<Endpoint>> others) {

  /** Every peer is where it says. */
  public static final StandIns NONE = new StandIns(Map.of());

  public StandIns {
    others = Map.copyOf(others);
  }

  /**
   * For one peer.
   *
   * @param places at least one; the first is what the peer is known by
   */
  public static StandIns of(List<Endpoint> places) {
    return places.size() == 1
        ? NONE
        : new StandIns(Map.of(places.get(0), List.copyOf(places.subList(1, places.size()))));
  }

  /** These and those of other peers. */
  public StandIns with(StandIns more) {
    var all = new HashMap<>(others);
    all.putAll(more.others);
    return new StandIns(all);
  }

  /** Everywhere that a peer may be, the address that it is known by first. */
  public List<Endpoint> places(Endpoint known) {
    var further = others.getOrDefault(known, List.of());
    if (further.isEmpty()) {
      return List.of(known);
    }
    var places = new ArrayList<Endpoint>();
    places.add(known);
    places.addAll(further);
    return List.copyOf(places);
  }
}
