package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.service.access.door.FarmAccess;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.http.api.OpenApi;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.news.News;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the interface against what there is, both ways. */
@Timeout(120)
final class OpenApiTest {
  private static final JsonNode DOCUMENT = OpenApi.of("1.0");

  @TempDir Path directory;

  @Test
  void everyRouteIsDescribedAndWhatIsDescribedIsThere() {
    Set<String> described = new TreeSet<>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(
                                (method.equals("get") ? "GET " : "POST ")
                                    + path.getKey().replaceAll("\\{[^}]*}", "{}"))));

    Set<String> routes =
        routes().addresses().stream()
            .filter(it -> it.contains(" /api/"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(routes, described);
    assertEquals(Operation.values().length, described.size(), "no two share an address");
  }

  @Test
  void everythingThatIsReferredToIsThere() {
    var schemas = DOCUMENT.path("components").path("schemas");
    for (var reference : DOCUMENT.findValuesAsText("$ref")) {
      String name = reference.substring("#/components/schemas/".length());
      assertTrue(schemas.has(name), reference);
    }
    for (var operation : Operation.values()) {
      assertFalse(operation.summary().isBlank(), operation.name());
    }
    long ids = Arrays.stream(Operation.values()).map(Operation::name).distinct().count();
    assertEquals(ids, DOCUMENT.findValues("operationId").size());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/tests, Tests",
    "/api/v1/tests/smoke_2, Test",
    "/api/v1/tests/nightly_2026-11-20_run, Test",
    "/api/v1/tests/nightly_2026-11-20_wait, Test",
    "/api/v1/tests/nightly_2026-11-20_wait/why, Why",
    "/api/v1/tests/smoke_2/attempts, Attempts",
    "/api/v1/statistics?from=2026-11-14&to=2026-11-20, Statistics",
    "/api/v1/statistics?by=cause, Statistics",
    "/api/v1/queue, Queue",
    "/api/v1/products, Products",
    "/api/v1/products/004402136230483, Product",
    "/api/v1/nodes, Nodes",
    "/api/v1/nodes/node1.example:27182, Node",
    "/api/v1/settings, Settings"
  })
  void anAnswerIsWhatIsDescribed(String address, String schema) throws Exception {
    var answer = Asked.answer(SiteTest.site(SampleFarm.friendly()), Asked.get(address));

    assertEquals(200, answer.status(), answer.body());
    suits(new ObjectMapper().readTree(answer.body()), schema(schema), schema);
  }

  @Test
  void aProblemIsOneAsDescribed() throws Exception {
    var answer =
        Asked.answer(SiteTest.site(SampleFarm.friendly()), Asked.get("/api/v1/tests/nobody"));

    assertEquals(404, answer.status());
    assertEquals("application/problem+json; charset=utf-8", answer.type());
    suits(new ObjectMapper().readTree(answer.body()), schema("Problem"), "Problem");
  }

  /** Whether a value has the described type, all that is required, and nothing undescribed. */
  private static void suits(JsonNode value, JsonNode described, String where) {
    JsonNode schema =
        described.has("$ref")
            ? schema(described.path("$ref").asText().substring("#/components/schemas/".length()))
            : described;
    String type = schema.path("type").asText();
    switch (type) {
      case "string" -> assertTrue(value.isTextual(), where + " is " + value);
      case "integer" -> assertTrue(value.isIntegralNumber(), where + " is " + value);
      case "number" -> assertTrue(value.isNumber(), where + " is " + value);
      case "boolean" -> assertTrue(value.isBoolean(), where + " is " + value);
      case "array" -> {
        assertTrue(value.isArray(), where + " is " + value);
        value.forEach(one -> suits(one, schema.path("items"), where + "[]"));
      }
      case "object" -> object(value, schema, where);
      default -> assertTrue(schema.path("type").isArray(), where + " has type " + type);
    }
  }

  private static void object(JsonNode value, JsonNode schema, String where) {
    assertTrue(value.isObject(), where + " is " + value);
    schema.path("required").forEach(name -> assertTrue(value.has(name.asText()), where + name));
    if (!schema.has("properties")) {
      return;
    }
    value
        .properties()
        .forEach(
            field -> {
              JsonNode own = schema.path("properties").path(field.getKey());
              assertTrue(
                  !own.isMissingNode() || schema.has("additionalProperties"),
                  where + " has " + field.getKey() + ", which is not described");
              if (!own.isMissingNode()) {
                suits(field.getValue(), own, where + "." + field.getKey());
              }
            });
  }

  private static JsonNode schema(String name) {
    return DOCUMENT.path("components").path("schemas").path(name);
  }

  private Router routes() {
    try (var access =
            FarmAccess.open(
                directory.resolve("store"),
                new FarmAccess.Rules(peer -> true, peer -> false),
                () -> SampleFarm.T0);
        var audit =
            AuditLog.open(
                directory.resolve("logs"), () -> Duration.ofDays(1), () -> SampleFarm.T0);
        var people = People.of(access, audit, peer -> true, 31_415)) {
      var router = Site.routes(SiteTest.bareSite(SampleFarm.friendly()), people, new NoOrders());
      try (var news = News.of(SampleFarm.EMPTY, "life");
          var events = new EventDesk(news)) {
        events.addTo(router);
      }
      return router;
    }
  }
}
