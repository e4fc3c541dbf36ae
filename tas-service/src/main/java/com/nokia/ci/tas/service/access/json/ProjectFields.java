package com.nokia.ci.tas.service.access.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.service.access.Project;
import com.nokia.ci.tas.service.access.Project.Variable;
import java.util.Map;
import java.util.TreeMap;

/** One project as a JSON object. */
final class ProjectFields {
  private ProjectFields() {}

  static void write(ObjectNode object, Project project) {
    object.put("id", project.id().value());
    object.put("description", project.description());
    ObjectNode plain = object.putObject("variables");
    ObjectNode secret = object.putObject("secretVariables");
    project.variables().forEach((name, it) -> (it.secret() ? secret : plain).put(name, it.value()));
  }

  static Project read(JsonNode object) {
    String id = Fields.text(object, "id");
    try {
      Map<String, Variable> variables = new TreeMap<>();
      JsonNode plain = Fields.object(object, "variables");
      for (String name : Fields.names(plain)) {
        variables.put(name, new Variable(Fields.text(plain, name), /* secret= */ false));
      }
      JsonNode secret = Fields.object(object, "secretVariables");
      for (String name : Fields.names(secret)) {
        variables.put(name, new Variable(Fields.text(secret, name), /* secret= */ true));
      }
      return new Project(
          new ProjectId(id), Fields.optional(object, "description").orElse(""), variables);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("project " + id + ": " + e.getMessage(), e);
    }
  }
}
