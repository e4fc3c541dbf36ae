package com.nokia.ci.tas.service.farm.distribution;

import java.util.List;
import java.util.Optional;

/** The distributions that every farm has. */
public final class Distributions {
  private static final List<Distribution> OURS =
      List.of(new Even(), new OneByOne(), new Balanced());

  private Distributions() {}

  /** All of them; the first is for tests that do not say. */
  public static List<Distribution> all() {
    return OURS;
  }

  /** The one of that name, if there is one; an empty name is that of the first. */
  public static Optional<Distribution> named(String name) {
    return name.isEmpty()
        ? Optional.of(OURS.get(0))
        : OURS.stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst();
  }
}
