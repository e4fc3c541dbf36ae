package com.nokia.ci.tas.service.access.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.Project;
import com.nokia.ci.tas.service.access.User;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes an access book as JSON and reads it again.
 *
 * <p>A person may read the file; programs alone write it. What cannot be read is refused as a
 * whole: a door that half understands its list would stand open or shut by chance.
 */
public final class AccessJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AccessJson() {}

  /** Writes a book. */
  public static String text(AccessBook book) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode keys = root.putArray("keys");
    book.keys().values().forEach(key -> keys.add(KeyFields.write(JSON.createObjectNode(), key)));
    ArrayNode users = root.putArray("users");
    book.users().values().forEach(user -> UserFields.write(users.addObject(), user));
    ArrayNode projects = root.putArray("projects");
    book.projects().values().forEach(it -> ProjectFields.write(projects.addObject(), it));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values could not be written as JSON", e);
    }
  }

  /**
   * Reads a book.
   *
   * @throws IllegalArgumentException with a sentence that says where and what is wrong
   */
  public static AccessBook read(String text) {
    JsonNode root = parsed(text);
    if (!root.isObject()) {
      throw new IllegalArgumentException("it is no JSON object");
    }
    Map<KeyId, AccessKey> keys = new TreeMap<>();
    for (var entry : Fields.list(root, "keys")) {
      AccessKey key = KeyFields.read(entry);
      keys.put(key.id(), key);
    }
    Map<UserId, User> users = new TreeMap<>();
    for (var entry : Fields.list(root, "users")) {
      User user = UserFields.read(entry);
      users.put(user.id(), user);
    }
    Map<ProjectId, Project> projects = new TreeMap<>();
    for (var entry : Fields.list(root, "projects")) {
      Project project = ProjectFields.read(entry);
      projects.put(project.id(), project);
    }
    return new AccessBook(keys, users, projects);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "line %d: this is no JSON".formatted(e.getLocation().getLineNr()), e);
    }
  }
}
