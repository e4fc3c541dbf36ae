package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LenderTest {
  private static final ContentDigest CONTENT = new ContentDigest("a".repeat(64));
  private static final Lender A =
      new Lender(CONTENT, new Endpoint("node-1.example.com", 27_182), "1f-c0ffee");
  private static final Lender B = new Lender(CONTENT, new Endpoint("2001:db8::1", 1), "t");

  @Test
  void whatIsWrittenIsRead() {
    assertEquals(List.of(A, B), Lender.parseAll(Lender.text(List.of(A, B))));
    assertEquals(List.of(), Lender.parseAll(Lender.text(List.of())));
  }

  @Test
  void whatMakesNoSenseIsSkipped() {
    String nonsense =
        CONTENT + " " + CONTENT + "/t/ " + CONTENT + "//host:1 x/t/host:1 " + CONTENT + "/t/host ";

    assertEquals(List.of(B), Lender.parseAll(nonsense + Lender.text(List.of(B))));
    assertEquals(96, Lender.parseAll(Lender.text(Collections.nCopies(1_000, A))).size());
  }

  @Test
  void anAddressThatCouldNotBeReadAgainIsNoLender() {
    for (var address : List.of(Endpoint.UNKNOWN, new Endpoint("a b", 1))) {
      assertThrows(IllegalArgumentException.class, () -> new Lender(CONTENT, address, "t"));
    }
  }

  @Test
  void theTicketIsNotShown() {
    assertFalse(A.toString().contains("c0ffee"));
  }
}
