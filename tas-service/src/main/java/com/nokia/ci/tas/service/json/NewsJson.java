package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmChanges.Moved;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened, in one line of JSON each: enough to go on, the rest can be asked for. */
public final class NewsJson {
  private NewsJson() {}

  /**
   * A test that is at a point.
   *
   * @param isOnNode whether node, attempt and products belong to it
   */
  public static String of(Moved moved, String state, boolean isOnNode, Instant at) {
    ObjectNode json = test(moved.test(), state, at).put("client", moved.client().toString());
    json.put("received", moved.received().toEpochMilli());
    if (isOnNode) {
      moved.node().ifPresent(node -> json.put("node", node.toString()));
      json.put("attempt", moved.attempts());
      products(json, moved.test());
    }
    return json.toString();
  }

  /** What a test waits for on its node before its executor starts. */
  public static String waiting(Moved moved, Instant at) {
    ObjectNode json = test(moved.test(), "preparing", at).put("waitsFor", moved.waitsFor());
    moved.node().ifPresent(node -> json.put("node", node.toString()));
    return json.put("attempt", moved.attempts()).toString();
  }

  /** A test that has been at a point and has ended since. */
  public static String passed(EndedTest ended, String state, boolean isOnNode, Instant at) {
    ObjectNode json = test(ended.test(), state, at).put("client", ended.client().toString());
    json.put("received", ended.times().received().toEpochMilli());
    if (isOnNode) {
      ended.node().ifPresent(node -> json.put("node", node.toString()));
      json.put("attempt", ended.attempts());
      products(json, ended.test());
    }
    return json.toString();
  }

  /** A test that has ended. */
  public static String of(EndedTest ended) {
    ObjectNode json =
        test(ended.test(), "ended", ended.times().ended())
            .put("client", ended.client().toString())
            .put("verdict", ended.verdict().name().toLowerCase(Locale.ROOT))
            .put("attempts", ended.attempts());
    ended
        .reason()
        .ifPresent(
            reason ->
                json.putObject("reason")
                    .put("fault", reason.fault().text())
                    .put("code", reason.code())
                    .put("sentence", reason.sentence()));
    ended.node().ifPresent(node -> json.put("node", node.toString()));
    products(json, ended.test());
    json.put("received", ended.times().received().toEpochMilli());
    ended.times().reserved().ifPresent(it -> json.put("reserved", it.toEpochMilli()));
    ended.times().started().ifPresent(it -> json.put("started", it.toEpochMilli()));
    return json.put("ended", ended.times().ended().toEpochMilli()).toString();
  }

  /**
   * What is told of a product: when none of it differs, there is no news.
   *
   * @param details of its status
   * @param holder which test has it, and how
   * @param keptFor which test it is kept for
   */
  public record ProductNews(
      ProductId id,
      NodeId node,
      ProductStatus status,
      String details,
      boolean isConnected,
      Optional<String> holder,
      Optional<String> hold,
      Optional<String> keptFor) {

    public static ProductNews of(ProductView view) {
      var product = view.product();
      return new ProductNews(
          product.id(),
          view.node(),
          product.status(),
          product.value(ProductAttribute.STATUS_DETAILS),
          view.disconnectedAt().isEmpty(),
          view.holder().map(it -> it.test().text()),
          view.holder().map(it -> it.hold().name().toLowerCase(Locale.ROOT)),
          view.keptFor().map(RuntimeId::text));
    }

    /** The line. */
    public String json() {
      ObjectNode json =
          FarmJson.object()
              .put("imei", id.imei())
              .put("node", node.toString())
              .put("status", status.text())
              .put("statusDetails", details)
              .put("connected", isConnected);
      holder.ifPresent(test -> json.put("test", test));
      hold.ifPresent(how -> json.put("hold", how));
      keptFor.ifPresent(test -> json.put("keptFor", test));
      return json.toString();
    }
  }

  /**
   * What is told of a node: when none of it differs, there is no news.
   *
   * @param remark why it takes no test; may be empty
   * @param runs on it
   */
  public record NodeNews(
      NodeId id, NodeView.Condition condition, String remark, List<RuntimeId> runs) {

    public static NodeNews of(NodeView view) {
      return new NodeNews(view.node().id(), view.condition(), view.remark(), view.runs());
    }

    /** The line. */
    public String json() {
      ObjectNode json =
          FarmJson.object()
              .put("node", id.toString())
              .put("condition", condition.name().toLowerCase(Locale.ROOT))
              .put("remark", remark);
      ArrayNode tests = json.putArray("tests");
      runs.forEach(run -> tests.add(run.text()));
      return json.toString();
    }
  }

  /** A product that is forgotten. */
  public static String gone(ProductId product) {
    return FarmJson.object().put("imei", product.imei()).put("gone", true).toString();
  }

  /** A node that is forgotten. */
  public static String gone(NodeId node) {
    return FarmJson.object().put("node", node.toString()).put("gone", true).toString();
  }

  private static ObjectNode test(TestDescription test, String state, Instant at) {
    ObjectNode json =
        FarmJson.object()
            .put("id", test.id().test().value())
            .put("subId", test.id().subId())
            .put("state", state)
            .put("at", at.toEpochMilli());
    test.origin().project().ifPresent(project -> json.put("project", project.value()));
    test.origin().owner().ifPresent(owner -> json.put("owner", owner.value()));
    return json;
  }

  private static void products(ObjectNode json, TestDescription test) {
    ArrayNode products = json.putArray("products");
    test.progress().reservedProducts().forEach(product -> products.add(product.id().imei()));
  }
}
