package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.file.UserFiles;
import com.nokia.ci.tas.client.profile.Profiles;
import com.nokia.ci.tas.commons.launch.SettingsFile;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Values of options that the command line does not give, in the usual order: what the environment
 * says counts more than the description of the test, that more than the profile, that more than the
 * settings of the user. They are added to the command line as if they had been typed, so that they
 * are checked in the same way.
 */
final class GivenElsewhere {
  /** What makes sense for every test of a user; all else is the matter of a description. */
  static final Set<String> SETTINGS =
      Set.of(
          "service",
          "farm-key",
          "client-hostname",
          "client-port",
          "plain",
          "project",
          "priority",
          "timeout",
          "waiting-timeout",
          "preparation-timeout",
          "execution-timeout",
          "run-log",
          "profile",
          "retries",
          "judge",
          "publish",
          "publish-when",
          "publish-deadline",
          "publishers");

  static final String DESCRIPTION = "--test";
  static final String PROFILE = "--profile";

  private static final String DASHES = "--";

  private final Map<String, String> environment;
  private final Path here;

  /**
   * Looks in these places.
   *
   * @param here where profiles of a project are looked for, upwards
   */
  GivenElsewhere(Map<String, String> environment, Path here) {
    this.environment = environment;
    this.here = here;
  }

  /**
   * The arguments with those that are given elsewhere.
   *
   * @param line that will parse them; is not changed by it
   * @throws SettingsException when a file is wrong or names an option that the command has not
   */
  String[] complete(CommandLine line, String... arguments) {
    ParseResult parsed = parsed(line, arguments);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    CommandSpec command = parsed.commandSpec();
    if (parsed.isUsageHelpRequested() || command.findOption("--service") == null) {
      return arguments;
    }
    var added = new Added(command, parsed);
    environment().forEach(added::addIfKnown);
    ParseResult all = parsed;
    value(DESCRIPTION, all, added)
        .ifPresent(file -> added.addAll(file, DescriptionFile.read(Path.of(file))));
    var settings = settings();
    value(PROFILE, all, added)
        .or(() -> profileOf(command, settings))
        .ifPresent(
            name ->
                added.addAll(
                    "profile " + name, Profiles.visibleFrom(here, environment).values(name)));
    settings.forEach(added::addIfKnown);
    return added.behind(arguments);
  }

  private static Optional<String> profileOf(
      CommandSpec command, Map<String, List<String>> settings) {
    return command.findOption(PROFILE) == null
        ? Optional.empty()
        : settings.getOrDefault("profile", List.of()).stream().findFirst();
  }

  /** Errors are told by the parsing that counts. */
  private static ParseResult parsed(CommandLine line, String... arguments) {
    try {
      all(line, true);
      return line.parseArgs(arguments);
    } finally {
      all(line, false);
    }
  }

  private static void all(CommandLine line, boolean collectErrors) {
    line.getCommandSpec().parser().collectErrors(collectErrors);
    line.getSubcommands().values().forEach(it -> all(it, collectErrors));
  }

  private static Optional<String> value(String option, ParseResult parsed, Added added) {
    return parsed.hasMatchedOption(option)
        ? parsed.matchedOption(option).originalStringValues().stream().findFirst()
        : added.value(option);
  }

  private Map<String, List<String>> environment() {
    var values = new LinkedHashMap<String, List<String>>();
    for (String name : new TreeSet<>(SETTINGS)) {
      String value = environment.get("TAS_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (value != null && !value.isBlank()) {
        values.put(name, List.of(value));
      }
    }
    return values;
  }

  private Map<String, List<String>> settings() {
    Path file = UserFiles.configuration(environment).resolve("settings");
    var content =
        SettingsFile.at(file)
            .read(
                (key, value) ->
                    SETTINGS.contains(key)
                        ? Optional.empty()
                        : Optional.of(
                            "is no setting"
                                + NearestName.suggestion(key, new TreeSet<>(SETTINGS))));
    if (content.isEmpty()) {
      return Map.of();
    }
    if (!content.get().badLines().isEmpty()) {
      throw new SettingsException(file + ": " + content.get().badLines().get(0).sentence());
    }
    var values = new LinkedHashMap<String, List<String>>();
    content.get().values().forEach((key, value) -> values.put(key, List.of(value)));
    return values;
  }

  /** What is added to a command line. */
  private static final class Added {
    private final CommandSpec command;
    private final ParseResult given;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Added(CommandSpec command, ParseResult given) {
      this.command = command;
      this.given = given;
    }

    Optional<String> value(String option) {
      return values.getOrDefault(option, List.of()).stream().findFirst();
    }

    /** What is meant for all commands; this one need not have it. */
    void addIfKnown(String name, List<String> all) {
      if (command.findOption(DASHES + name) != null) {
        add(DASHES + name, all);
      }
    }

    /** What is meant for this command. */
    void addAll(String source, Map<String, List<String>> all) {
      all.forEach(
          (name, some) -> {
            if (command.findOption(DASHES + name) == null) {
              var names = new TreeSet<String>();
              command.options().forEach(it -> names.add(it.longestName().replaceFirst("^-+", "")));
              throw new SettingsException(
                  source
                      + " has \""
                      + SafeName.shown(name)
                      + "\", which "
                      + command.qualifiedName()
                      + " does not know"
                      + NearestName.suggestion(name, names));
            }
            add(DASHES + name, some);
          });
    }

    private void add(String option, List<String> all) {
      if (!given.hasMatchedOption(option)) {
        values.putIfAbsent(option, all);
      }
    }

    String[] behind(String... arguments) {
      var all = new ArrayList<>(List.of(arguments));
      values.forEach(
          (name, some) -> {
            OptionSpec option = command.findOption(name);
            boolean isSwitch = option.arity().max() == 0;
            for (String value : some) {
              if (!isSwitch) {
                all.add(name + "=" + value);
              } else if (!value.equalsIgnoreCase("false")) {
                all.add(name);
              }
            }
          });
      return all.toArray(String[]::new);
    }
  }
}
