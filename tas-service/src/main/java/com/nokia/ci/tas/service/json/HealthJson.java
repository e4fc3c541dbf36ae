package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import com.nokia.ci.tas.service.farm.Health;
import java.util.Locale;

/** The health of a product or a node as JSON: its state, what it comes from, and who said what. */
public final class HealthJson {
  private HealthJson() {}

  /** Health under the limits in force. */
  public static ObjectNode of(Health health, HealthLimits limits) {
    ObjectNode json =
        FarmJson.object().put("state", health.state(limits).name().toLowerCase(Locale.ROOT));
    health.since().ifPresent(at -> json.put("since", at.toEpochMilli()));
    health.why().ifPresent(why -> json.put("why", why));
    health
        .outage()
        .flatMap(Health.Outage::until)
        .ifPresent(at -> json.put("triedAgain", at.toEpochMilli()));
    health
        .flapping()
        .held()
        .ifPresent(held -> json.put("steadyUntil", held.until().toEpochMilli()));
    ArrayNode failures = json.putArray("failures");
    for (var strike : health.strikes()) {
      failures
          .addObject()
          .put("test", strike.test().value())
          .put("at", strike.at().toEpochMilli())
          .put("why", strike.why());
    }
    health.order().ifPresent(ordered -> json.set("order", order(ordered)));
    health.note().ifPresent(note -> json.set("note", note(note)));
    health.taken().ifPresent(taken -> json.set("taken", taken(taken)));
    return json;
  }

  private static ObjectNode taken(Health.Taken taken) {
    return FarmJson.object()
        .put("who", taken.who())
        .put("why", taken.why())
        .put("since", taken.since().toEpochMilli())
        .put("until", taken.until().toEpochMilli());
  }

  private static ObjectNode order(Health.Ordered ordered) {
    var order = ordered.order();
    ObjectNode json =
        FarmJson.object()
            .put("kind", order.kind().name().toLowerCase(Locale.ROOT))
            .put("who", order.who())
            .put("why", order.why())
            .put("since", ordered.since().toEpochMilli());
    order.until().ifPresent(at -> json.put("until", at.toEpochMilli()));
    return json;
  }

  private static ObjectNode note(Health.Ordered note) {
    return FarmJson.object()
        .put("text", note.order().why())
        .put("who", note.order().who())
        .put("since", note.since().toEpochMilli());
  }
}
