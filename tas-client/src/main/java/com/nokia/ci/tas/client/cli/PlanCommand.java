package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.client.profile.Profiles;
import com.nokia.ci.tas.client.publish.Announcement;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs tests that depend on one another. */
@Command(
    name = "plan",
    description = {
      "Runs the tests of a plan: each as soon as those that it depends on are over, if what they",
      "found is what it waits for. docs/plans.md describes the file."
    },
    subcommands = PlanCommand.Run.class,
    footer = {
      "",
      "Examples:",
      "  tas plan run --service farm.example.com:31415 release.yaml --set build=42",
      "  tas plan run --service farm.example.com:31415 release.yaml --rerun-failed",
      "",
      "Exit codes: 0 no item failed, else that of the gravest test, as of start."
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do with a plan: run");
  }

  /** Runs a plan. */
  @Command(
      name = "run",
      description = "Runs a plan.",
      footer = {
        "",
        "Example:",
        "  tas plan run --service farm.example.com:31415 release.yaml --set build=42",
        "",
        "Exit codes: 0 no item failed, else that of the gravest test, as of start."
      })
  static final class Run implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ServiceOption service = new ServiceOption();
    @Mixin private ReportOptions reports = new ReportOptions();

    @Parameters(paramLabel = "FILE", description = "The plan.")
    private Path file = Path.of("");

    @Option(
        names = "--set",
        paramLabel = "NAME=VALUE",
        description = "The value of a parameter of the plan; repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
        names = "--run",
        paramLabel = "NAME",
        description = "What ids of tests begin with (default: the plan's name and the time).")
    private String run = "";

    @Option(
        names = "--rerun-failed",
        description = "Runs what did not pass the last time, and what depends on it.")
    private boolean rerunFailed;

    @Option(
        names = "--results-dir",
        paramLabel = "DIR",
        description = "Gets the results, in a directory for each test (default: here).")
    private Path results = Path.of("");

    @Option(
        names = "--project",
        paramLabel = "NAME",
        description = "The project whose rights and variables count (default: none).")
    private String project = "";

    @Option(
        names = "--page",
        paramLabel = "FILE",
        description = {
          "A page that grows while the plan runs: written anew, whole, when a test has its verdict."
        })
    private Optional<Path> page = Optional.empty();

    @Mixin private VoiceOption speaking = new VoiceOption();

    @Override
    public Integer call() {
      Plan plan = PlanFile.read(file, parameters);
      String name = run.isBlank() ? plan.name() + "-" + now() : run.strip();
      var memory = new PlanMemory(file);
      Set<String> toRun =
          rerunFailed
              ? plan.toRerun(memory.read())
              : new HashSet<>(plan.items().stream().map(Plan.Item::name).toList());
      var prepared = prepared(plan, name, toRun);
      var line = spec.commandLine();
      var voice = speaking.voice(spec);
      var ids = prepared.values().stream().map(it -> it.test().getId()).toList();
      var reporting = reports.begin(project, plan.name(), ids, voice);
      service
          .pages()
          .address("/plans/" + ServicePages.segment(name))
          .ifPresent(it -> voice.note("", "the service shows the plan at " + it));
      var growing =
          new PlanPage(page, new Announcement(project, plan.name(), ids, Instant.now()), voice);
      growing.begin();
      try (var runs = new TestRuns(service, voice)) {
        return Interruption.during(
            () -> {
              var done =
                  perform(new PlanRun(plan, toRun, it -> start(runs, prepared.get(it), growing)));
              memory.write(done).ifPresent(text -> voice.note("", text));
              print(line.getOut(), plan, done);
              var tested = done.stream().flatMap(it -> it.runs().stream()).toList();
              reporting.tell(tested);
              return TestRuns.exitCode(tested, /* judge= */ true).number();
            },
            runs::stop);
      }
    }

    private static List<PlanRun.Done> perform(PlanRun planRun) {
      return planRun.run().join();
    }

    private static CompletableFuture<TestedRun> start(
        TestRuns runs, TestRuns.Wanted wanted, PlanPage page) {
      return runs.run(wanted)
          .thenApply(
              tested -> {
                TestRuns.tell(tested, runs.voice());
                page.add(tested);
                return tested;
              });
    }

    /** Every test is described before the first is started: a mistake costs nothing. */
    private Map<Plan.PlannedTest, TestRuns.Wanted> prepared(
        Plan plan, String name, Set<String> toRun) {
      var prepared = new LinkedHashMap<Plan.PlannedTest, TestRuns.Wanted>();
      for (var item : plan.items()) {
        for (var test : toRun.contains(item.name()) ? item.tests() : List.<Plan.PlannedTest>of()) {
          var wanted = wanted(test, name + "-" + test.name());
          wanted.test().setPlan(plan.place(name, item).text());
          prepared.put(test, wanted);
        }
      }
      return prepared;
    }

    private TestRuns.Wanted wanted(Plan.PlannedTest planned, String id) {
      var options = new LinkedHashMap<String, List<String>>();
      var described = new Described();
      var line = new CommandLine(described);
      for (String profile : planned.options().getOrDefault("profile", List.of())) {
        var values = Profiles.visibleFrom(Path.of(""), System.getenv()).values(profile);
        values.forEach(
            (name, value) -> {
              if (!isOfThePlan(line, name)) {
                options.put(name, value);
              }
            });
      }
      for (String description : planned.options().getOrDefault("test", List.of())) {
        options.putAll(DescriptionFile.read(directory().resolve(description)));
      }
      options.putAll(planned.options());
      options.keySet().removeAll(Set.of("profile", "test"));
      options.putIfAbsent("project", List.of(project));
      options.putIfAbsent("workspace", List.of(directory().toString()));
      options.put("id", List.of(id));
      try {
        line.parseArgs(arguments(options));
        Test test = described.options.test(line.getCommandSpec());
        Path directory = results.toAbsolutePath().normalize().resolve(id);
        return new TestRuns.Wanted(
            test,
            directory,
            described.retries,
            /* isOneOfSeveral= */ true,
            described.options.runLog(line.getCommandSpec()));
      } catch (ParameterException e) {
        throw new SettingsException(
            file + ", item " + planned.name() + ": " + UsageSentence.of(e), e);
      }
    }

    /** What a profile says for {@code start} as a whole is said once for a plan, by its command. */
    private static boolean isOfThePlan(CommandLine test, String option) {
      String name = "--" + option;
      return test.getCommandSpec().findOption(name) == null
          && new CommandLine(new StartCommand()).getCommandSpec().findOption(name) != null;
    }

    /** Files of tests lie beside the plan, if nothing else is said. */
    private Path directory() {
      return file.toAbsolutePath().normalize().getParent();
    }

    private static String[] arguments(Map<String, List<String>> options) {
      var arguments = new ArrayList<String>();
      options.forEach(
          (name, values) -> values.forEach(value -> arguments.add("--" + name + "=" + value)));
      return arguments.toArray(String[]::new);
    }

    private void print(PrintWriter out, Plan plan, List<PlanRun.Done> done) {
      if (speaking.isJson()) {
        out.println(json(plan, done));
        out.flush();
        return;
      }
      var table = new TextTable(List.of("Item", "Verdict", "Test", "Why"));
      for (var each : done) {
        if (each.runs().isEmpty()) {
          String why = each.state() == Plan.State.KEPT ? "passed before" : "not what it waits for";
          table.add(List.of(each.item().name(), each.state().name(), "", why));
        }
        for (var tested : each.runs()) {
          table.add(
              List.of(
                  each.item().name(),
                  tested.judgement().verdict().name(),
                  tested.id(),
                  tested.judgement().sentence()));
        }
      }
      table.lines().forEach(out::println);
      out.flush();
    }

    private static ObjectNode json(Plan plan, List<PlanRun.Done> done) {
      var report =
          new ObjectMapper().createObjectNode().put("event", "plan").put("plan", plan.name());
      var items = report.putArray("items");
      for (var each : done) {
        var item =
            items.addObject().put("item", each.item().name()).put("state", each.state().name());
        var tests = item.putArray("tests");
        each.runs()
            .forEach(
                it ->
                    tests
                        .addObject()
                        .put("id", it.id())
                        .put("verdict", it.judgement().verdict().name())
                        .put("code", it.judgement().code().number())
                        .put("sentence", it.judgement().sentence()));
      }
      return report;
    }

    private static String now() {
      return STAMP.format(ZonedDateTime.now(ZoneId.systemDefault()));
    }
  }

  /** The options that a test of a plan may have. */
  @Command(name = "test")
  static final class Described {
    @Mixin private TestOptions options = new TestOptions();

    @Option(names = "--retries")
    private int retries;
  }
}
