package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody says to an order: a form, or an object of JSON.
 *
 * @param reason stripped and of bounded length; empty when none was given
 * @param hasReason whether one was given, be it empty
 * @param until when the order ends by itself, if it does
 * @param problem why it is not understood, a sentence
 */
record Wording(
    String reason, boolean hasReason, Optional<Instant> until, Optional<String> problem) {
  private static final int LONGEST_REASON = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Wording of(Request request) {
    var field = request.field("reason");
    if (field.isPresent()) {
      return new Wording(bounded(field.get()), true, Optional.empty(), Optional.empty());
    }
    if (request.header("content-type").filter(it -> it.startsWith("application/json")).isEmpty()) {
      return request.body().isBlank() || request.header("content-type").isPresent()
          ? said(JsonNodeFactory.instance.objectNode())
          : problem("Say Content-Type: application/json with the body.");
    }
    try {
      JsonNode body = JSON.readTree(request.body());
      return body.isObject() || body.isMissingNode()
          ? said(body)
          : problem("Send an object: {\"reason\": \"…\"}");
    } catch (JsonProcessingException e) {
      return problem("The body is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Wording said(JsonNode body) {
    JsonNode reason = body.path("reason");
    JsonNode until = body.path("until");
    if (!reason.isMissingNode() && !reason.isTextual()) {
      return problem("\"reason\" has to be a text.");
    }
    if (!until.isMissingNode() && !until.isNull() && !until.canConvertToLong()) {
      return problem("\"until\" has to be a time in milliseconds since 1970.");
    }
    return new Wording(
        bounded(reason.asText("")),
        reason.isTextual(),
        until.canConvertToLong()
            ? Optional.of(Instant.ofEpochMilli(until.longValue()))
            : Optional.empty(),
        Optional.empty());
  }

  private static Wording problem(String sentence) {
    return new Wording("", false, Optional.empty(), Optional.of(sentence));
  }

  private static String bounded(String said) {
    String text = said.strip();
    return text.codePointCount(0, text.length()) > LONGEST_REASON
        ? text.substring(0, text.offsetByCodePoints(0, LONGEST_REASON))
        : text;
  }
}
