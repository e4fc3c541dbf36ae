package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.Outcome;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.TestId;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the output of a test that was started with {@code --detach}. */
@Command(
    name = "logs",
    description = {
      "Shows the whole output of a test that was started with --detach and has ended; with -f also of",
      "one that runs, until it ends. Its results stay where they are."
    },
    footer = {
      "",
      "Example:",
      "  tas logs --service farm.example.com:31415 --id nightly_7 -f",
      "",
      "Exit codes: 0 shown, 2 wrong usage, 3 there is no such test or no -f for one that runs,",
      "5 the service does not answer."
    })
final class LogsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();

  @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the test.")
  private String id = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Follow a test that runs; who followed it before hears no more of it.")
  private boolean follow;

  @Override
  public Integer call() {
    var line = spec.commandLine();
    if (!follow && service.pages().ended(id).isEmpty()) {
      line.getErr().println("tas: test " + id + " has not ended or is not known; -f follows one");
      line.getErr().flush();
      return ExitCode.REFUSED.number();
    }
    var lines = new Lines(line.getOut());
    try (var issuer = Issuer.open(service.settings())) {
      return Interruption.during(
          () -> {
            issuer.follow(new Test(id), Bond.ATTACH, service.service(), lines, issuer.newCalls());
            return code(lines.outcome.join());
          },
          () -> issuer.leave(new TestId(id), service.service()));
    }
  }

  private int code(Outcome outcome) {
    boolean isShown = outcome.kind() != Outcome.Kind.REFUSED && outcome.kind() != Outcome.Kind.LOST;
    if (!isShown) {
      spec.commandLine().getErr().println("tas: " + outcome.reason());
      spec.commandLine().getErr().flush();
      return ExitCode.of(outcome.kind(), outcome.fault()).number();
    }
    return ExitCode.FINISHED.number();
  }

  /** Prints what is said and takes nothing else. */
  private static final class Lines implements TestObserver {
    private final PrintWriter out;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Lines(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void started(Test test) {
      // its output tells
    }

    @Override
    public void said(Test test, String text) {
      text.lines().forEach(out::println);
      out.flush();
    }

    @Override
    public void noted(Test test, String sentence) {
      // about the connection
    }

    @Override
    public void ended(Test test, Outcome how) {
      outcome.complete(how);
    }

    @Override
    public Optional<OutputStream> create(String directory, String name) {
      return Optional.of(OutputStream.nullOutputStream());
    }
  }
}
