package com.nokia.ci.tas.service;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a service is started with.
 *
 * @param directory where its files are: {@code configuration.dat}, {@code statistics}, {@code
 *     store} and its workspace
 * @param port to listen on; 0 for any free one
 * @param hostname to tell peers and visitors; empty: found out
 * @param description free text for pages
 * @param configuration keys of {@code configuration.dat} that beat the file
 * @param standby whether it waits, without being heard of, until no other service leads the farm
 */
public record ServiceSettings(
    Path directory,
    int port,
    Optional<String> hostname,
    String description,
    Map<String, String> configuration,
    boolean standby) {

  /** The port that services listen on unless told otherwise. */
  public static final int USUAL_PORT = 31_415;

  public ServiceSettings {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(hostname, "hostname");
    Objects.requireNonNull(description, "description");
    configuration = Map.copyOf(configuration);
  }

  /** A service on the usual port with its files in this directory. */
  public static ServiceSettings in(Path directory) {
    return new ServiceSettings(
        directory, USUAL_PORT, Optional.empty(), "", Map.of(), /* standby= */ false);
  }

  /** The same on another port. */
  public ServiceSettings onPort(int newPort) {
    return new ServiceSettings(directory, newPort, hostname, description, configuration, standby);
  }

  /** The same under a given host name. */
  public ServiceSettings named(String newHostname) {
    return new ServiceSettings(
        directory, port, Optional.of(newHostname), description, configuration, standby);
  }

  /** The same with a description. */
  public ServiceSettings describedAs(String newDescription) {
    return new ServiceSettings(directory, port, hostname, newDescription, configuration, standby);
  }

  /** The same with a key of {@code configuration.dat} set. */
  public ServiceSettings with(String key, String value) {
    var changed = new HashMap<>(configuration);
    changed.put(key, value);
    return new ServiceSettings(directory, port, hostname, description, changed, standby);
  }

  /** The same as a stand-by. */
  public ServiceSettings asStandby() {
    return new ServiceSettings(
        directory, port, hostname, description, configuration, /* standby= */ true);
  }
}
