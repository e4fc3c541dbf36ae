package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Plugboard;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a person plug simulated products by typing. The end of the input ends the prompt, not the
 * bridge, so that the bridge runs as a daemon too.
 */
final class Prompt {
  private static final Logger LOG = LoggerFactory.getLogger(Prompt.class);
  private static final List<String> COMMANDS = List.of("list", "plug", "unplug", "help", "quit");
  private static final String HELP =
      """
      list                  shows the simulated products
      plug <IMEI> | all     plugs one or all of them in
      unplug <IMEI> | all   unplugs one or all of them
      help                  shows this
      quit                  ends the bridge\
      """;

  private final List<Plugboard> plugboards;
  private final PrintStream out;
  private final Runnable quit;

  Prompt(List<Plugboard> plugboards, PrintStream out, Runnable quit) {
    this.plugboards = List.copyOf(plugboards);
    this.out = out;
    this.quit = quit;
  }

  /** Obeys lines until there are no more, or until {@code quit}. */
  void obey(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!obey(line.strip())) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("standard input cannot be read, the prompt ends");
    }
  }

  private boolean obey(String line) {
    String[] words = line.split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "" -> {}
      case "list" -> list();
      case "plug" -> plug(argument, true);
      case "unplug" -> plug(argument, false);
      case "help" -> out.println(HELP);
      case "quit" -> {
        quit.run();
        return false;
      }
      default ->
          out.println(
              "\""
                  + SafeName.shown(words[0])
                  + "\" is not a command"
                  + NearestName.suggestion(words[0], COMMANDS)
                  + " Type help for all commands.");
    }
    return true;
  }

  private void list() {
    for (var board : plugboards) {
      for (var device : board.known()) {
        out.println(
            "%-8s %s %s %s port %s"
                .formatted(
                    board.isPlugged(device.imei()) ? "in" : "out",
                    device.imei(),
                    device.rmCode(),
                    device.connectionName(),
                    device.port()));
      }
    }
  }

  private void plug(String imei, boolean in) {
    if (imei.isEmpty()) {
      out.println("Name the IMEI of a product, or all; list shows them.");
    } else if (imei.equalsIgnoreCase("all")) {
      plugboards.forEach(
          board -> board.known().stream().map(Device::imei).forEach(it -> board.plug(it, in)));
    } else if (plugboards.stream().noneMatch(it -> it.plug(imei, in))) {
      out.println("There is no product " + SafeName.shown(imei) + "; list shows them.");
    }
  }
}
