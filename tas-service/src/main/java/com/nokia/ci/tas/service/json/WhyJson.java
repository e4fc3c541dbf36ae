package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.service.farm.Explanation;
import com.nokia.ci.tas.service.farm.Explanation.Clause;
import com.nokia.ci.tas.service.farm.Explanation.Demand;
import com.nokia.ci.tas.service.farm.Explanation.Relaxation;
import com.nokia.ci.tas.service.farm.Explanation.Use;
import java.util.List;
import java.util.Locale;

/** Why a test waits, as JSON for programs. Times are milliseconds since the epoch. */
public final class WhyJson {
  private WhyJson() {}

  /**
   * The whole answer: the first, and what the test waits for besides.
   *
   * @param why at least one
   */
  public static ObjectNode of(List<Explanation> why) {
    ObjectNode json = of(why.get(0));
    if (why.size() > 1) {
      ArrayNode others = json.putArray("others");
      why.stream().skip(1).map(WhyJson::of).forEach(others::add);
    }
    return json;
  }

  private static ObjectNode of(Explanation why) {
    ObjectNode json = FarmJson.object();
    json.put("id", why.test().test().value())
        .put("subId", why.test().subId())
        .put("waitingFor", why.sentence())
        .put("possible", why.isPossible())
        .put("maintenance", why.isMaintenance())
        .put("place", why.places().place())
        .put("waitingCount", why.places().waiting())
        .put("rivalPlace", why.places().rivalPlace())
        .put("rivalCount", why.places().rivals());
    if (!why.alike().isEmpty()) {
      ArrayNode alike = json.putArray("alike");
      why.alike().forEach(test -> alike.add(test.text()));
    }
    why.estimate().ifPresent(estimate -> FarmJson.estimate(json, estimate));
    ArrayNode demands = json.putArray("demands");
    why.demands().forEach(demand -> demands.add(demand(demand)));
    ArrayNode nodes = json.putArray("nodes");
    why.obstacles()
        .forEach(
            it -> nodes.addObject().put("node", it.node().toString()).put("detail", it.detail()));
    why.kept()
        .ifPresent(
            kept -> {
              ObjectNode there = json.putObject("kept").put("node", kept.node().toString());
              ArrayNode products = there.putArray("products");
              kept.products().forEach(it -> products.add(it.imei()));
              ArrayNode lacking = there.putArray("lacking");
              kept.lacking().forEach(lacking::add);
            });
    ArrayNode relaxations = json.putArray("relaxations");
    why.relaxations().forEach(it -> relaxations.add(relaxation(it)));
    return json;
  }

  private static ObjectNode demand(Demand demand) {
    ObjectNode json = FarmJson.object();
    json.put("demand", demand.demand())
        .put("asked", demand.asked())
        .put("fitting", demand.fitting())
        .put("free", demand.free());
    ArrayNode uses = json.putArray("products");
    demand.uses().forEach(use -> uses.add(use(use)));
    ArrayNode misses = json.putArray("misses");
    for (var miss : demand.misses()) {
      ObjectNode one =
          misses.addObject().put("count", miss.products()).put("example", miss.example().imei());
      ArrayNode clauses = one.putArray("clauses");
      miss.clauses().forEach(clause -> clauses.add(clause(clause)));
    }
    return json;
  }

  private static ObjectNode use(Use use) {
    ObjectNode json = FarmJson.object();
    json.put("imei", use.product().imei())
        .put("node", use.node().toString())
        .put("use", use.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    use.test().ifPresent(test -> json.put("test", test.text()));
    use.expected().ifPresent(at -> json.put("expectedEnd", at.toEpochMilli()));
    use.until().ifPresent(at -> json.put("until", at.toEpochMilli()));
    if (!use.detail().isEmpty()) {
      json.put("detail", use.detail());
    }
    return json;
  }

  private static ObjectNode relaxation(Relaxation relaxation) {
    ObjectNode json = FarmJson.object();
    ArrayNode changes = json.putArray("changes");
    relaxation.changes().forEach(it -> changes.add(clause(it.clause()).put("demand", it.demand())));
    ArrayNode products = json.put("node", relaxation.node().toString()).putArray("products");
    relaxation.products().forEach(it -> products.add(it.imei()));
    return json;
  }

  private static ObjectNode clause(Clause clause) {
    return FarmJson.object()
        .put("name", clause.name())
        .put("wanted", clause.wanted())
        .put("found", clause.found());
  }
}
