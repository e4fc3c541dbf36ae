package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.log.Level;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows the output of a test that was started with {@code --detach}. */
@Command(
    name = "logs",
    description = {
      "Shows the whole output of a test that was started with --detach and has ended; with -f also of",
      "one that runs, until it ends. With --level the log of the run of any test, from service, node",
      "and executor in one place and in order: what was asked, what happened, what went wrong. Its",
      "results stay where they are."
    },
    footer = {
      "",
      "Examples:",
      "  tas logs --service farm.example.com:31415 nightly_7 -f",
      "  tas logs --service farm.example.com:31415 nightly_7 --level warning",
      "",
      "Exit codes: 0 shown, 2 wrong usage, 3 there is no such test or no -f for one that runs,",
      "5 the service does not answer."
    })
final class LogsCommand implements Callable<Integer> {
  private static final Duration BETWEEN_OUTPUT = Duration.ofSeconds(1);
  private static final Duration BETWEEN_EVENTS = Duration.ofMinutes(1);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private VoiceOption speaking = new VoiceOption();

  @Option(
      names = {"-f", "--follow"},
      description = "Follow a test that runs; who followed it before hears no more of it.")
  private boolean follow;

  @Option(
      names = "--level",
      paramLabel = "error|warning|info|debug",
      converter = LevelConverter.class,
      description = {
        "Show the log of the run, what matters that much or more: error is what went wrong, warning",
        "what is wrong and goes on, info what happens, debug what helps to find out why."
      })
  private Optional<Level> level = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    String id = test.text();
    if (level.isPresent()) {
      return runLog(id, level.get());
    }
    if (!follow && service.pages().ended(id).isEmpty()) {
      throw new CommandRefusal(
          ExitCode.REFUSED,
          "test "
              + id
              + " has not ended or is not known; -f follows one that was started with --detach and"
              + " runs, --level info tells the log of any");
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

  /** What happens is told by events; what an executor prints is asked for while it runs. */
  private int runLog(String id, Level least) throws InterruptedException {
    var voice = speaking.voice(spec);
    var log = new ToldLog(service.pages(), id);
    tell(log, least, voice);
    if (!follow || log.isOver()) {
      return ExitCode.FINISHED.number();
    }
    var changes = new Changes();
    var events = service.events("topic=test&test=" + ServicePages.segment(id), changes);
    try {
      while (!log.isOver()) {
        changes.await(log.isRunning() ? BETWEEN_OUTPUT : BETWEEN_EVENTS);
        tell(log, least, voice);
      }
    } finally {
      events.close();
    }
    return ExitCode.FINISHED.number();
  }

  private void tell(ToldLog log, Level least, Voice voice) {
    log.next().stream()
        .filter(line -> line.level().compareTo(least) >= 0)
        .forEach(line -> voice.logged(test.text(), line));
  }

  /** Reads a level. */
  static final class LevelConverter implements ITypeConverter<Level> {
    @Override
    public Level convert(String text) {
      return Level.of(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\""
                          + SafeName.shown(text)
                          + "\" is no level; give error, warning, info or"
                          + " debug"));
    }
  }

  private int code(Ending outcome) {
    boolean isShown = outcome.kind() != Ending.Kind.REFUSED && outcome.kind() != Ending.Kind.LOST;
    if (!isShown) {
      throw new CommandRefusal(ExitCode.of(outcome.kind(), outcome.fault()), outcome.reason());
    }
    return ExitCode.FINISHED.number();
  }

  /** Prints what is said and takes nothing else. */
  private static final class Lines implements TestObserver {
    private final Voice voice;
    private final CompletableFuture<Ending> outcome = new CompletableFuture<>();

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
    public void ended(Test test, Ending how) {
      outcome.complete(how);
    }

    @Override
    public Optional<OutputStream> create(String directory, String name) {
      return Optional.of(OutputStream.nullOutputStream());
    }
  }
}
