package com.nokia.ci.tas.service.farm.distribution;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One package of a test, as a {@link Distribution} sees it.
 *
 * @param number its place among the packages of the test, from 0; tells it from others
 * @param id the name its issuer gave to it; need not be unique
 * @param files names of the artifacts that it needs beside those of the test
 * @param expected how long it takes, by what it took before; empty when nothing is known
 */
public record Parcel(int number, String id, List<String> files, Optional<Duration> expected) {
  public Parcel {
    Objects.requireNonNull(id, "id");
    files = List.copyOf(files);
    Objects.requireNonNull(expected, "expected");
  }
}
