package com.nokia.ci.tas.client.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A test that somebody has left, and where its results go. */
final class LeftTest {
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private VoiceOption speaking = new VoiceOption();

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

  /** How the command speaks of it. */
  Voice voice(CommandSpec spec) {
    return speaking.voice(spec);
  }

  /** The directory that gets the results, absolute. */
  Path results() {
    return results.toAbsolutePath().normalize();
  }
}
