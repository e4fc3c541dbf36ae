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
  @Mixin private TestIdOption test = new TestIdOption();

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long to wait, in seconds (default: ${DEFAULT-VALUE}).")
  private long patience = 6 * 3600;

  @Mixin private VoiceOption speaking = new VoiceOption();

  @Override
  public Integer call() throws InterruptedException {
    String id = test.text();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    ServicePages pages = service.pages();
    while (true) {
      if (!pages.isKnown(id)) {
        throw new CommandRefusal(
            ExitCode.REFUSED, "test " + id + " is not known on the service " + service.service());
      }
      Optional<ServicePages.Ended> ended = pages.ended(id);
      if (ended.isPresent()) {
        String verdict = ended.get().verdict();
        speaking.voice(spec).state(id, verdict, "test " + id + " is " + verdict);
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
