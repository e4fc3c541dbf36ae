package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows and changes the settings of a farm. */
@Command(
    name = "farm",
    description = {
      "Shows the settings that are in force on a service, without its secrets. With --set changes",
      "them: in configuration.dat beside the service, which it reads while it runs, and so only on",
      "its machine, by whoever may write that file. The service logs each change."
    },
    footer = {
      "",
      "Examples:",
      "  tas farm --service farm.example.com:31415",
      "  tas farm --service localhost:31415 --directory /srv/tas --set maintenance-mode=1",
      "",
      "Exit codes: 0 shown or in force, 2 wrong usage or a value that the service cannot use,",
      "3 the file is not here or cannot be written, 5 the service does not answer."
    })
final class FarmCommand implements Callable<Integer> {
  private static final TextTable.Columns TABLE =
      new TextTable.Columns("settings", List.of("Setting", "Value"), FarmCommand::row);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting and waits until it is in force; repeatable.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "For --set: the directory that the service runs in (default: the current one).")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    if (changes.isEmpty()) {
      JsonNode answer = service.pages().settings();
      json.print(spec, answer, () -> shown(answer));
      return ExitCode.FINISHED.number();
    }
    var change = new SettingChange(service.pages(), file());
    var answer = JsonOption.object();
    var done = answer.putArray("changes");
    var lines = new StringBuilder();
    for (var each : changes.entrySet()) {
      String former = change.make(each.getKey(), each.getValue());
      done.addObject()
          .put("key", each.getKey())
          .put("value", each.getValue())
          .put("former", former);
      lines
          .append(lines.isEmpty() ? "" : System.lineSeparator())
          .append(each.getKey() + " is " + each.getValue() + " now; it was " + former);
    }
    json.print(spec, answer, lines::toString);
    return ExitCode.FINISHED.number();
  }

  /** The settings, and below them what its administrator has to see to. */
  private static String shown(JsonNode answer) {
    var text = new StringBuilder(TABLE.of(answer));
    answer
        .path("complaints")
        .forEach(line -> text.append(System.lineSeparator()).append(SafeName.shown(line.asText())));
    return text.toString();
  }

  /** The file of that very service: others may run on this machine. */
  private Path file() {
    var address = service.service();
    Path file = directory.resolve("configuration.dat");
    Path store = directory.resolve("store").resolve(String.valueOf(address.port()));
    try {
      if (OrderOption.isThisMachine(address.host())
          && Files.isRegularFile(file)
          && Files.isDirectory(store)) {
        return file;
      }
    } catch (IOException e) {
      throw new CommandRefusal(ExitCode.REFUSED, address.host() + " is not known: " + e);
    }
    throw new CommandRefusal(
        ExitCode.REFUSED,
        "settings are changed in configuration.dat of the directory that the service runs in, and "
            + directory.toAbsolutePath()
            + " is not that of "
            + address
            + "; run this on its machine, there or with --directory");
  }

  private static List<String> row(JsonNode setting) {
    return List.of(
        setting.path("key").asText(setting.path("name").asText()), setting.path("value").asText());
  }
}
