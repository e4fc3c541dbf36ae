package com.nokia.ci.tas.service.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.AccessRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The OpenAPI 3.1 document of the interface, made from {@link Operation}. */
public final class OpenApi {
  private static final String SCHEMA = "#/components/schemas/";

  private OpenApi() {}

  /**
   * The document.
   *
   * @param version of the service
   */
  public static ObjectNode of(String version) {
    ObjectNode document = object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Test Automation Service")
        .put("version", version)
        .put(
            "description",
            "Tests, products and nodes of a farm. Times are milliseconds since 1970, durations"
                + " milliseconds. Fields may be added; leave unread what you do not know.");
    ObjectNode paths = document.putObject("paths");
    for (var operation : Operation.values()) {
      paths
          .withObjectProperty(operation.path())
          .set(operation.isReading() ? "get" : "post", of(operation));
    }
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas());
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "A token from the page /account, over TLS or on the service's machine");
    return document;
  }

  private static ObjectNode of(Operation operation) {
    ObjectNode json =
        object()
            .put("operationId", operation.name().toLowerCase(Locale.ROOT))
            .put("summary", operation.summary())
            .put("description", "Takes the role " + operation.role().text() + ".");
    json.putArray("tags").add(operation.tag());
    parameters(json.putArray("parameters"), operation);
    operation
        .body()
        .ifPresent(
            body ->
                json.putObject("requestBody")
                    .putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", SCHEMA + body));
    ObjectNode responses = json.putObject("responses");
    responses
        .putObject(String.valueOf(operation.status()))
        .put("description", "As asked for")
        .putObject("content")
        .putObject(operation.media())
        .putObject("schema")
        .put("$ref", SCHEMA + operation.answer());
    responses
        .putObject("default")
        .put("description", "A problem as RFC 9457 has it")
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", SCHEMA + "Problem");
    ArrayNode security = json.putArray("security");
    if (operation.role() == AccessRole.VIEW) {
      security.addObject(); // Anybody may, while anonymous-role is view.
    }
    security.addObject().putArray("token");
    return json;
  }

  private static void parameters(ArrayNode array, Operation operation) {
    operation
        .variable()
        .ifPresent(
            name ->
                array
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string"));
    for (var parameter : operation.parameters()) {
      array
          .addObject()
          .put("name", parameter.name())
          .put("in", "query")
          .put("description", parameter.description())
          .putObject("schema")
          .put("type", parameter.type());
    }
  }

  private static ObjectNode schemas() {
    try (var in = OpenApi.class.getResourceAsStream("schemas.json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the schemas of the interface cannot be read", e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
