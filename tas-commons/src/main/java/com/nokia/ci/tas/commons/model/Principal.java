package com.nokia.ci.tas.commons.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Who stands behind a session or a request, once it is known.
 *
 * @param kind in what capacity
 * @param name for logs and pages: the label of a key, the name of a person; no secret
 * @param key the key that was shown; empty for a peer on the service's own machine and for a person
 *     who logged in
 * @param user the person whose key it is, or who logged in
 * @param rights what may be done
 */
public record Principal(
    Kind kind, String name, Optional<KeyId> key, Optional<UserId> user, Rights rights) {

  /** In what capacity somebody comes. */
  public enum Kind {
    /** A peer on the service's own machine that showed nothing; may be a node or a client. */
    LOCAL,
    /** A node with a key of the farm. */
    NODE,
    /** A client with a key of the farm. */
    CLIENT,
    /** A person at the page. */
    PERSON
  }

  /** A peer on the service's own machine that showed nothing: starts tests, stops its own. */
  public static final Principal LOCAL =
      new Principal(
          Kind.LOCAL,
          "this machine",
          Optional.empty(),
          Optional.empty(),
          Rights.onFarm(AccessRole.SUBMIT));

  public Principal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(rights, "rights");
  }

  /** The same with other rights. */
  public Principal with(Rights other) {
    return new Principal(kind, name, key, user, other);
  }

  /** Whether it may register as a node, with products and runs. */
  public boolean mayBeNode() {
    return kind == Kind.LOCAL || kind == Kind.NODE;
  }

  /** Whether it may register as a client, and start tests if its rights allow it. */
  public boolean mayBeClient() {
    return kind != Kind.NODE;
  }

  /** Name and key as they stand in log lines. */
  @Override
  public String toString() {
    return key.map(it -> name + " (key " + it + ")").orElse(name);
  }
}
