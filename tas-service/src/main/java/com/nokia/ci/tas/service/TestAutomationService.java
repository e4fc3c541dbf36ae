package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.launch.Arguments;
import com.nokia.ci.tas.commons.launch.Daemon;
import com.nokia.ci.tas.commons.launch.FatalErrors;
import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.cli.KeysProgram;
import com.nokia.ci.tas.service.cli.PeopleProgram;
import com.nokia.ci.tas.service.cli.ReplayProgram;
import com.nokia.ci.tas.service.cli.StoreProgram;
import com.nokia.ci.tas.service.settings.Setting;
import com.nokia.ci.tas.service.store.sql.SqliteLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts the service from the command line: {@code java -jar TestAutomationService.jar}. With
 * {@code keys}, {@code users} or {@code projects} as its first argument it looks after those
 * instead; with {@code replay} it decides a history once more, with {@code store} it moves what a
 * farm has kept.
 */
public final class TestAutomationService {
  private static final String PORT = "TestAutomationServicePortNumber";
  private static final String DESCRIPTION = "TestAutomationServiceDescription";
  private static final String HOSTNAME = "TestAutomationServiceHostname";
  private static final String STANDBY = "TestAutomationServiceStandby";

  /** The first argument that makes the program work on keys. */
  private static final String KEYS = "keys";

  private TestAutomationService() {}

  /** Runs until the process is told to end; or works on the farm's keys and ends. */
  public static void main(String[] args) {
    endOnFatalErrors();
    System.exit(run(args));
  }

  /**
   * A farm whose loop or journal died for want of memory would hold its store and answer nobody:
   * whoever supervises the service starts another, which goes on with what was kept.
   */
  static void endOnFatalErrors() {
    FatalErrors.end(() -> Runtime.getRuntime().halt(FatalErrors.EXIT_CODE));
  }

  private static int run(String... args) {
    String command = args.length > 0 ? args[0] : "";
    if (command.equals(KEYS)) {
      return KeysProgram.run(Arrays.copyOfRange(args, 1, args.length));
    }
    if (command.equals(ReplayProgram.COMMAND)) {
      return ReplayProgram.run(Arrays.copyOfRange(args, 1, args.length));
    }
    if (command.equals(StoreProgram.COMMAND)) {
      return StoreProgram.run(Arrays.copyOfRange(args, 1, args.length));
    }
    return PeopleProgram.COMMANDS.contains(command)
        ? PeopleProgram.run(command, Arrays.copyOfRange(args, 1, args.length))
        : serve(args);
  }

  private static int serve(String... args) {
    return Daemon.run(
        TestAutomationService.class,
        arguments(),
        (parsed, end) -> {
          SqliteLibrary.keepIn(Path.of("store", "native"));
          return ServiceProgram.start(settings(parsed), end);
        },
        args);
  }

  static Arguments arguments() {
    Arguments arguments =
        Arguments.of(
                "TestAutomationService.jar", "Test Automation Service: the master of one farm.")
            .with(
                Option.value(
                    PORT,
                    String.valueOf(ServiceSettings.USUAL_PORT),
                    "Port for messages and for the status page."),
                Option.value(DESCRIPTION, "Free text about the farm, shown on its pages.")
                    .orEmpty(),
                Option.value(
                    HOSTNAME,
                    "Name or address that nodes, clients and visitors reach this machine by. Found"
                        + " out when not given, by HOST, HOSTNAME or COMPUTERNAME if need be."),
                Option.value(
                    STANDBY,
                    "false",
                    "true: waits until no other service leads the farm, then takes over. Needs a"
                        + " store that both share."));
    for (var setting : Setting.values()) {
      arguments.with(
          Option.value(setting.key(), setting.defaultValue(), String.join(" ", setting.comment()))
              .orEmpty());
    }
    return arguments
        .example(PORT + "=" + ServiceSettings.USUAL_PORT + " " + DESCRIPTION + "=\"Lab 4\"")
        .example(PORT + "=31416 maximal-number-of-tests-per-node=8 plain-peer-networks=10.1.0.0/16")
        .remark(
            "Settings are read from configuration.dat in the current directory, which is written"
                + " with its defaults when there is none; one given here beats the file.")
        .remark("The status page is at http://host:port/ of the service.")
        .remark(
            "\"keys\", \"users\" or \"projects\" as the first argument looks after the farm's keys,"
                + " people and projects; \"keys --help\" and so on tell more.");
  }

  static ServiceSettings settings(ParsedArguments parsed) {
    Map<String, String> configuration = new TreeMap<>(parsed.given());
    configuration.keySet().removeIf(key -> Setting.of(key).isEmpty());
    return new ServiceSettings(
        Path.of(""),
        parsed.port(PORT),
        parsed.given(HOSTNAME).map(TestAutomationService::checkedHostname),
        parsed.text(DESCRIPTION),
        configuration,
        isStandby(parsed.text(STANDBY)));
  }

  private static boolean isStandby(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new SettingsException(
              "argument %s=%s is neither true nor false".formatted(STANDBY, SafeName.shown(word)));
    };
  }

  /** A name that no peer could dial would only be noticed there. */
  private static String checkedHostname(String hostname) {
    if (!hostname.matches("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,8}")) {
      throw new SettingsException(
          "argument %s=%s is no host name and no address; write it without port and blanks"
              .formatted(HOSTNAME, SafeName.shown(hostname)));
    }
    return hostname;
  }
}
