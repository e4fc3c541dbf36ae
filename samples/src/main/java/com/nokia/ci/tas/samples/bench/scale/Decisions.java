package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.service.farm.Effect;
import java.util.List;

/** Measures single decisions of a farm that stays as full as it is. */
final class Decisions {
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 20_000;

  private final LargeFarm farm;

  Decisions(LargeFarm farm) {
    this.farm = farm;
  }

  /**
   * One sort of decision.
   *
   * @param wall by the clock
   * @param processor processor time
   * @param memory bytes that were allocated
   */
  record Sort(String name, Times wall, Times processor, Times memory) {
    static Sort of(String name) {
      return new Sort(name, new Times(MEASURED), new Times(MEASURED), new Times(MEASURED));
    }

    private void add(LargeFarm.Took took) {
      if (!wall.isFull()) {
        wall.add(took.wall());
        processor.add(took.processor());
        memory.add(took.memory());
      }
    }
  }

  List<Sort> measure() {
    farm.plugSpare();
    farm.settleStarts();
    cycles(WARM_UP);
    return cycles(MEASURED);
  }

  /**
   * A run ends and others begin; as many come to wait for the same; a test comes that need not
   * wait.
   */
  private List<Sort> cycles(int count) {
    var answer = Sort.of("submit to answer, it waits");
    var assignment = Sort.of("submit to assignment");
    var release = Sort.of("release to assignment");
    for (int i = 0; i < count; i++) {
      farm.step();
      var started = starts(farm.finishOldest());
      if (!started.isEmpty()) {
        release.add(farm.took());
      }
      farm.settleStarts();
      for (var start : started) {
        if (starts(farm.submit(LargeFarm.requirement(start))).isEmpty()) {
          answer.add(farm.took());
        }
      }
      farm.settleStarts();
      if (!starts(farm.submitForSpare(i)).isEmpty()) {
        assignment.add(farm.took());
        farm.settleStarts();
        farm.finishNewest();
      }
    }
    return List.of(answer, assignment, release);
  }

  private static List<Effect.StartRun> starts(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.StartRun.class::isInstance)
        .map(Effect.StartRun.class::cast)
        .toList();
  }
}
