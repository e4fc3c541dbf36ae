package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The runs that are on a node, and what follows when a step of one is done: workspace, artifacts,
 * executor, results, end. What comes late from a step that is not awaited any more is ignored.
 */
final class Runs {
  private static final int ENDED_REMEMBERED = 1_000;
  private static final Reason RESTARTED =
      new Reason(Fault.NODE, "node-restarted", "its node was restarted while it ran");

  private final NodeSettings settings;
  private final Gateway gateway;
  private final Map<RunId, Run> runs = new TreeMap<>();
  private final Map<RuntimeId, Ended> ended = new LinkedHashMap<>();
  private List<Effect> effects = new ArrayList<>();
  private long lastNumber;

  /** A run that has ended, and its last report. */
  private record Ended(RunOrder order, TestDescription report) {}

  Runs(NodeSettings settings) {
    this.settings = settings;
    this.gateway = new Gateway(settings.gate(), this);
  }

  /** The effects since the last call. */
  List<Effect> takeEffects() {
    var taken = effects;
    effects = new ArrayList<>();
    return taken;
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  List<Run> all() {
    return List.copyOf(runs.values());
  }

  Optional<Run> at(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  Gateway gateway() {
    return gateway;
  }

  /** The run of a test that is here, in whatever phase. */
  Optional<Run> of(RuntimeId test) {
    return runs.values().stream().filter(run -> run.id().test().equals(test)).findFirst();
  }

  /** The last report about a test whose run has ended. */
  Optional<TestDescription> lastReport(RuntimeId test) {
    return Optional.ofNullable(ended.get(test)).map(Ended::report);
  }

  /** The last report of the run that is ordered, if it was here and has ended. */
  Optional<TestDescription> lastReport(RunOrder order) {
    return Optional.ofNullable(ended.get(order.id()))
        .filter(past -> order.isKnownSameAs(past.order()))
        .map(Ended::report);
  }

  Optional<Instant> nextDeadline() {
    return runs.values().stream()
        .flatMap(run -> Stream.concat(deadline(run).stream(), run.ownDeadline().stream()))
        .min(Instant::compareTo);
  }

  void begin(RunOrder order, Instant now) {
    var run = Run.of(new RunId(order.id(), ++lastNumber), order, now);
    set(run);
    add(new Effect.MakeWorkspace(run.id(), order));
  }

  /** A run of an earlier life of this node, whose executor has ended by now. */
  void found(Event.RunFound found) {
    var order = found.order();
    var run =
        Run.of(new RunId(order.id(), ++lastNumber), order, found.at()).startedAt(found.startTime());
    set(run);
    add(new Effect.TakeOver(run.id(), order));
    found
        .end()
        .ifPresentOrElse(
            end -> leave(run, end.failure(), /* isStopped= */ false),
            () -> {
              if (found.startTime().equals(Instant.EPOCH)) {
                end(run, Optional.of(RESTARTED));
              } else {
                leave(run, Optional.of(RESTARTED), /* isStopped= */ false);
              }
            });
  }

  /** Somebody wants a run to end; what its executor has left so far is delivered if it can be. */
  void stop(Run run, Reason reason) {
    if (run.phase() instanceof Phase.Running) {
      leave(run, Optional.of(reason), /* isStopped= */ true);
    } else if (run.phase() instanceof Phase.Leaving) {
      set(run.in(new Phase.Leaving(Optional.of(reason), /* isStopped= */ true)));
    } else {
      end(run, Optional.of(reason));
    }
  }

  /** Decides the end of a run, unless it is decided; nothing more is delivered. */
  void end(Run run, Optional<Reason> failure) {
    if (run.isOver()) {
      return;
    }
    if (!(run.phase() instanceof Phase.Leaving)) {
      add(new Effect.ClearRun(run.id()));
    }
    set(run.in(new Phase.Ending(failure)));
  }

  private void leave(Run run, Optional<Reason> failure, boolean isStopped) {
    if (run.order().wantsResults()) {
      set(run.in(new Phase.Leaving(failure, isStopped)));
      add(new Effect.ClearRun(run.id()));
    } else {
      end(run, failure);
    }
  }

  void workspaceMade(Event.WorkspaceMade made) {
    in(Phase.Preparing.class, made.run())
        .ifPresent(run -> fetch(run, new AwaitedFiles(run.order().artifacts()), made.at()));
  }

  void artifactCame(Event.ArtifactCame came) {
    awaiting(came.run(), came.name())
        .ifPresent(
            run -> {
              files(run).came(came.name());
              fetch(run, files(run), came.at());
            });
  }

  void artifactSpoiled(Event.ArtifactSpoiled spoiled) {
    awaiting(spoiled.run(), spoiled.name())
        .ifPresent(
            run -> {
              if (files(run).again(spoiled.name(), settings.artifactTries())) {
                add(new Effect.FetchArtifacts(run.id(), run.order(), List.of(spoiled.name())));
              } else {
                end(run, Optional.of(spoiled.reason()));
              }
            });
  }

  void executorStarted(Event.ExecutorStarted started) {
    in(Phase.Launching.class, started.run())
        .ifPresent(
            run -> {
              var running = run.startedAt(started.at());
              set(running);
              add(new Effect.Report(running.startedReport()));
            });
  }

  void executorEnded(Event.ExecutorEnded over) {
    in(Phase.Running.class, over.run())
        .ifPresent(run -> leave(run, over.end().failure(), /* isStopped= */ false));
  }

  void resultsSent(Event.ResultsSent sent) {
    in(Phase.Delivering.class, sent.run()).ifPresent(run -> close(run, failure(run)));
  }

  /** What failed first is the reason; that results are missing then is no news. */
  void stepFailed(Event.StepFailed failed) {
    Optional.ofNullable(runs.get(failed.run()))
        .ifPresent(
            run -> {
              var failure = failure(run).or(() -> Optional.of(failed.reason()));
              if (run.phase() instanceof Phase.Delivering) {
                close(run, failure);
              } else {
                end(run, failure);
              }
            });
  }

  void cleared(Event.RunCleared cleared) {
    in(Phase.Leaving.class, cleared.run())
        .ifPresent(run -> deliver(run, (Phase.Leaving) run.phase(), cleared.at()));
    in(Phase.Ending.class, cleared.run())
        .ifPresent(run -> close(run, ((Phase.Ending) run.phase()).failure()));
  }

  private void deliver(Run run, Phase.Leaving leaving, Instant at) {
    var deadline = leaving.isStopped() ? at.plus(settings.lateResults()) : Instant.MAX;
    set(run.in(new Phase.Delivering(leaving.failure(), deadline)));
    var within =
        leaving.isStopped() ? Optional.of(settings.lateResults()) : Optional.<Duration>empty();
    add(new Effect.SendResults(run.id(), run.order(), within));
  }

  private void close(Run run, Optional<Reason> failure) {
    var report = run.finalReport(failure);
    set(run.in(new Phase.Closing()));
    remember(new Ended(run.order(), report));
    add(new Effect.Report(report));
    add(new Effect.CloseWorkspace(run.id(), failure));
  }

  void workspaceClosed(Event.WorkspaceClosed closed) {
    in(Phase.Closing.class, closed.run()).ifPresent(run -> runs.remove(run.id()));
    gateway.runLeft(closed.at());
  }

  void tellWhatRuns() {
    for (var run : runs.values()) {
      if (run.isStarted()) {
        add(new Effect.Report(run.startedReport()));
      }
    }
  }

  void timePassed(Instant now) {
    for (var run : all()) {
      if (run.ownDeadline().filter(end -> !end.isAfter(now)).isPresent()) {
        endOfTime(run);
      } else if (run.phase() instanceof Phase.Fetching fetching
          && !fetching.deadline().isAfter(now)) {
        String sentence =
            "the artifact %s was not delivered within %d s"
                .formatted(
                    fetching.files().eldest().orElseThrow(), limit(fetching.files()).toSeconds());
        end(run, Optional.of(new Reason(Fault.ARTIFACT, "artifact-late", sentence)));
      } else if (run.phase() instanceof Phase.Delivering late && !late.deadline().isAfter(now)) {
        end(run, late.failure());
      } else if (run.phase() instanceof Phase.Gated gated) {
        gateway.timePassed(run, gated, now);
      }
    }
  }

  /** It has taken longer than its test wants; nobody waits for its products all the same. */
  private void endOfTime(Run run) {
    var reason = Optional.of(overTime(run));
    if (run.phase() instanceof Phase.Running) {
      leave(run, reason, /* isStopped= */ false);
    } else {
      end(run, reason);
    }
  }

  private static Reason overTime(Run run) {
    var limits = run.order().test().demand().limits();
    if (run.phase() instanceof Phase.Running) {
      return new Reason(
          Fault.TEST,
          TimeLimit.EXECUTION.code(),
          "its executor was ended after the execution-timeout of "
              + limits.execution().toMillis()
              + " ms");
    }
    String begin =
        "its executor was not started within the preparation-timeout of "
            + limits.preparation().toMillis()
            + " ms";
    String code = TimeLimit.PREPARATION.code();
    if (run.phase() instanceof Phase.Fetching fetching && fetching.files().eldest().isPresent()) {
      String name = fetching.files().eldest().get();
      return new Reason(
          Fault.ARTIFACT, code, begin + ": the artifact " + name + " was not delivered");
    }
    boolean isTold = run.phase() instanceof Phase.Gated gated && !gated.why().isEmpty();
    return new Reason(
        Fault.NODE, code, isTold ? begin + ": " + ((Phase.Gated) run.phase()).why() : begin);
  }

  /** Asks for what may be asked for now; when nothing is missing, the executor is next. */
  private void fetch(Run run, AwaitedFiles files, Instant at) {
    if (files.isOver()) {
      gateway.approach(run, at);
      return;
    }
    var next = files.ask(run.order().reach().artifactsAtOnce());
    set(run.in(new Phase.Fetching(files, at.plus(limit(files)))));
    if (!next.isEmpty()) {
      add(new Effect.FetchArtifacts(run.id(), run.order(), next));
    }
  }

  /** Those that come at the same time share the line. */
  private Duration limit(AwaitedFiles files) {
    // Duration.multipliedBy counts with decimals of any length.
    return Duration.ofMillis(settings.artifactLimit().toMillis() * files.onTheirWay());
  }

  private void remember(Ended run) {
    ended.remove(run.order().id());
    ended.put(run.order().id(), run);
    if (ended.size() > ENDED_REMEMBERED) {
      ended.remove(ended.keySet().iterator().next());
    }
  }

  private Optional<Run> in(Class<? extends Phase> phase, RunId id) {
    return Optional.ofNullable(runs.get(id)).filter(run -> phase.isInstance(run.phase()));
  }

  private Optional<Run> awaiting(RunId id, String name) {
    return in(Phase.Fetching.class, id).filter(run -> files(run).isAsked(name));
  }

  private static AwaitedFiles files(Run run) {
    return ((Phase.Fetching) run.phase()).files();
  }

  private static Optional<Instant> deadline(Run run) {
    if (run.phase() instanceof Phase.Fetching fetching) {
      return Optional.of(fetching.deadline());
    }
    if (run.phase() instanceof Phase.Gated gated) {
      return gated.look();
    }
    return run.phase() instanceof Phase.Delivering late
        ? Optional.of(late.deadline()).filter(Instant.MAX::isAfter)
        : Optional.empty();
  }

  private static Optional<Reason> failure(Run run) {
    if (run.phase() instanceof Phase.Leaving leaving) {
      return leaving.failure();
    }
    return run.phase() instanceof Phase.Delivering delivering
        ? delivering.failure()
        : Optional.empty();
  }

  void set(Run run) {
    runs.put(run.id(), run);
  }
}
