package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;

/**
 * The client of a test that was there all the time has heard the end, whatever was lost on the way:
 * not what the farm believes counts, but what the client has read.
 */
final class EndsAreHeardInvariant implements Invariant {
  @Override
  public void atTheEnd(Simulation simulation) {
    for (var client : simulation.world.clients) {
      if (!client.unheard().isEmpty()) {
        throw new Violation(client.id + " was never told the end of " + client.unheard());
      }
    }
  }
}
