package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a list of the service is printed: as a table or as it came, once or whenever it changes. */
final class Listing {
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = {"-w", "--watch"},
      description = {
        "Shows it again whenever it changes, until this command is interrupted; the service tells of",
        "changes by itself."
      })
  private boolean isWatched;

  /**
   * Prints a list.
   *
   * @param asking gets the answer of the service
   * @param topics of the events that may change it
   * @return the exit code
   */
  int print(
      CommandSpec spec,
      ServiceOption service,
      Function<ServicePages, JsonNode> asking,
      TextTable.Columns table,
      String topics) {
    var pages = service.pages();
    if (isWatched) {
      var out = spec.commandLine().getOut();
      var screen =
          json.isAsked()
              ? WatchedList.Screen.PROGRAM
              : Voice.isTerminal(Voice.STANDARD_OUTPUT)
                  ? WatchedList.Screen.TERMINAL
                  : WatchedList.Screen.LOG;
      new WatchedList(out, spec.commandLine().getErr(), screen)
          .show(service, () -> asking.apply(pages), table, topics);
    } else {
      JsonNode answer = asking.apply(pages);
      json.print(spec, answer, () -> table.of(answer));
    }
    return ExitCode.FINISHED.number();
  }
}
