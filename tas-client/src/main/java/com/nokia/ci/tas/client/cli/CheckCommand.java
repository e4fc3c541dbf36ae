package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says how a test is that anybody has started. */
@Command(
    name = "check",
    description = "Says how a test is, whoever started it.",
    footer = {
      "",
      "Example:",
      "  tas check --service farm.example.com:31415 --id nightly_7",
      "",
      "Exit codes: 0 it is waiting, running or has finished, 1 it has failed, 2 wrong usage,",
      "3 it was refused or is not known, 4 it was stopped, 5 the service does not answer or",
      "the infrastructure failed the test."
    })
final class CheckCommand implements Callable<Integer> {
  private static final int PATIENCE_IN_SECONDS = 60;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private JsonOption json = new JsonOption();

  /**
   * The first thing that is heard.
   *
   * @param state of the test; empty when nobody could be asked
   */
  private record Sign(ExitCode code, String state, String sentence) {}

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    var sign = new CompletableFuture<Sign>();
    try (var issuer = Issuer.open(service.settings())) {
      issuer.check(test.text(), service.service(), new FirstSign(sign));
      return print(sign.get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      throw new CommandRefusal(
          ExitCode.INFRASTRUCTURE, "the service " + service.service() + " does not answer");
    }
  }

  private int print(Sign sign) {
    if (sign.state().isEmpty()) {
      throw new CommandRefusal(sign.code(), sign.sentence());
    }
    var answer =
        JsonOption.object()
            .put("test", test.text())
            .put("state", sign.state())
            .put("text", sign.sentence())
            .put("exitCode", sign.code().number());
    json.print(spec, answer, sign::sentence);
    return sign.code().number();
  }

  private Sign alive(Test heard, String status) {
    String details = heard.getStatusDetails();
    return new Sign(
        ExitCode.FINISHED,
        status,
        "test " + test.text() + " is " + status + (details.isEmpty() ? "" : ": " + details));
  }

  /** The service executes no such test, but it may remember one. */
  private Sign over(Ending outcome) {
    if (outcome.kind() == Ending.Kind.LOST) {
      return new Sign(ExitCode.INFRASTRUCTURE, "", outcome.reason());
    }
    return service
        .pages()
        .ended(test.text())
        .map(it -> new Sign(it.exitCode(), it.verdict(), outcome.reason()))
        .orElse(new Sign(ExitCode.REFUSED, "unknown", outcome.reason()));
  }

  private final class FirstSign implements TestObserver {
    private final CompletableFuture<Sign> sign;

    FirstSign(CompletableFuture<Sign> sign) {
      this.sign = sign;
    }

    @Override
    public void accepted(Test test) {
      sign.complete(alive(test, Test.STATUS_PENDING));
    }

    @Override
    public void started(Test test) {
      sign.complete(alive(test, Test.STATUS_STARTED));
    }

    @Override
    public void said(Test test, String text) {
      // the answer is a report, not a text
    }

    @Override
    public void ended(Test test, Ending outcome) {
      sign.complete(over(outcome));
    }
  }
}
