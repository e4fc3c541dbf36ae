package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.commons.Test;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a test and stays until it has ended. */
@Command(
    name = "start",
    description = {
      "Starts a test, shows its output until it ends and leaves its results in the workspace.",
      "Interrupting this command stops the test."
    },
    footer = {
      "",
      "Example:",
      "  tas start --service farm.example.com:31415 --id nightly_7 --workspace . \\",
      "      --executor-application python3 --executor-script execute.py \\",
      "      --artifact image.img --results results.zip --require \"(rm-code:RM-763;)\"",
      "",
      "Exit codes: 0 finished, 1 failed, 2 wrong usage, 3 refused, 4 stopped,",
      "5 infrastructure (service, node or product), 130 interrupted."
    })
final class StartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestOptions options = new TestOptions();
  @Mixin private RunOptions running = new RunOptions();
  @Mixin private ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() {
    Test test = options.test(spec);
    var voice = running.speaking().voice(spec);
    var tests =
        running.eachKind().isEmpty()
            ? List.of(test)
            : EachKind.of(running.eachKind(), test, service.pages());
    var ids = tests.stream().map(Test::getId).toList();
    if (running.isDetaching()) {
      return detach(tests, voice).number();
    }
    var reporting = reports.begin(options.project(), options.id(), ids, voice);
    try (var runs = new TestRuns(service, voice)) {
      return Interruption.during(
          () -> {
            var ended = all(runs, tests, voice);
            reporting.tell(ended);
            return TestRuns.exitCode(ended, running.isJudging()).number();
          },
          runs::stop);
    }
  }

  private List<TestedRun> all(TestRuns runs, List<Test> tests, Voice voice) {
    var begun = new ArrayList<CompletableFuture<TestedRun>>();
    for (var test : tests) {
      Path results = results(test, tests.size() > 1);
      begun.add(
          runs.run(wanted(test, results, running.retries(), tests.size() > 1))
              .thenApply(
                  run -> {
                    voice.note(run.id(), sentence(run, results));
                    TestRuns.tell(run, voice);
                    return run;
                  }));
    }
    return begun.stream().map(CompletableFuture::join).toList();
  }

  /** Nobody is told of tests that nobody waits for. */
  private ExitCode detach(List<Test> tests, Voice voice) {
    try (var runs = new TestRuns(service, voice)) {
      return Interruption.during(
          () -> {
            var begun = new ArrayList<CompletableFuture<Optional<TestedRun>>>();
            for (var test : tests) {
              Path results = results(test, tests.size() > 1);
              begun.add(runs.detach(wanted(test, results, /* retries= */ 0, tests.size() > 1)));
            }
            var ended = begun.stream().flatMap(it -> it.join().stream()).toList();
            ended.forEach(run -> voice.note(run.id(), sentence(run, options.workspace())));
            return TestRuns.exitCode(ended, running.isJudging());
          },
          runs::stop);
    }
  }

  private TestRuns.Wanted wanted(Test test, Path results, int retries, boolean isOneOfSeveral) {
    return new TestRuns.Wanted(test, results, retries, isOneOfSeveral, options.runLog(spec));
  }

  private Path results(Test test, boolean isOneOfSeveral) {
    Path directory =
        running
            .resultsDirectory()
            .map(it -> it.toAbsolutePath().normalize())
            .orElse(options.workspace());
    return isOneOfSeveral ? directory.resolve(test.getId()) : directory;
  }

  private String sentence(TestedRun run, Path results) {
    String reason = run.ending().reason();
    return switch (run.ending().kind()) {
      case FINISHED -> "test " + run.id() + " has finished" + options.resultsIn(results);
      case FAILED -> "test " + run.id() + " has failed: " + reason;
      case REFUSED -> "test " + run.id() + " is refused: " + reason;
      case STOPPED -> "test " + run.id() + " was stopped: " + reason;
      case LOST -> reason;
    };
  }
}
