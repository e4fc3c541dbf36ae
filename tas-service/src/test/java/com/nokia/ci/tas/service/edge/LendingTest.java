package com.nokia.ci.tas.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which nodes are named to the node of a run, and what their tickets are good for. */
class LendingTest {
  private static final ContentDigest IMAGE = new ContentDigest("a".repeat(64));
  private static final ContentDigest OTHER = new ContentDigest("b".repeat(64));
  private static final Endpoint BORROWER = node(0);
  private static final RuntimeId RUN = RuntimeId.of("nightly");

  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private final Set<Endpoint> away = new HashSet<>();
  private final Lending lending =
      new Lending(node -> !away.contains(node), new LoanTickets(() -> now));

  @Test
  void threeNodesThatHaveItAreNamedAndEachTimeOthers() {
    IntStream.rangeClosed(1, 5).forEach(it -> lending.holds(node(it), List.of(IMAGE)));

    var first = named();
    var all = new TreeSet<>(first);
    all.addAll(named());
    all.addAll(named());

    assertEquals(Lender.MOST_OF_ONE, first.size());
    assertEquals(5, all.size());
  }

  @Test
  void nobodyIsNamedWhoIsAwayOrHasItNoMore() {
    IntStream.rangeClosed(1, 4).forEach(it -> lending.holds(node(it), List.of(IMAGE)));
    away.add(node(1));
    lending.left(node(2));
    lending.holds(node(3), List.of(OTHER));

    assertEquals(List.of(node(4)), named());
  }

  @Test
  void aNodeThatHasItIsToldNothing() {
    lending.holds(node(1), List.of(IMAGE));
    lending.holds(BORROWER, List.of(IMAGE));

    assertEquals(List.of(), named());
  }

  @Test
  void whatHasNoNameAmongTheArtifactsIsAHintAlone() {
    lending.holds(node(1), List.of(IMAGE));
    var test = TestDescription.named(RUN);
    test = test.with(test.execution().large(List.of(new LargeArtifact(IMAGE, 1 << 20))));

    assertEquals(test, lending.start(test, BORROWER));
  }

  @Test
  void aTicketIsGoodForThisContentTheseNodesAndThisRunForAWhile() {
    lending.holds(node(1), List.of(IMAGE));
    var lender = lenders().get(0);

    assertTrue(lending.isGood(lender, RUN, BORROWER));
    assertFalse(lending.isGood(lender, RuntimeId.of("other"), BORROWER));
    assertFalse(lending.isGood(lender, RUN, node(2)));
    assertFalse(lending.isGood(new Lender(OTHER, node(1), lender.ticket()), RUN, BORROWER));
    assertFalse(lending.isGood(new Lender(IMAGE, node(2), lender.ticket()), RUN, BORROWER));
    for (String forged : List.of("x", "-", "zz-00", "7fffffffffffffff-" + "0".repeat(64))) {
      assertFalse(lending.isGood(new Lender(IMAGE, node(1), forged), RUN, BORROWER), forged);
    }
    now = now.plus(LoanTickets.LIFE);
    assertFalse(lending.isGood(lender, RUN, BORROWER), "too old");
  }

  @Test
  void anotherServiceKnowsNoneOfTheseTickets() {
    lending.holds(node(1), List.of(IMAGE));
    var other = new Lending(node -> true, new LoanTickets(() -> now));

    assertFalse(other.isGood(lenders().get(0), RUN, BORROWER));
  }

  private List<Endpoint> named() {
    return lenders().stream().map(Lender::node).toList();
  }

  private List<Lender> lenders() {
    var test = TestDescription.named(RUN);
    var large = List.of(new LargeArtifact(IMAGE, 1 << 20, "image.img"));
    return lending.start(test.with(test.execution().large(large)), BORROWER).execution().lenders();
  }

  private static Endpoint node(int number) {
    return new Endpoint("node" + number + ".example", 27_182);
  }
}
