package com.nokia.ci.tas.commons.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody may do: on the whole farm, and beyond that in single projects.
 *
 * @param farm counts in every project and for what belongs to none; empty: nothing
 * @param projects roles in single projects; one that is less than that on the farm changes nothing
 */
public record Rights(Optional<AccessRole> farm, Map<ProjectId, AccessRole> projects) {

  /** May do nothing. */
  public static final Rights NONE = new Rights(Optional.empty(), Map.of());

  public Rights {
    projects = Collections.unmodifiableMap(new TreeMap<>(projects));
  }

  /** The same role everywhere. */
  public static Rights onFarm(AccessRole role) {
    return new Rights(Optional.of(role), Map.of());
  }

  /** A role in one project and none outside. */
  public static Rights in(ProjectId project, AccessRole role) {
    return new Rights(Optional.empty(), Map.of(project, role));
  }

  /** Whether a role is held on the whole farm. */
  public boolean allow(AccessRole wanted) {
    return farm.filter(role -> role.includes(wanted)).isPresent();
  }

  /** Whether a role is held for what belongs to a project, or for what belongs to none. */
  public boolean allow(AccessRole wanted, Optional<ProjectId> project) {
    return project.flatMap(this::role).or(() -> farm).filter(it -> it.includes(wanted)).isPresent();
  }

  /** Whether a role is held somewhere at all. */
  public boolean allowAnywhere(AccessRole wanted) {
    return allow(wanted) || projects.values().stream().anyMatch(role -> role.includes(wanted));
  }

  /** The role in a project, that on the farm included. */
  public Optional<AccessRole> role(ProjectId project) {
    Optional<AccessRole> own = Optional.ofNullable(projects.get(project));
    return own.filter(role -> farm.isEmpty() || role.includes(farm.get())).or(() -> farm);
  }

  /**
   * What both these rights and others allow: a key of a person may never do more than the person.
   */
  public Rights within(Rights limit) {
    Optional<AccessRole> everywhere = farm.flatMap(role -> limit.farm.map(role::orLess));
    var named = new HashSet<>(projects.keySet());
    named.addAll(limit.projects.keySet());
    var inProjects = new TreeMap<ProjectId, AccessRole>();
    for (var project : named) {
      role(project)
          .flatMap(role -> limit.role(project).map(role::orLess))
          .filter(role -> !everywhere.equals(Optional.of(role)))
          .ifPresent(role -> inProjects.put(project, role));
    }
    return new Rights(everywhere, inProjects);
  }
}
