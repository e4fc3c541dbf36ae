package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.service.http.view.PlannedRun;
import com.nokia.ci.tas.service.json.FarmJson;

/** A run of a plan as programs see it. */
final class PlanJson {
  private PlanJson() {}

  static ObjectNode of(PlannedRun run) {
    ObjectNode json = FarmJson.object().put("plan", run.run());
    var items = json.putArray("items");
    for (var step : run.steps()) {
      var item =
          items
              .addObject()
              .put("item", step.step().item())
              .put("when", step.step().when().isEmpty() ? "passed" : step.step().when());
      var after = item.putArray("after");
      step.step().after().forEach(after::add);
      var tests = item.putArray("tests");
      for (var test : step.tests()) {
        tests
            .addObject()
            .put("id", test.id())
            .put("state", test.state())
            .put("sentence", test.sentence());
      }
    }
    return json;
  }
}
