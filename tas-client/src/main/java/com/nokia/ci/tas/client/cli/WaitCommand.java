package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Waits for the end of a test that anybody has started. */
@Command(
    name = "wait",
    description = "Waits for the end of a test, whoever started it.",
    footer = {
      "",
      "Example:",
      "  tas wait --service farm.example.com:31415 --id nightly_7 --wait 3600",
      "",
      "Exit codes: those of start for the test; 2 wrong usage, 3 the test is not known,",
      "5 it has not ended in time, or the service does not answer."
    })
final class WaitCommand implements Callable<Integer> {
  private static final long PERIOD_IN_SECONDS = 1;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();

  @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the test.")
  private String id = "";

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long to wait, in seconds (default: ${DEFAULT-VALUE}).")
  private long patience = 6 * 3600;

  @Option(names = "--json", description = "Print the end as a JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var line = spec.commandLine();
    var voice = new Voice(line.getOut(), line.getErr(), json, Voice.isTerminal());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    ServicePages pages = service.pages();
    while (true) {
      if (!pages.isKnown(id)) {
        voice.note(id, "test " + id + " is not known on the service " + service.service());
        return ExitCode.REFUSED.number();
      }
      Optional<ServicePages.Ended> ended = pages.ended(id);
      if (ended.isPresent()) {
        voice.note(id, "test " + id + " is " + ended.get().verdict());
        return ended.get().exitCode().number();
      }
      if (System.nanoTime() - end > 0) {
        throw new ConnectionLostException(
            "test " + id + " has not ended in " + patience + " s; it goes on");
      }
      TimeUnit.SECONDS.sleep(PERIOD_IN_SECONDS);
    }
  }
}
