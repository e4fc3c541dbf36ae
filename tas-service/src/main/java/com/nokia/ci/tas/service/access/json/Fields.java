package com.nokia.ci.tas.service.access.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Members of JSON objects, with a sentence for each that is not as it has to be. */
final class Fields {
  private Fields() {}

  static String text(JsonNode object, String name) {
    return optional(object, name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is missing"));
  }

  static Optional<String> optional(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"" + name + "\" is no text");
    }
    return Optional.of(value.textValue());
  }

  /** A word of a list of words, such as a role. */
  static <T> Optional<T> word(JsonNode object, String name, Function<String, Optional<T>> reader) {
    return optional(object, name)
        .map(
            word ->
                reader
                    .apply(word)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "\"" + name + "\" has a value that is not known")));
  }

  static Optional<Instant> time(JsonNode object, String name) {
    try {
      return optional(object, name).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("\"" + name + "\" is no time", e);
    }
  }

  /** A time that has to be there. */
  static Instant someTime(JsonNode object, String name) {
    return time(object, name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is missing"));
  }

  /** An object inside; one that is missing is empty. */
  static JsonNode object(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isMissingNode() && !value.isObject()) {
      throw new IllegalArgumentException("\"" + name + "\" is no object");
    }
    return value;
  }

  static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static List<JsonNode> list(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new IllegalArgumentException("\"" + name + "\" is no list");
    }
    var entries = new ArrayList<JsonNode>();
    value.forEach(entries::add);
    return entries;
  }

  static void put(ObjectNode object, String name, Optional<?> value) {
    value.ifPresent(it -> object.put(name, it.toString()));
  }
}
