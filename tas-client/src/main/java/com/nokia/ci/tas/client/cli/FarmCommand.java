package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the settings of a farm. */
@Command(
    name = "farm",
    description = {
      "Shows the settings that are in force on a service, without its secrets. They are changed in",
      "configuration.dat beside the service, which it reads while it runs."
    },
    footer = {
      "",
      "Example:",
      "  tas farm --service farm.example.com:31415",
      "",
      "Exit codes: 0 shown, 2 wrong usage, 5 the service does not answer."
    })
final class FarmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private Listing listing = new Listing();

  @Override
  public Integer call() {
    return listing.print(
        spec,
        service.pages().settings(),
        "settings",
        List.of("Setting", "Value"),
        FarmCommand::row);
  }

  private static List<String> row(JsonNode setting) {
    return List.of(
        setting.path("key").asText(setting.path("name").asText()), setting.path("value").asText());
  }
}
