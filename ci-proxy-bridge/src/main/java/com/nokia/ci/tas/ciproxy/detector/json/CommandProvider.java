package com.nokia.ci.tas.ciproxy.detector.json;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.DetectorProvider;
import com.nokia.ci.tas.ciproxy.detector.process.ChildNote;
import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Offers the devices that a program prints; off unless there is one. */
public final class CommandProvider implements DetectorProvider {
  private static final String COMMAND = "Command";
  private static final String PERIOD = "CommandPeriod";
  private static final String PORT = "CIProxyPortNumber";
  private static final Duration FIRST_LINE = Duration.ofSeconds(30);

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(
            COMMAND,
            "Program with its arguments that prints the products as a JSON list on a line, once or"
                + " at each change. Without it none."),
        Option.value(
            PERIOD,
            "30",
            "Seconds after which a Command that has ended is run again, 1 to 86400."));
  }

  @Override
  public Optional<Detector> detector(ParsedArguments arguments) {
    Duration again = Duration.ofSeconds(arguments.number(PERIOD, 1, 86_400));
    return arguments
        .given(COMMAND)
        .map(CommandLine::split)
        .map(
            it ->
                new CommandDetector(
                    it, new CommandDetector.Pace(again, FIRST_LINE), Optional.of(note(arguments))));
  }

  /** Bridges are told apart by their ports, and those that take any by their processes. */
  private static ChildNote note(ParsedArguments arguments) {
    int port = arguments.port(PORT);
    Path directory = Path.of("").toAbsolutePath();
    return port == 0
        ? ChildNote.ofThisProcess(directory, "ci-proxy-command-of-")
        : new ChildNote(directory.resolve("ci-proxy-command-" + port + ".pid"));
  }
}
