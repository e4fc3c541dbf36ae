package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.Outcome;
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

  @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the test.")
  private String id = "";

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long to wait for the answer, in seconds (default: ${DEFAULT-VALUE}).")
  private int patience = 60;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    var watch = new TestWatch(spec.commandLine().getOut(), spec.commandLine().getErr());
    try (var issuer = Issuer.open(service.settings())) {
      issuer.stop(id, service.service(), watch);
      return tell(watch, watch.outcome().get(patience, TimeUnit.SECONDS)).number();
    } catch (TimeoutException e) {
      watch.note("the service " + service.service() + " did not answer in " + patience + " s");
      return ExitCode.INFRASTRUCTURE.number();
    }
  }

  private ExitCode tell(TestWatch watch, Outcome outcome) {
    return switch (outcome.kind()) {
      case STOPPED -> {
        watch.note("test " + id + " is stopped");
        yield ExitCode.FINISHED;
      }
      case FINISHED, FAILED, REFUSED -> {
        watch.note(outcome.reason().isEmpty() ? "test " + id + " has ended" : outcome.reason());
        yield ExitCode.REFUSED;
      }
      case LOST -> {
        watch.note(outcome.reason());
        yield ExitCode.INFRASTRUCTURE;
      }
    };
  }
}
