package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Event;
import java.util.List;
import java.util.Objects;

/**
 * One event as it was applied, and what the farm decided upon it.
 *
 * @param event secrets included
 * @param decisions in the order made; applying the event again to the same farm gives the same
 */
public record Step(Event event, List<Decision> decisions) {
  public Step {
    Objects.requireNonNull(event, "event");
    decisions = List.copyOf(decisions);
  }
}
