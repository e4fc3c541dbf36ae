package com.nokia.ci.tas.client.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Names what gives values to options that the command line does not give; read by {@link
 * GivenElsewhere} before the command is.
 */
final class FileOptions {
  static final String DESCRIPTION = "--test";
  static final String PROFILE = "--profile";

  @Option(
      names = DESCRIPTION,
      paramLabel = "FILE",
      description = {
        "Describes the test: the guide's XML (.xml), or YAML with the names of these options without",
        "dashes in front. What the command line gives counts more."
      })
  private Optional<Path> description = Optional.empty();

  @Option(
      names = PROFILE,
      paramLabel = "NAME",
      description = {
        "Defaults for a kind of test, from .tas/profiles.yaml here or above, or from",
        "profiles.yaml in ~/.config/tas. What the command line or --test gives counts more."
      })
  private Optional<String> profile = Optional.empty();
}
