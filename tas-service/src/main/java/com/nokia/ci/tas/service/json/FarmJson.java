package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.Attempt;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Estimate;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.SubTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The farm as JSON for programs: names of the XML elements in camel case, and what a service knows
 * beyond them. Times are milliseconds since the epoch, durations milliseconds. What does not apply
 * is absent. Executor parameters are not shown: they may hold credentials.
 */
public final class FarmJson {
  private FarmJson() {}

  /** A test that waits. */
  public static ObjectNode test(WaitingTest waiting) {
    ObjectNode json = test(waiting.test(), waiting.test().progress().status().text());
    json.put("state", "waiting").put("client", waiting.client().toString());
    time(json, "received", waiting.received());
    time(json, "deadline", waiting.deadline());
    json.put("place", waiting.place())
        .put("priority", waiting.test().demand().priority())
        .put("failures", waiting.failures())
        .put("waitingFor", waiting.reason());
    waiting.estimate().ifPresent(estimate -> estimate(json, estimate));
    return json;
  }

  /** A test that has its products. */
  public static ObjectNode test(RunningTest running) {
    ObjectNode json = test(running.test(), running.test().progress().status().text());
    json.put("state", state(running))
        .put("client", running.client().toString())
        .put("node", running.node().toString())
        .put("attempt", running.attempt());
    time(json, "received", running.received());
    time(json, "reserved", running.reserved());
    running.started().ifPresent(at -> time(json, "started", at));
    time(json, "deadline", running.deadline());
    return json;
  }

  /** The word for where a test is that has its products. */
  public static String state(RunningTest running) {
    return running.started().isPresent() ? "running" : "preparing";
  }

  /** A test that has ended. */
  public static ObjectNode test(EndedTest ended) {
    boolean stopped = ended.verdict() == EndedTest.Verdict.STOPPED;
    ObjectNode json =
        test(ended.test(), stopped ? "stopped" : ended.test().progress().status().text());
    json.put("state", "ended")
        .put("verdict", word(ended.verdict()))
        .put("client", ended.client().toString())
        .put("attempts", ended.attempts());
    ended.node().map(NodeId::toString).ifPresent(node -> json.put("node", node));
    ended.reason().ifPresent(reason -> json.set("reason", reason(reason)));
    time(json, "received", ended.times().received());
    ended.times().reserved().ifPresent(at -> time(json, "reserved", at));
    ended.times().started().ifPresent(at -> time(json, "started", at));
    time(json, "ended", ended.times().ended());
    return json;
  }

  /** A product and whose it is. */
  public static ObjectNode product(ProductView view) {
    ObjectNode json = ProductFields.of(view.product());
    json.put("node", view.node().toString()).put("connected", view.disconnectedAt().isEmpty());
    view.disconnectedAt().ifPresent(at -> time(json, "disconnected", at));
    view.holder().ifPresent(holder -> json.set("holder", holder(holder)));
    view.keptFor().map(RuntimeId::text).ifPresent(test -> json.put("keptFor", test));
    return json;
  }

  /** A node and what runs there. */
  public static ObjectNode node(NodeView view) {
    Endpoint address = view.node().endpoint();
    ObjectNode json = object();
    json.put("hostname", address.host())
        .put("port", address.port())
        .put("description", view.node().description())
        .put("testAutomationSoftwareVersion", view.node().version())
        .put("condition", word(view.condition()))
        .put("remark", view.remark())
        .put("maximalTests", view.maximalRuns());
    time(json, "since", view.since());
    time(json, "lastSeen", view.lastSeen());
    ArrayNode tests = json.putArray("tests");
    view.runs().forEach(run -> tests.add(run.text()));
    return json;
  }

  private static ObjectNode test(TestDescription test, String status) {
    var demand = test.demand();
    var execution = test.execution();
    var progress = test.progress();
    ObjectNode json = object();
    json.put("id", test.id().test().value())
        .put("subId", test.id().subId())
        .put("workspacePath", test.origin().workspacePath())
        .put("url", test.origin().url())
        .put("target", demand.target().text())
        .put("productReleasingMode", demand.releasingMode().text())
        .put("productDisconnectionTimeout", demand.disconnectionTimeout().toMillis())
        .put("status", status)
        .put("statusDetails", progress.details())
        .put("startTime", progress.startTime().toEpochMilli())
        .put("timeout", progress.timeout().toMillis())
        .put("executorApplication", execution.application())
        .put("executorScript", execution.script())
        .put("resultsFilename", execution.resultsFilename())
        .put("requiredProductsExpression", OpenText.ofExpression(demand.expression()));
    test.origin().project().ifPresent(project -> json.put("project", project.value()));
    test.origin().owner().ifPresent(owner -> json.put("owner", owner.value()));
    test.origin()
        .plan()
        .ifPresent(place -> json.put("plan", place.run()).put("planItem", place.item()));
    ArrayNode artifacts = json.putArray("artifacts");
    execution.artifacts().forEach(artifacts::add);
    ArrayNode required = json.putArray("requiredProducts");
    demand.requiredProducts().forEach(product -> required.add(ProductFields.of(product)));
    ArrayNode reserved = json.putArray("reservedProducts");
    progress.reservedProducts().forEach(product -> reserved.add(ProductFields.of(product)));
    if (!progress.route().isEmpty()) {
      json.put("route", progress.route());
    }
    return json;
  }

  private static ObjectNode holder(Holder holder) {
    ObjectNode json = object();
    json.put("test", holder.test().text())
        .put("attempt", holder.attempt())
        .put("hold", word(holder.hold()));
    time(json, "since", holder.since());
    time(json, "until", holder.until());
    return json;
  }

  static void estimate(ObjectNode json, Estimate estimate) {
    time(json, "expectedStart", estimate.start());
    json.put("expectedStartError", estimate.error().toMillis());
  }

  private static ObjectNode reason(Reason reason) {
    return object()
        .put("fault", word(reason.fault()))
        .put("code", reason.code())
        .put("sentence", reason.sentence());
  }

  /** The sub-tests of a test that is split. */
  public static ArrayNode subTests(List<SubTest> parts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (var part : parts) {
      ObjectNode json = array.addObject();
      json.put("id", part.id().text())
          .put("subId", part.id().subId())
          .put("state", part.state())
          .put("attempts", part.attempts());
      part.node().map(NodeId::toString).ifPresent(node -> json.put("node", node));
      ArrayNode packages = json.putArray("testPackages");
      part.packages().forEach(packages::add);
      ArrayNode products = json.putArray("products");
      part.products().forEach(product -> products.add(product.imei()));
      if (!part.reason().isEmpty()) {
        json.put("waitingFor", part.reason());
      }
    }
    return array;
  }

  /** The runs of a test, the first that is remembered first. */
  public static ArrayNode attempts(List<Attempt> attempts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (var attempt : attempts) {
      ObjectNode json = array.addObject();
      json.put("run", attempt.run().text())
          .put("subId", attempt.run().subId())
          .put("attempt", attempt.number())
          .put("node", attempt.node().toString());
      ArrayNode products = json.putArray("products");
      attempt.products().forEach(product -> products.add(product.imei()));
      time(json, "reserved", attempt.reserved());
      attempt.started().ifPresent(at -> time(json, "started", at));
      attempt.ended().ifPresent(at -> time(json, "ended", at));
      String now = attempt.started().isPresent() ? "running" : "preparing";
      json.put("end", attempt.end().map(FarmJson::word).orElse(now));
      attempt.cause().ifPresent(reason -> json.set("reason", reason(reason)));
    }
    return array;
  }

  /** A complaint of the interface itself. */
  public static ObjectNode error(String sentence) {
    return object().put("error", sentence);
  }

  /** An object with nothing in it yet. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void time(ObjectNode json, String name, Instant at) {
    json.put(name, at.toEpochMilli());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The first that is there. */
  public static Optional<ObjectNode> first(
      Optional<RunningTest> running, Optional<WaitingTest> waiting, Optional<EndedTest> ended) {
    return running
        .map(FarmJson::test)
        .or(() -> waiting.map(FarmJson::test))
        .or(() -> ended.map(FarmJson::test));
  }
}
