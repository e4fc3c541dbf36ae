package com.nokia.ci.tas.commons.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.Unacknowledged.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is numbered, acknowledged and said again. */
final class NumbersTest {
  private final Unacknowledged<String> out = new Unacknowledged<>();
  private final Arrivals in = new Arrivals();

  @Test
  void messagesAreWrittenOnceInOrder() {
    out.add("a");
    out.add("b");

    assertEquals(Optional.of(new Numbered<>(1, "a")), out.next());
    assertEquals(Optional.of(new Numbered<>(2, "b")), out.next());
    assertEquals(Optional.empty(), out.next());
  }

  @Test
  void oneAcknowledgementIsForAllBeforeIt() {
    write("a", "b", "c");

    assertEquals(List.of("a", "b"), out.acknowledged(2));
    assertEquals(List.of(), out.acknowledged(2));
    assertEquals(List.of(), out.acknowledged(1));
    assertEquals(1, out.size());
  }

  @Test
  void whatWasNeverWrittenCannotBeAcknowledged() {
    write("a");
    out.add("b");

    assertThrows(ProtocolException.class, () -> out.acknowledged(2));
    assertThrows(ProtocolException.class, () -> out.resumed(3));
  }

  @Test
  void whatTheOtherSideHasNotGotIsWrittenAgainWithItsNumber() {
    write("a", "b", "c");
    out.add("d");

    assertEquals(List.of("a"), out.resumed(1));

    assertEquals(Optional.of(new Numbered<>(2, "b")), out.next());
    assertEquals(Optional.of(new Numbered<>(3, "c")), out.next());
    assertEquals(Optional.of(new Numbered<>(4, "d")), out.next());
  }

  @Test
  void aNewSessionBeginsWithOne() {
    write("a", "b", "c");
    out.acknowledged(1);

    out.renumber();

    assertEquals(Optional.of(new Numbered<>(1, "b")), out.next());
    assertEquals(Optional.of(new Numbered<>(2, "c")), out.next());
    out.unwritten();
    assertEquals(List.of("b", "c"), out.clear());
    write("d");
    assertEquals(List.of("d"), out.acknowledged(1));
  }

  @Test
  void whatCameBeforeIsNotNew() {
    assertTrue(in.isNew(1));
    in.take();

    assertFalse(in.isNew(1));
    assertTrue(in.isNew(2));
    assertEquals(1, in.last());
  }

  @Test
  void aGapIsARuleBroken() {
    assertEquals(
        "message 2 came in where 1 was expected",
        assertThrows(ProtocolException.class, () -> in.isNew(2)).getMessage());
  }

  /** Two sides and a connection that loses its tail at every moment, in both directions. */
  @Test
  void nothingIsLostAndNothingDoubled() {
    for (long seed = 1; seed <= 300; seed++) {
      var random = new Random(seed);
      var to = new Unacknowledged<Integer>();
      var from = new Arrivals();
      var taken = new ArrayList<Integer>();
      var acknowledged = new ArrayList<Integer>();
      int added = 0;
      while (acknowledged.size() < 50) {
        acknowledged.addAll(to.resumed(from.last()));
        boolean stands = true;
        while (stands && acknowledged.size() < 50) {
          if (added < 50 && random.nextBoolean()) {
            to.add(added++);
          }
          Optional<Numbered<Integer>> next = to.next();
          boolean arrives = random.nextInt(4) > 0;
          if (next.isPresent() && arrives && from.isNew(next.get().number())) {
            taken.add(next.get().message());
            from.take();
          }
          if (arrives && random.nextBoolean()) {
            acknowledged.addAll(to.acknowledged(from.last()));
          }
          stands = arrives && random.nextInt(6) > 0;
        }
      }
      List<Integer> all = java.util.stream.IntStream.range(0, 50).boxed().toList();
      assertEquals(all, taken, "seed " + seed);
      assertEquals(all, acknowledged, "seed " + seed);
    }
  }

  private void write(String... messages) {
    for (String message : messages) {
      out.add(message);
      out.next();
    }
  }

  @Test
  void whatMayNotBeKnownToBeRefusedIsSaidAgain() {
    in.take();
    in.refuse("not like that");
    in.take();
    in.settle(3);

    assertEquals(1, in.answered());
    in.begins(2);
    assertEquals(Optional.of("not like that"), in.refusal(2));
    assertEquals(Optional.empty(), in.refusal(3));
    in.begins(3);
    assertEquals(3, in.answered());
  }

  @Test
  void whatIsNotInGoodHandsYetIsSaidAgain() {
    in.take();
    in.take();
    in.settle(1);

    assertEquals(1, in.answered());
    in.restart();
    assertEquals(0, in.answered());
  }
}
