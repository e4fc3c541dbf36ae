package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.Effect;

/**
 * Where the loop hands over what the farm wants done.
 *
 * <p>Called on one thread, one effect after another in the order decided. Must hand the work on and
 * return: it may neither block nor throw. What comes of the work is posted to the loop as events.
 */
@FunctionalInterface
public interface Effects {
  void perform(Effect effect);
}
