package com.nokia.ci.tas.service.access.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.User;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One person as a JSON object. */
final class UserFields {
  private UserFields() {}

  static void write(ObjectNode object, User user) {
    object.put("id", user.id().value());
    object.put("password", user.password().text());
    Fields.put(object, "role", user.rights().farm().map(AccessRole::text));
    ObjectNode projects = object.putObject("projects");
    user.rights().projects().forEach((id, role) -> projects.put(id.value(), role.text()));
    Fields.put(object, "made", Optional.of(user.made()));
    Fields.put(object, "passwordSince", Optional.of(user.passwordSince()));
  }

  static User read(JsonNode object) {
    String id = Fields.text(object, "id");
    try {
      return new User(
          new UserId(id),
          new PasswordHash(Fields.text(object, "password")),
          new Rights(
              Fields.word(object, "role", AccessRole::of),
              roles(Fields.object(object, "projects"))),
          Fields.someTime(object, "made"),
          Fields.someTime(object, "passwordSince"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("user " + id + ": " + e.getMessage(), e);
    }
  }

  private static Map<ProjectId, AccessRole> roles(JsonNode object) {
    var roles = new TreeMap<ProjectId, AccessRole>();
    for (String name : Fields.names(object)) {
      Fields.word(object, name, AccessRole::of)
          .ifPresent(role -> roles.put(new ProjectId(name), role));
    }
    return roles;
  }
}
