package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A person who may log in.
 *
 * @param id by what the person logs in
 * @param password how it is recognised
 * @param rights on the farm and in projects
 * @param made when the person became known
 * @param passwordSince when the password was set; log-ins from before are over
 */
public record User(
    UserId id, PasswordHash password, Rights rights, Instant made, Instant passwordSince) {
  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(rights, "rights");
    Objects.requireNonNull(made, "made");
    Objects.requireNonNull(passwordSince, "passwordSince");
  }

  /** The same with another password from now on. */
  public User with(PasswordHash newPassword, Instant now) {
    return new User(id, newPassword, rights, made, now);
  }

  /** The same with another role on the farm, or none. */
  public User onFarm(Optional<AccessRole> role) {
    return with(new Rights(role, rights.projects()));
  }

  /** The same with another role in a project, or none. */
  public User in(ProjectId project, Optional<AccessRole> role) {
    var projects = new TreeMap<>(rights.projects());
    projects.remove(project);
    role.ifPresent(it -> projects.put(project, it));
    return with(new Rights(rights.farm(), projects));
  }

  private User with(Rights newRights) {
    return new User(id, password, newRights, made, passwordSince);
  }
}
