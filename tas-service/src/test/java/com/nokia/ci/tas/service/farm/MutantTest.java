package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of broken rules, and how one of them is put into its source. */
final class MutantTest {
  private static final List<String> TABLE =
      List.of(
          "# a remark", "== one becomes two", "in A.java", "- int one() {", "-   return 1;", "+ x");

  @TempDir Path sources;

  @Test
  void theTextIsReplacedHoweverItIsBrokenIntoLines() throws IOException {
    Files.writeString(sources.resolve("A.java"), "class A { int one() {\n\n      return 1; } }");

    String source = Mutant.read(TABLE).get(0).source(sources);

    assertEquals("class A { x\n } }", source);
  }

  @Test
  void aTextThatDoesNotOccurOnceIsAComplaint() throws IOException {
    var mutant = Mutant.read(TABLE).get(0);
    Files.writeString(sources.resolve("A.java"), "class A {}");

    var complaint = assertThrows(IllegalArgumentException.class, () -> mutant.source(sources));
    assertEquals(
        "the text of mutant \"one becomes two\" occurs 0 times in A.java and not once; mend its row"
            + " in the table",
        complaint.getMessage());
    Files.writeString(sources.resolve("A.java"), "int one() { return 1; int one() { return 1;");
    assertThrows(IllegalArgumentException.class, () -> mutant.source(sources));
  }

  @Test
  void aRowThatLacksSomethingIsAComplaint() {
    assertThrows(IllegalArgumentException.class, () -> Mutant.read(List.of("== one", "- text")));
    assertThrows(IllegalArgumentException.class, () -> Mutant.read(List.of("== one", "in A.java")));
  }

  @Test
  void eachTextOfTheTableStandsOnceInItsSource() throws IOException {
    Path farm =
        Path.of("src", "main", "java").resolve(Mutant.class.getPackageName().replace('.', '/'));
    List<Mutant> mutants;
    try (InputStream in = Mutant.class.getResourceAsStream("rule-mutations.txt")) {
      mutants = Mutant.read(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
    assertTrue(mutants.size() >= 40);
    for (var mutant : mutants) {
      assertTrue(mutant.source(farm).contains(mutant.replacement()), mutant.name());
    }
  }
}
