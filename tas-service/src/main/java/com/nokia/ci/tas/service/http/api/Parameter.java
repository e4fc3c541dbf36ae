package com.nokia.ci.tas.service.http.api;

import java.util.Objects;

/**
 * Something that can be said behind the question mark of an address.
 *
 * @param name as it is written
 * @param type word of JSON Schema: {@code string} or {@code integer}
 * @param description what it does, one line
 */
public record Parameter(String name, String type, String description) {
  public Parameter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
  }

  static Parameter text(String name, String description) {
    return new Parameter(name, "string", description);
  }

  static Parameter number(String name, String description) {
    return new Parameter(name, "integer", description);
  }
}
