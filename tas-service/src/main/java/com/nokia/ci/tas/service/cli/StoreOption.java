package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.service.access.keys.FarmKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** Whose keys: the directory and the port of a service. */
final class StoreOption {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port of the service (default: ${DEFAULT-VALUE}).")
  private int port = 31_415;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "The directory that the service runs in (default: the current one).")
  private Path directory = Path.of("");

  Path directory() {
    return directory;
  }

  Path store() {
    return directory.resolve("store").resolve(String.valueOf(port));
  }

  FarmKeys keys() {
    return FarmKeys.in(store(), InstantSource.system());
  }
}
