package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Farms of many tests in which one thing is sick, whatever else fails: the sick thing is put out of
 * use, and nothing else ever is.
 */
final class SickFarmTest {
  private static final int NODES = 3;
  private static final int PRODUCTS_OF_A_NODE = 4;
  private static final int TESTS = 200;
  private static final ProductId SICK_PRODUCT = Cast.product(7);
  private static final NodeId SICK_NODE = Cast.node(2).id();

  private final Stage stage = new Stage();
  private final TreeSet<String> out = new TreeSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSickProductIsPutOutOfUseAndNothingElseIs(long seed) {
    live(new Random(seed), run -> uses(run, SICK_PRODUCT), Fault.PRODUCT);

    assertEquals(new TreeSet<>(Set.of("product " + SICK_PRODUCT)), out);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSickNodeIsPutOutOfUseAndItsProductsAreNot(long seed) {
    live(new Random(seed), run -> run.node().equals(SICK_NODE), Fault.NODE);

    assertEquals(new TreeSet<>(Set.of("node " + SICK_NODE)), out);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sickTestsTakeDownNothing(long seed) {
    live(new Random(seed), run -> run.test().id().test().value().endsWith("5"), Fault.PRODUCT);

    assertEquals(new TreeSet<>(), out);
  }

  /**
   * More tests come than there are products, and end: most well, some by their own fault, and those
   * that meet what is sick by its fault.
   */
  private void live(Random random, Predicate<FarmSnapshot.RunningTest> meetsIt, Fault fault) {
    for (int node = 1; node <= NODES; node++) {
      stage.apply(new Event.NodeRegistered(stage.now, Cast.node(node)));
      for (int i = 1; i <= PRODUCTS_OF_A_NODE; i++) {
        stage.plug(Cast.node(node), phone((node - 1) * PRODUCTS_OF_A_NODE + i, "RM-1"));
      }
    }
    int submitted = 0;
    while (submitted < TESTS || !stage.farm.snapshot().running().isEmpty()) {
      stage.now = stage.now.plusSeconds(1);
      for (int node = 1; node <= NODES; node++) {
        stage.apply(new Event.NodeAnswered(stage.now, Cast.node(node).id()));
      }
      stage.apply(new Event.TimePassed(stage.now));
      if (submitted < TESTS) {
        submitted++;
        stage.submit(CLIENT_1, flash("t" + submitted), kind("RM-1"));
      }
      var running = stage.farm.snapshot().running();
      if (running.size() > random.nextInt(12)) {
        end(running.get(random.nextInt(running.size())), random, meetsIt, fault);
      }
      watch();
    }
    assertEquals(0, stage.farm.snapshot().waitingCount(), "everything ended");
  }

  private void end(
      FarmSnapshot.RunningTest run,
      Random random,
      Predicate<FarmSnapshot.RunningTest> meetsIt,
      Fault fault) {
    boolean isMet = meetsIt.test(run);
    boolean fails = isMet || random.nextInt(10) == 0;
    stage.apply(
        new Event.RunReported(
            stage.now,
            run.node(),
            run.test().id(),
            run.attempt(),
            fails ? TestStatus.FAILED : TestStatus.FINISHED,
            "",
            fails ? Optional.of(isMet ? fault : Fault.TEST) : Optional.empty()));
  }

  private void watch() {
    var snapshot = stage.farm.snapshot();
    for (var product : snapshot.products()) {
      if (product.health().isOut()) {
        out.add("product " + product.product().id());
      }
    }
    for (var node : snapshot.nodes()) {
      if (node.standing().isOut()) {
        out.add("node " + node.node().id());
      }
    }
  }

  private static boolean uses(FarmSnapshot.RunningTest run, ProductId product) {
    return run.test().progress().reservedProducts().stream()
        .anyMatch(used -> used.id().equals(product));
  }
}
