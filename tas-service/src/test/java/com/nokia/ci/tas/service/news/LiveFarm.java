package com.nokia.ci.tas.service.news;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import com.nokia.ci.tas.service.farm.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A farm of one node with one product, on which tests of project radio run. */
public final class LiveFarm {
  public static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  public static final String IMEI = "004402136230483";
  public static final NodeId NODE = new NodeId(new Endpoint("node1.example", 27_182));

  private static final ClientId CLIENT = new ClientId(new Endpoint("ci.example", 16_180));

  private final Farm farm = new Farm(FarmSettings.defaults(new Endpoint("farm.example", 31_415)));
  private Instant now = T0;

  /** The node has come. */
  public LiveFarm() {
    farm.apply(new Event.NodeRegistered(T0, new NodeDescription(NODE.endpoint(), "rack 4", "1")));
    report(Event.Report.PLUGGED, Map.of("imei", IMEI, "rm-code", "RM-763"));
  }

  /** The farm as it is. */
  public FarmSnapshot snapshot() {
    return farm.snapshot();
  }

  /** The node says something of its product. */
  public void report(Event.Report how, Map<String, String> values) {
    tick();
    farm.apply(new Event.ProductReported(now, NODE.endpoint(), how, ProductDescription.of(values)));
  }

  /** A test for the product is submitted; it starts at once where the product is free. */
  public void submit(String id) {
    tick();
    var origin = new TestOrigin("/w", "", Optional.of(new ProjectId("radio")), Optional.empty());
    var demand =
        new ProductDemand(new TreeMap<>(Map.of(ProductAttribute.RM_CODE.text(), "RM-763")));
    farm.apply(
        new Event.TestSubmitted(
            now,
            CLIENT,
            new TestDescription(
                    RuntimeId.of(id),
                    origin,
                    TestDemand.NOTHING,
                    new TestExecution("python3", "run.py", List.of(), Map.of(), List.of(), "r.zip"),
                    TestProgress.NONE,
                    List.of())
                .with(TestProgress.NONE.within(Duration.ofHours(1))),
            new Wanted.Understood(new Requirement(List.of(demand)))));
  }

  /** The node says how a run goes. */
  public void report(String id, int attempt, TestStatus status) {
    tick();
    farm.apply(
        new Event.RunReported(now, NODE, RuntimeId.of(id), attempt, status, "", Optional.empty()));
  }

  /** The node says what a run waits for before its executor starts. */
  public void waits(String id, int attempt, String what) {
    tick();
    farm.apply(
        new Event.RunReported(
            now, NODE, RuntimeId.of(id), attempt, TestStatus.PENDING, what, Optional.empty()));
  }

  /** A person says something of the product and of its node. */
  public void note(String text) {
    tick();
    var note = new PersonsOrder(PersonsOrder.Kind.NOTE, "anna", text);
    farm.apply(new Event.ProductOrdered(now, new ProductId(IMEI), note));
    farm.apply(new Event.NodeOrdered(now, NODE, note));
  }

  private void tick() {
    now = now.plusSeconds(1);
  }
}
