package com.nokia.ci.tas.commons.expression;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a requirement as an expression, so that the tests can have the parser read it back: names
 * in the order of the guide, each clause ended by a semicolon, each product in brackets.
 */
public final class RequirementText {
  private static final Comparator<Map.Entry<String, String>> ORDER =
      Comparator.comparing(
              (Map.Entry<String, String> it) ->
                  ProductAttribute.of(it.getKey())
                      .map(ProductAttribute::ordinal)
                      .orElse(Integer.MAX_VALUE))
          .thenComparing(Map.Entry::getKey);

  private RequirementText() {}

  /** The expression; empty for a requirement without products. */
  public static String write(Requirement requirement) {
    return requirement.products().stream()
        .map(RequirementText::group)
        .collect(Collectors.joining(" and "));
  }

  private static String group(ProductDemand demand) {
    var equal =
        demand.clauses().entrySet().stream()
            .filter(it -> !isImplied(it.getKey(), it.getValue()))
            .sorted(ORDER)
            .map(it -> it.getKey() + ":" + value(it.getValue()) + ";");
    var compared = demand.comparisons().stream().map(it -> it + ";");
    return Stream.concat(equal, compared).collect(Collectors.joining("", "(", ")"));
  }

  /** The free status goes without saying: every reader adds it. */
  private static boolean isImplied(String name, String value) {
    return name.equals(ProductAttribute.STATUS.text()) && value.equals(ProductStatus.FREE.text());
  }

  private static String value(String value) {
    boolean plain =
        !value.startsWith("\"")
            && value.indexOf(';') < 0
            && value.indexOf(')') < 0
            && value.equals(value.strip());
    return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
