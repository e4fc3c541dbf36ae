package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.replay.Change;
import com.nokia.ci.tas.service.replay.ChangeParser;
import com.nokia.ci.tas.service.replay.Figures;
import com.nokia.ci.tas.service.replay.Replay;
import com.nokia.ci.tas.service.replay.Rerun;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.sql.StoreReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides the history of a store once more, as it was or in a changed farm. */
@Command(
    name = "tas replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides what a store has kept once more, and compares. Changes nothing; a service that",
      "works with the store goes on."
    },
    footer = {
      "",
      "Exit codes: 0 all decisions are the same, 1 one is not, or the store cannot be read, 2 wrong"
          + " usage.",
      "Examples:",
      "  tas replay store/31415",
      "  tas replay store/31415 --what-if \"add 2 rm-code:RM-763\"",
      "  tas replay store/31415 --what-if \"priority 5 issuer ci.example.org\""
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final String ROW = "%-32s %12s %12s%n";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "STORE",
      description = "The directory store/PORT of a service, or jdbc:postgresql://….")
  private String store = "";

  @Option(
      names = "--what-if",
      paramLabel = "CHANGE",
      description = {
        "What would be different: \"add 2 rm-code:RM-763\", \"remove node HOST:PORT\",",
        "\"remove product IMEI\", \"priority 5 issuer HOST\". Repeat it."
      })
  private List<String> whatIf = List.of();

  @Mixin private final DatabaseOption database;

  /** Which environment has the password, if that is where it is. */
  ReplayCommand(Map<String, String> environment) {
    database = new DatabaseOption(environment);
  }

  @Override
  public Integer call() throws Exception {
    var changes = whatIf.stream().map(this::change).toList();
    PrintWriter out = spec.commandLine().getOut();
    try (var reader = reader()) {
      Past past = reader.whole();
      if (changes.isEmpty()) {
        return compare(out, Replay.of(past));
      }
      show(out, Rerun.of(past, List.of()), Rerun.of(past, changes));
      return KeysProgram.DONE;
    }
  }

  private Change change(String sentence) {
    try {
      return ChangeParser.parse(sentence);
    } catch (SettingsException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private StoreReader reader() {
    return DatabaseOption.isDatabase(store)
        ? StoreReader.postgres(database.place(store))
        : StoreReader.embedded(Path.of(store));
  }

  private static int compare(PrintWriter out, Replay.Outcome outcome) {
    if (outcome.difference().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%d batches, %d events, %d decisions, all the same%n",
          outcome.batches(),
          outcome.events(),
          outcome.decisions());
      return KeysProgram.DONE;
    }
    var difference = outcome.difference().get();
    out.printf(
        Locale.ROOT,
        "event %d (batch %d, %s at %s) is decided otherwise%n  then: %s%n  now:  %s%n",
        difference.number(),
        difference.batch(),
        difference.event().getClass().getSimpleName(),
        difference.event().at(),
        difference.kept(),
        difference.now());
    return DIFFERENT;
  }

  private static void show(PrintWriter out, Figures before, Figures after) {
    out.printf(Locale.ROOT, ROW, "", "before", "after");
    row(out, "tests started", text(before.waits().size()), text(after.waits().size()));
    row(out, "tests never started", text(before.unstarted()), text(after.unstarted()));
    row(out, "waited, median", text(before.median()), text(after.median()));
    row(out, "waited, nine of ten at most", text(before.p90()), text(after.p90()));
    row(out, "waited, longest", text(before.longest()), text(after.longest()));
    row(out, "products in use", share(before.utilisation()), share(after.utilisation()));
    out.flush();
  }

  private static void row(PrintWriter out, String name, String before, String after) {
    out.printf(Locale.ROOT, ROW, name, before, after);
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  private static String text(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
