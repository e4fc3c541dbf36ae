package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodeFactsTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    var facts = NodeFacts.of(Map.of("operating-system", "Debian 12 + <b> = 100% ä", "a", ""));

    assertEquals(facts, NodeFacts.parse(facts.text()));
    assertEquals(
        "a= operating-system=Debian%2012%20%2B%20%3Cb%3E%20%3D%20100%25%20%C3%A4", facts.text());
  }

  @Test
  void nonsenseIsSkipped() {
    assertEquals(
        NodeFacts.of(Map.of("disk", "1+1")),
        NodeFacts.parse("  disk=1+1 Disk=2 =3 broken=%zz no-value 9x=1\t"));
  }

  @Test
  void noNodeTellsMoreThanItsShare() {
    String flood =
        IntStream.range(0, 1000)
            .mapToObj(i -> "fact-" + i + "=" + "x".repeat(i))
            .collect(Collectors.joining(" "));
    var facts = NodeFacts.parse(flood);

    assertEquals(64, facts.values().size());
    facts.values().values().forEach(it -> assertTrue(it.length() <= 201, it));
    assertEquals(facts, NodeFacts.parse(facts.text()));
  }
}
