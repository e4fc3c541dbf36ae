package com.nokia.ci.tas.commons.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/expressions.md} says what the code does. */
final class DocumentedExpressionsTest {
  private static final Path PAGE = Path.of("..", "docs", "expressions.md");
  private static final List<String> LINES = new ArrayList<>();

  @BeforeAll
  static void readThePage() throws IOException {
    LINES.clear();
    LINES.addAll(Files.readAllLines(PAGE));
  }

  @Test
  void everyExampleIsAnExpression() {
    var examples = new ArrayList<String>();
    boolean inside = false;
    for (var line : LINES.subList(0, LINES.indexOf("## Grammar"))) {
      if (line.startsWith("```")) {
        inside = !inside;
      } else if (inside) {
        examples.add(line);
      }
    }
    assertTrue(examples.size() >= 8, examples.toString());
    examples.forEach(RequirementParser::parse);
  }

  @Test
  void everyRefusalIsWordedAsThePageSays() {
    int checked = 0;
    for (var line : LINES) {
      if (line.startsWith("| `") && line.contains("| position ")) {
        String expression = line.substring(3, line.indexOf("` |"));
        String sentence = line.substring(line.indexOf("| position ") + 2, line.length() - 2);
        var refusal =
            assertThrows(ExpressionException.class, () -> RequirementParser.parse(expression));
        assertEquals("required-products expression, " + sentence, refusal.getMessage());
        checked++;
      }
    }
    assertTrue(checked >= 6, "the page should have its table of refusals");
  }

  @Test
  void everyNameIsOnThePage() {
    String page = String.join("\n", LINES);
    for (var attribute : ProductAttribute.values()) {
      assertTrue(page.contains("`" + attribute.elementName() + "`"), attribute.text());
    }
  }
}
