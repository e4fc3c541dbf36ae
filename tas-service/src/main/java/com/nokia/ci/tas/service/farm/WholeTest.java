package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole test that was accepted and has not ended: what its issuer ordered, and what has become of
 * its sub-tests so far. A test that is not split is its own only part, and {@link Books} keeps it
 * as that alone.
 *
 * @param order what was accepted, under the id of the whole test and with all its packages
 * @param requirements what each of the packages needs, in their order
 * @param stage how far it is
 */
public record WholeTest(LiveTest.Order order, List<Requirement> requirements, Stage stage) {

  public WholeTest {
    requirements = List.copyOf(requirements);
  }

  /** A test whose packages are to be divided by the one who is asked. */
  WholeTest(LiveTest.Order order, List<Requirement> requirements) {
    this(order, requirements, new Awaited(/* attempts= */ 0, order.received()));
  }

  /** How far a whole test is. */
  public sealed interface Stage {}

  /**
   * Somebody outside the farm was asked how its packages are to be divided.
   *
   * @param attempts the last run that its client has heard of
   * @param until when the answer must have come
   */
  public record Awaited(int attempts, Instant until) implements Stage {}

  /**
   * It is divided.
   *
   * @param parts all of them, in their order
   * @param failures how many runs of all of them failed
   * @param finished those that have finished, in that order
   */
  public record Divided(List<RuntimeId> parts, int failures, List<Finished> finished)
      implements Stage {
    public Divided {
      parts = List.copyOf(parts);
      finished = List.copyOf(finished);
    }
  }

  /**
   * A sub-test that has finished.
   *
   * @param part what history keeps of it
   * @param products what it used, as its issuer sees them
   */
  public record Finished(EndedTest.Part part, List<ProductDescription> products) {
    public Finished {
      products = List.copyOf(products);
    }
  }

  /** A test that is not split. */
  static WholeTest of(LiveTest test) {
    return new WholeTest(
        test.order(),
        List.of(),
        new Divided(List.of(test.runtimeId()), test.failures().count(), List.of()));
  }

  TestId id() {
    return order.description().id().test();
  }

  /** Its parts in their order; none while it is not divided yet. */
  List<RuntimeId> parts() {
    return stage instanceof Divided divided ? divided.parts() : List.of();
  }

  /** Whether its parts are sub-tests of their own names. */
  boolean isSplit() {
    return parts().stream().anyMatch(part -> !part.isWhole());
  }

  /** How many runs failed, of all its parts. */
  int failures() {
    return stage instanceof Divided divided ? divided.failures() : 0;
  }

  List<Finished> finished() {
    return stage instanceof Divided divided ? divided.finished() : List.of();
  }

  WholeTest with(Stage newStage) {
    return new WholeTest(order, requirements, newStage);
  }

  /** The same, and one more run failed. */
  WholeTest failedOnceMore() {
    return with(new Divided(parts(), failures() + 1, finished()));
  }

  /** The same, and one more part has finished. */
  WholeTest with(Finished part) {
    var all = new ArrayList<>(finished());
    all.add(part);
    return with(new Divided(parts(), failures(), all));
  }

  /** When something has to happen to it, beside what happens to its parts. */
  Optional<Instant> due() {
    return stage instanceof Awaited awaited ? Optional.of(awaited.until()) : Optional.empty();
  }
}
