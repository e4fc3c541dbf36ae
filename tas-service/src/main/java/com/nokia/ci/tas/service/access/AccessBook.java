package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.UserId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everybody whom a farm knows: what is in its access file. Of keys and passwords it holds digests
 * alone.
 *
 * @param keys by their names, those that have expired or were revoked included
 * @param users the people who may log in
 * @param projects what they work on; secret variables included
 */
public record AccessBook(
    Map<KeyId, AccessKey> keys, Map<UserId, User> users, Map<ProjectId, Project> projects) {

  /** Nobody is known. */
  public static final AccessBook EMPTY = new AccessBook(Map.of(), Map.of(), Map.of());

  public AccessBook {
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    users = Collections.unmodifiableMap(new TreeMap<>(users));
    projects = Collections.unmodifiableMap(new TreeMap<>(projects));
  }

  /** The same with a key added, or replaced by one of that name. */
  public AccessBook with(AccessKey key) {
    var changed = new TreeMap<>(keys);
    changed.put(key.id(), key);
    return new AccessBook(changed, users, projects);
  }

  /** The same with a person added, or replaced by one of that name. */
  public AccessBook with(User user) {
    var changed = new TreeMap<>(users);
    changed.put(user.id(), user);
    return new AccessBook(keys, changed, projects);
  }

  /** The same without a person; keys that this person had allow nothing any more. */
  public AccessBook without(UserId user) {
    var changed = new TreeMap<>(users);
    changed.remove(user);
    return new AccessBook(keys, changed, projects);
  }

  /** The same with a project added, or replaced by one of that name. */
  public AccessBook with(Project project) {
    var changed = new TreeMap<>(projects);
    changed.put(project.id(), project);
    return new AccessBook(keys, users, changed);
  }

  /** The same without a project, and without the roles in it: a later one begins anew. */
  public AccessBook without(ProjectId project) {
    var changed = new TreeMap<>(projects);
    changed.remove(project);
    var people = new TreeMap<>(users);
    people.replaceAll((id, user) -> user.in(project, Optional.empty()));
    return new AccessBook(keys, people, changed);
  }

  public Optional<AccessKey> key(KeyId id) {
    return Optional.ofNullable(keys.get(id));
  }

  public Optional<User> user(UserId id) {
    return Optional.ofNullable(users.get(id));
  }

  public Optional<Project> project(ProjectId id) {
    return Optional.ofNullable(projects.get(id));
  }

  /** Who the holder of a key is, and may do: never more than the person whose key it is. */
  public Principal holder(AccessKey key) {
    var holder = key.holder();
    return holder
        .user()
        .map(id -> user(id).map(User::rights).orElse(Rights.NONE))
        .map(limit -> holder.with(holder.rights().within(limit)))
        .orElse(holder);
  }
}
