package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The object of JSON that somebody sends with an order.
 *
 * @param json what was sent; empty when nothing was
 * @param problem why it is not understood, a sentence
 */
record OrderBody(ObjectNode json, Optional<String> problem) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static OrderBody of(Request request) {
    if (request.body().isBlank()) {
      return new OrderBody(JsonNodeFactory.instance.objectNode(), Optional.empty());
    }
    if (request.header("content-type").filter(it -> it.startsWith("application/json")).isEmpty()) {
      return problem("Say Content-Type: application/json with the body.");
    }
    try {
      return JSON.readTree(request.body()) instanceof ObjectNode object
          ? new OrderBody(object, Optional.empty())
          : problem("Send an object of JSON: {…}");
    } catch (JsonProcessingException e) {
      return problem("The body is no JSON: " + e.getOriginalMessage());
    }
  }

  /** A text; empty when it was not said, or is none. */
  Optional<String> text(String name) {
    return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** A whole number; empty when it was not said, or is none. */
  Optional<Long> number(String name) {
    return Optional.of(json.path(name))
        .filter(JsonNode::isIntegralNumber)
        .filter(JsonNode::canConvertToLong)
        .map(JsonNode::asLong);
  }

  /** Whether something was said under a name that is not what belongs there. */
  boolean isOdd(String name) {
    return json.has(name) && text(name).isEmpty() && number(name).isEmpty();
  }

  private static OrderBody problem(String sentence) {
    return new OrderBody(JsonNodeFactory.instance.objectNode(), Optional.of(sentence));
  }
}
