package com.nokia.ci.tas.client.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A test that somebody has left, and where its results go. */
final class LeftTest {
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--results-dir",
      paramLabel = "DIR",
      description = "Directory that gets the results (default: here).")
  private Path results = Path.of("");

  ServiceOption service() {
    return service;
  }

  String id() {
    return test.text();
  }

  JsonOption json() {
    return json;
  }

  /** The directory that gets the results, absolute. */
  Path results() {
    return results.toAbsolutePath().normalize();
  }
}
