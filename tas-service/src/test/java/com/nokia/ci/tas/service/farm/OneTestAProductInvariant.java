package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;

/** No product is used by two processes at once, in the world as it really is. */
final class OneTestAProductInvariant implements Invariant {
  private long begun;

  @Override
  public void afterAction(Simulation simulation) {
    if (begun == simulation.world.begun) {
      return;
    }
    begun = simulation.world.begun;
    for (var node : simulation.world.nodes) {
      for (var product : node.plugged) {
        var users = node.runs().users(product);
        if (users.size() > 1) {
          throw new Violation(
              "product "
                  + product
                  + " is used by "
                  + users.stream().map(u -> u.order().start.test().id()).toList()
                  + " on "
                  + node.description.id());
        }
      }
    }
  }
}
