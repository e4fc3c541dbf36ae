package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the farm decided, as far as it binds: kept beside the event that it was decided on, so that
 * the same events, applied once more, can be seen to lead to the same. Without secrets.
 */
public sealed interface Decision {

  /** The test that was decided about. */
  RuntimeId test();

  /** A test got its products, and a node was told to run it. */
  record RunAssigned(RuntimeId test, int attempt, NodeId node, List<ProductId> products)
      implements Decision {}

  /** A node was told to end a run, for the first time or again. */
  record RunEnded(RuntimeId test, int attempt, NodeId node) implements Decision {}

  /**
   * A test ended, once and for all.
   *
   * @param code of the reason; empty: it finished
   */
  record TestEnded(RuntimeId test, Verdict verdict, String code) implements Decision {}

  /** A test was not accepted. */
  record TestRefused(RuntimeId test, String code) implements Decision {}

  /** Those of several effects, in their order. */
  static List<Decision> ofAll(List<Effect> effects) {
    List<Decision> decisions = List.of();
    for (var effect : effects) {
      var decision = of(effect);
      if (decision.isPresent()) {
        // Most events decide nothing, and this is asked of each.
        decisions = decisions.isEmpty() ? new ArrayList<>() : decisions;
        decisions.add(decision.get());
      }
    }
    return decisions;
  }

  /** What an effect says was decided; empty for an effect that only tells or asks. */
  static Optional<Decision> of(Effect effect) {
    if (effect instanceof Effect.StartRun start) {
      var progress = start.test().progress();
      var products = progress.reservedProducts().stream().map(ProductDescription::id).toList();
      return Optional.of(
          new RunAssigned(start.test().id(), progress.attempt(), start.node(), products));
    }
    if (effect instanceof Effect.StopRun stop) {
      return Optional.of(
          new RunEnded(stop.test().id(), stop.test().progress().attempt(), stop.node()));
    }
    if (effect instanceof Effect.RecordEnded ended) {
      return Optional.of(of(ended.test()));
    }
    return Optional.empty();
  }

  private static Decision of(EndedTest ended) {
    var id = ended.test().id();
    String code = ended.reason().map(Reason::code).orElse("");
    return ended.verdict() == Verdict.REFUSED
        ? new TestRefused(id, code)
        : new TestEnded(id, ended.verdict(), code);
  }
}
