package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.SealedValues;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A project: owns tests, and variables that each of them gets. Who may do what in it stands with
 * the people.
 *
 * @param id its name
 * @param description free text; may be empty
 * @param variables environment variables of the executors of its tests, by name
 */
public record Project(ProjectId id, String description, Map<String, Variable> variables) {

  /**
   * A variable.
   *
   * @param value what the executor gets
   * @param secret whether nobody else may see it
   */
  public record Variable(String value, boolean secret) {
    public Variable {
      Objects.requireNonNull(value, "value");
    }

    /** The value, unless it is secret. */
    public String shown() {
      return secret ? SealedValues.MASK : value;
    }

    @Override
    public String toString() {
      return shown();
    }
  }

  public Project {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /** A project without variables. */
  public static Project of(ProjectId id, String description) {
    return new Project(id, description, Map.of());
  }

  /** The same with a variable added or replaced. */
  public Project with(String name, Variable variable) {
    var changed = new TreeMap<>(variables);
    changed.put(name, variable);
    return new Project(id, description, changed);
  }

  /** The same without a variable. */
  public Project without(String name) {
    var changed = new TreeMap<>(variables);
    changed.remove(name);
    return new Project(id, description, changed);
  }
}
