package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.verdict.Ending;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Waits for the end of a test that anybody has started. */
@Command(
    name = "wait",
    description = {
      "Waits for the end of a test, whoever started it, through restarts of the service; hears of it",
      "at once."
    },
    footer = {
      "",
      "Example:",
      "  tas wait --service farm.example.com:31415 --id nightly_7 --wait 3600",
      "",
      "Exit codes: those of start for the test; 2 wrong usage, 3 the test is not known,",
      "5 it has not ended in time, or the service does not answer."
    })
final class WaitCommand implements Callable<Integer> {
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
  public Integer call() throws InterruptedException, ExecutionException {
    String id = test.text();
    var end = service.ends().of(id);
    try {
      var outcome = end.get(patience, TimeUnit.SECONDS).outcome();
      var code = ExitCode.of(outcome.kind(), outcome.fault());
      if (outcome.kind() == Ending.Kind.REFUSED || outcome.kind() == Ending.Kind.LOST) {
        throw new CommandRefusal(code, outcome.reason());
      }
      String state = outcome.kind().name().toLowerCase(Locale.ROOT);
      String reason = outcome.reason().isEmpty() ? "" : ": " + outcome.reason();
      speaking.voice(spec).state(id, state, "test " + id + " is " + state + reason);
      return code.number();
    } catch (TimeoutException e) {
      end.cancel(/* mayInterruptIfRunning= */ true);
      throw new CommandRefusal(
          ExitCode.INFRASTRUCTURE,
          "test " + id + " has not ended in " + patience + " s; it goes on");
    }
  }
}
