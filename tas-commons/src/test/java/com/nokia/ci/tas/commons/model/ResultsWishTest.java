package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultsWishTest {
  @Test
  void theGuidesOneFileMeansWhatItAlwaysMeant() {
    for (String name : List.of("results.zip", "a;b, c.zip", "r")) {
      assertEquals(
          new ResultsWish(List.of(name), List.of(), Optional.empty()), ResultsWish.of(name));
    }
    assertTrue(ResultsWish.of("").isEmpty());
  }

  @Test
  void severalFilesPatternsAndTheOutputAreToldApart() {
    assertEquals(
        new ResultsWish(
            List.of("results.zip", "logs/run.log"),
            List.of("*.xml", "dumps/**"),
            Optional.of("output.txt")),
        ResultsWish.of("results.zip|*.xml|logs/run.log|dumps/**|>output.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../results.zip",
        "logs/../../x",
        "/etc/passwd",
        "logs/",
        "logs//x",
        "*/..",
        "..",
        "a\\b",
        "c:x",
        "|",
        "a|",
        ">",
        "> ",
        ">../x",
        ">a|>b",
        "a/nul",
        " a",
        "a/b /c",
        "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"
      })
  void whatCouldLeaveTheWorkspaceOrIsNoNameIsRefused(String text) {
    assertTrue(ResultsWish.complaint(text).isPresent());
    assertThrows(IllegalArgumentException.class, () -> ResultsWish.of(text));
  }

  @Test
  void thereAreNoMoreEntriesThanACertainNumber() {
    assertEquals(Optional.empty(), ResultsWish.complaint("a" + "|a".repeat(31)));
    assertTrue(ResultsWish.complaint("a" + "|a".repeat(32)).isPresent());
  }

  @Test
  void patternsMatchPathsAsEverywhere() {
    var xml = ResultsWish.of("*.xml");
    assertTrue(xml.matches("a.xml"));
    assertFalse(xml.matches("a.xml.gz"));
    assertFalse(xml.matches("sub/a.xml"));
    var deep = ResultsWish.of("logs/**|**/core.?");
    assertTrue(deep.matches("logs/a"));
    assertTrue(deep.matches("logs/a/b/c"));
    assertFalse(deep.matches("logs"));
    assertFalse(deep.matches("other/a"));
    assertTrue(deep.matches("core.1"));
    assertTrue(deep.matches("x/y/core.1"));
    assertFalse(deep.matches("x/y/core.10"));
    assertTrue(ResultsWish.of("a*b*c").matches("aXXbXXbYYc"));
  }

  @Test
  void noPatternTakesLong() {
    var wish = ResultsWish.of("*a".repeat(50) + "b|" + "**/a*/".repeat(7) + "x");

    assertFalse(wish.matches("a/".repeat(40) + "a".repeat(110)));
  }

  @Test
  void filesArriveByTheirBaseNamesWithTheNumberOfTheirPart() {
    var wish = ResultsWish.of("logs/run.log|*.xml|**/x.txt|>output.txt");
    for (String name :
        List.of("run.log", "run_2.log", "a.xml", "a_2.xml", "x.txt", "a_b_x_2.txt", "output.txt")) {
      assertTrue(wish.mayArriveAs(name, "_2"), name);
    }
    for (String name : List.of("run_3.log", "a.html", "y.txt", "other.txt")) {
      assertFalse(wish.mayArriveAs(name, "_2"), name);
    }
    assertEquals("results_2.zip", ResultsWish.ofPart("results.zip", "_2"));
    assertEquals("r_2", ResultsWish.ofPart("r", "_2"));
    assertEquals(".hidden_2", ResultsWish.ofPart(".hidden", "_2"));
  }
}
