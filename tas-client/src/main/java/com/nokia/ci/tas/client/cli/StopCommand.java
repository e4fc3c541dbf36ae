package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.verdict.Ending;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops a test that anybody has started. */
@Command(
    name = "stop",
    description = "Stops a test, whoever started it.",
    footer = {
      "",
      "Example:",
      "  tas stop --service farm.example.com:31415 --id nightly_7",
      "",
      "Exit codes: 0 it is stopped, 2 wrong usage, 3 the service has no such test running or",
      "refuses, 5 the service does not answer."
    })
final class StopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private VoiceOption speaking = new VoiceOption();

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long to wait for the answer, in seconds (default: ${DEFAULT-VALUE}).")
  private int patience = 60;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    var voice = speaking.voice(spec);
    var watch = new RunWatch(voice, /* isOneOfSeveral= */ false, Path.of(""));
    try (var issuer = Issuer.open(service.settings())) {
      issuer.stop(test.text(), service.service(), watch);
      tell(voice, watch.outcome().get(patience, TimeUnit.SECONDS));
      return ExitCode.FINISHED.number();
    } catch (TimeoutException e) {
      throw new CommandRefusal(
          ExitCode.INFRASTRUCTURE,
          "the service " + service.service() + " did not answer in " + patience + " s");
    }
  }

  private void tell(Voice voice, Ending outcome) {
    String reason =
        outcome.reason().isEmpty() ? "test " + test.text() + " has ended" : outcome.reason();
    switch (outcome.kind()) {
      case STOPPED -> voice.state(test.text(), "stopped", "test " + test.text() + " is stopped");
      case FINISHED, FAILED, REFUSED -> throw new CommandRefusal(ExitCode.REFUSED, reason);
      case LOST -> throw new CommandRefusal(ExitCode.INFRASTRUCTURE, reason);
    }
  }
}
