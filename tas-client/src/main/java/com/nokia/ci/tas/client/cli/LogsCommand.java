package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.Outcome;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.Bond;
import java.io.OutputStream;
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
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private VoiceOption speaking = new VoiceOption();

  @Option(
      names = {"-f", "--follow"},
      description = "Follow a test that runs; who followed it before hears no more of it.")
  private boolean follow;

  @Override
  public Integer call() {
    String id = test.text();
    if (!follow && service.pages().ended(id).isEmpty()) {
      throw new CommandRefusal(
          ExitCode.REFUSED,
          "test " + id + " has not ended or is not known; -f follows one that runs");
    }
    var lines = new Lines(speaking.voice(spec));
    try (var issuer = Issuer.open(service.settings())) {
      return Interruption.during(
          () -> {
            issuer.follow(new Test(id), Bond.ATTACH, service.service(), lines, issuer.newCalls());
            return code(lines.outcome.join());
          },
          () -> issuer.leave(test.id(), service.service()));
    }
  }

  private int code(Outcome outcome) {
    boolean isShown = outcome.kind() != Outcome.Kind.REFUSED && outcome.kind() != Outcome.Kind.LOST;
    if (!isShown) {
      throw new CommandRefusal(ExitCode.of(outcome.kind(), outcome.fault()), outcome.reason());
    }
    return ExitCode.FINISHED.number();
  }

  /** Prints what is said and takes nothing else. */
  private static final class Lines implements TestObserver {
    private final Voice voice;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Lines(Voice voice) {
      this.voice = voice;
    }

    @Override
    public void started(Test test) {
      // its output tells
    }

    @Override
    public void said(Test test, String text) {
      voice.output(test.getRuntimeId(), "", text);
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
