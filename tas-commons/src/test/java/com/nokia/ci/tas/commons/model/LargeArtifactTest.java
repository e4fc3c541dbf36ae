package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of large artifacts is a hint: it is read as far as it makes sense. */
final class LargeArtifactTest {
  private static final LargeArtifact A =
      new LargeArtifact(new ContentDigest("a".repeat(64)), 1_000_000);
  private static final LargeArtifact B = new LargeArtifact(new ContentDigest("b".repeat(64)), 7);

  @Test
  void whatIsWrittenIsRead() {
    assertEquals(List.of(A, B), LargeArtifact.parseAll(LargeArtifact.text(List.of(A, B))));
    assertEquals(List.of(), LargeArtifact.parseAll(LargeArtifact.text(List.of())));
  }

  @Test
  void whatMakesNoSenseIsSkipped() {
    String digest = A.digest().text();
    assertEquals(
        List.of(B),
        LargeArtifact.parseAll(
            digest
                + " "
                + digest
                + "/-1 /5 "
                + digest
                + "/x ../a/1 "
                + LargeArtifact.text(List.of(B))));
  }

  @Test
  void aNameOfAnyKindIsReadAsItWasWritten() {
    var named =
        List.of(
            new LargeArtifact(A.digest(), 5, "flash image/äöü +100%.bin"),
            new LargeArtifact(B.digest(), 6, "a"));

    assertEquals(named, LargeArtifact.parseAll(LargeArtifact.text(named)));
    assertEquals(List.of(), LargeArtifact.parseAll(A.digest() + "/5/%zz"));
    assertEquals(List.of(), LargeArtifact.parseAll(A.digest() + "/5/" + "n".repeat(2_000)));
  }

  @Test
  void noMoreThanAFewAreRead() {
    String many = LargeArtifact.text(Collections.nCopies(1_000, A));

    assertEquals(LargeArtifact.MOST, LargeArtifact.parseAll(many).size());
  }
}
