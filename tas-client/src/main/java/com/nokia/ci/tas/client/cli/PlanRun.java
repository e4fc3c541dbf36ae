package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.verdict.TestedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs the items of a plan, each as soon as those before it are over. */
final class PlanRun {
  private final Plan plan;
  private final Set<String> toRun;
  private final Function<Plan.PlannedTest, CompletableFuture<TestedRun>> starter;

  /**
   * A run.
   *
   * @param toRun names of the items that are run; the others are kept
   * @param starter starts a test
   */
  PlanRun(
      Plan plan,
      Set<String> toRun,
      Function<Plan.PlannedTest, CompletableFuture<TestedRun>> starter) {
    this.plan = plan;
    this.toRun = toRun;
    this.starter = starter;
  }

  /** What became of an item; no tests when none was run. */
  record Done(Plan.Item item, Plan.State state, List<TestedRun> runs) {}

  /** Completes when every item is over, in the order of the plan. */
  CompletableFuture<List<Done>> run() {
    Map<String, CompletableFuture<Done>> all = new LinkedHashMap<>();
    for (var item : plan.items()) {
      var before = item.after().stream().map(all::get).toList();
      all.put(item.name(), allOf(before).thenCompose(done -> run(item, done)));
    }
    return allOf(List.copyOf(all.values()));
  }

  private CompletableFuture<Done> run(Plan.Item item, List<Done> before) {
    if (!toRun.contains(item.name())) {
      return CompletableFuture.completedFuture(new Done(item, Plan.State.KEPT, List.of()));
    }
    if (!item.isToRun(before.stream().map(Done::state).toList())) {
      return CompletableFuture.completedFuture(new Done(item, Plan.State.SKIPPED, List.of()));
    }
    var begun = new ArrayList<CompletableFuture<TestedRun>>();
    item.tests().forEach(test -> begun.add(starter.apply(test)));
    return allOf(begun)
        .thenApply(runs -> new Done(item, Plan.State.of(TestedRun.verdict(runs)), runs));
  }

  private static <T> CompletableFuture<List<T>> allOf(List<CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
        .thenApply(any -> futures.stream().map(CompletableFuture::join).toList());
  }
}
