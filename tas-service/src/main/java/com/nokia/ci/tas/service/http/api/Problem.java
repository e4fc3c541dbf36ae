package com.nokia.ci.tas.service.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Why a program does not get what it asked for, as RFC 9457 has it. */
public final class Problem {
  /** Media type of a problem. */
  public static final String TYPE = "application/problem+json; charset=utf-8";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content too large"),
          Map.entry(414, "Address too long"),
          Map.entry(429, "Too many requests"),
          Map.entry(431, "Headers too large"),
          Map.entry(500, "Internal error"),
          Map.entry(503, "Service unavailable"));

  private Problem() {}

  /**
   * A problem.
   *
   * @param status of HTTP
   * @param sentence for a person, with the remedy; stands in {@code detail}, and in {@code error}
   *     for programs that were written before there were problems
   */
  public static ObjectNode of(int status, String sentence) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", TITLES.getOrDefault(status, "Problem"))
        .put("status", status)
        .put("detail", sentence)
        .put("error", sentence);
  }

  /** The sentence of a problem that was written. */
  public static Optional<String> sentence(String json) {
    try {
      return Optional.of(JSON.readTree(json).path("detail").asText());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
