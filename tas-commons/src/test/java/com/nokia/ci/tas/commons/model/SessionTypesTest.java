package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions add to tests, runs and files. */
final class SessionTypesTest {
  private static final String DIGEST = "0f".repeat(32);
  private static final Endpoint CLIENT = new Endpoint("ci-1.example.com", 20321);

  @Test
  void runsAreReadAsTheyAreWritten() {
    var runs =
        List.of(
            new RunReference(
                RuntimeId.of("nightly_7_2"), 3, List.of(new ProductId("1"), new ProductId("2"))),
            new RunReference(RuntimeId.of("smoke"), 0, List.of()));

    assertEquals("nightly_7_2/3/1:2|smoke/0/", RunReference.text(runs));
    assertEquals(runs, RunReference.parseAll(RunReference.text(runs)));
    assertEquals(List.of(), RunReference.parseAll(RunReference.text(List.of())));
    assertEquals(runs, RunReference.parseAll(" nightly_7_2 /3/1: 2\t: |smoke/0/ "), "blanks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/1", "a/x/1", "/1/1", "a/1/1|", "a/1/1/1", "a/-1/", "a/9999999999/"})
  void aListOfRunsOfAnotherFormIsRefused(String text) {
    assertThrows(ProtocolException.class, () -> RunReference.parseAll(text));
  }

  @Test
  void aRunWhoseNameWouldBeReadAsTwoIsNotListed() {
    var id = RuntimeId.of("a|b");

    assertThrows(IllegalArgumentException.class, () -> new RunReference(id, 1, List.of()));
  }

  @Test
  void directAccessIsReadAsItIsWritten() {
    var plain = new DirectAccess(CLIENT, "b7a1f0c2", Optional.empty());
    var secured = new DirectAccess(new Endpoint("::1", 5), "b7a1f0c2", Optional.of(DIGEST));

    assertEquals(Optional.of(plain), DirectAccess.parse("ci-1.example.com:20321  b7a1f0c2"));
    assertEquals(Optional.of(plain), DirectAccess.parse(plain.text()));
    assertEquals(Optional.of(secured), DirectAccess.parse(secured.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h:1", "h:0 t", "h t", "h:1 t digest", "h:1 t a b", ":1 t"})
  void directAccessOfAnotherFormIsNone(String text) {
    assertEquals(Optional.empty(), DirectAccess.parse(text));
  }

  @Test
  void neitherTicketNorSecretVariableIsShown() {
    var execution =
        TestExecution.NOTHING.with(
            Map.of("LAB_PASSWORD", "s3cret", "LANG", "C"), Set.of("LAB_PASSWORD"));
    var test =
        TestDescription.named(RuntimeId.of("a"))
            .with(execution)
            .directly(Optional.of(new DirectAccess(CLIENT, "b7a1f0c2", Optional.empty())));

    assertFalse(test.toString().contains("s3cret"), test::toString);
    assertFalse(test.toString().contains("b7a1f0c2"), test::toString);
    assertTrue(test.toString().contains("LANG=C"), test::toString);
  }

  @Test
  void onlyADigestIsTakenForOne() {
    var file = FileReference.named("a");

    assertEquals(Optional.of(DIGEST), file.digested(DIGEST).sized(3).sha256());
    assertEquals(
        Optional.empty(), file.digested(DIGEST.toUpperCase(java.util.Locale.ROOT)).sha256());
    assertEquals(Optional.empty(), file.digested("0f").sha256());
  }

  @Test
  void theNameOfASecretVariableHasNoBlank() {
    assertThrows(
        IllegalArgumentException.class, () -> TestExecution.NOTHING.with(Map.of(), Set.of("a b")));
  }
}
