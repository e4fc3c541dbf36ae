package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Who plays in the tests of the farm. */
final class Cast {
  static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  static final Endpoint SERVICE = new Endpoint("service.test", 31_415);
  static final FarmSettings SETTINGS = FarmSettings.defaults(SERVICE);
  static final NodeDescription NODE_1 = node(1);
  static final NodeDescription NODE_2 = node(2);
  static final ClientId CLIENT_1 = client(1);
  static final ClientId CLIENT_2 = client(2);
  static final Duration HOUR = Duration.ofHours(1);

  /** Those that are asked for again and again. */
  private static final List<ProductId> PRODUCTS =
      IntStream.range(0, 20).mapToObj(Cast::numbered).toList();

  private Cast() {}

  static NodeDescription node(int number) {
    return new NodeDescription(
        new Endpoint("node" + number + ".test", 27_182), "rack " + number, "1.0");
  }

  static ClientId client(int number) {
    return new ClientId(new Endpoint("client" + number + ".test", 20_000 + number));
  }

  static NodeId id(NodeDescription node) {
    return node.id();
  }

  static ProductId product(int number) {
    return number < PRODUCTS.size() ? PRODUCTS.get(number) : numbered(number);
  }

  private static ProductId numbered(int number) {
    return new ProductId(String.format("35000000000%04d", number));
  }

  /** A main product of a kind. */
  static ProductDescription phone(int number, String rmCode) {
    return ProductDescription.of(
        Map.of("imei", product(number).imei(), "rm-code", rmCode, "sim1-pin1", "4711"));
  }

  static ProductDescription free(ProductId id) {
    return ProductDescription.of(Map.of("imei", id.imei(), "status", "free"));
  }

  /** {@code demand("rm-code", "RM-1", "role", "main")}. */
  static ProductDemand demand(String... clauses) {
    var all = new TreeMap<String, String>();
    for (int i = 0; i < clauses.length; i += 2) {
      all.put(clauses[i], clauses[i + 1]);
    }
    return ProductDemand.of(all);
  }

  static Wanted wanted(ProductDemand... demands) {
    return new Wanted.Understood(new Requirement(Arrays.asList(demands)));
  }

  static Wanted kind(String rmCode) {
    return wanted(demand("rm-code", rmCode));
  }

  static TestId test(String id) {
    return new TestId(id);
  }

  /** A flash test with a timeout of an hour. */
  static TestDescription flash(String id) {
    return new TestDescription(
            RuntimeId.of(id),
            TestDescription.named(RuntimeId.of(id)).origin(),
            TestDemand.NOTHING,
            new TestExecution(
                "python3", "run.py", List.of("run.py", "data.zip"), Map.of(), List.of(), "r.zip"),
            TestProgress.NONE,
            List.of())
        .with(TestProgress.NONE.within(HOUR));
  }

  /**
   * A flash test with packages, each with a file of its own; {@code "ui"} or {@code "ui@(expr)"}.
   */
  static TestDescription packed(String id, String... packages) {
    var test = flash(id);
    var parts =
        Arrays.stream(packages)
            .map(
                name -> {
                  int at = name.indexOf('@');
                  String own = at < 0 ? name : name.substring(0, at);
                  String needs = at < 0 ? "" : name.substring(at + 1);
                  return new TestPackageDescription(own, needs, List.of(own + ".zip"));
                })
            .toList();
    return test.with(test.execution().with(test.execution().artifacts(), parts));
  }

  /** The same, divided in a way of its own. */
  static TestDescription divided(String distribution, TestDescription test) {
    return test.with(test.demand().distribution(distribution));
  }

  static TestDescription nose(String id) {
    return demanding(id, Target.NOSE, ReleasingMode.AUTOMATIC);
  }

  static TestDescription manual(String id) {
    return demanding(id, Target.FLASH, ReleasingMode.MANUAL);
  }

  static TestDescription within(TestDescription test, Duration timeout) {
    return test.with(test.progress().within(timeout));
  }

  /** A flash test of a priority. */
  static TestDescription prior(String id, int priority) {
    return flash(id).with(TestDemand.NOTHING.priority(priority));
  }

  private static TestDescription demanding(String id, Target target, ReleasingMode mode) {
    return flash(id).with(new TestDemand(target, mode, Duration.ZERO, "", List.of()));
  }
}
