package com.nokia.ci.tas.client.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command speaks that follows tests: to people, to a log, to a program. */
final class VoiceOption {
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = {"-q", "--quiet"},
      description = {
        "Print what executors print, the verdict and errors, and nothing of what happens between;",
        "no progress."
      })
  private boolean quiet;

  /** A voice for the command that has this option. */
  Voice voice(CommandSpec spec) {
    var line = spec.commandLine();
    var manner =
        json.isAsked() ? Voice.Manner.JSON : quiet ? Voice.Manner.QUIET : Voice.Manner.ofStderr();
    return new Voice(line.getOut(), line.getErr(), manner);
  }

  boolean isJson() {
    return json.isAsked();
  }
}
