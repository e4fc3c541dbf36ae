package com.nokia.ci.tas.commons.model;

import static com.nokia.ci.tas.commons.model.ProductAttribute.ROLE;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one product of a requirement must be: each clause names an attribute and the whole value it
 * must have, case ignored (guide, "Required products expression"); each comparison, an extension of
 * ours, a number that its value must be above or below.
 *
 * @param clauses attribute name to wanted value in lower case, ordered by name; always has a role
 *     and a status, main and free unless asked otherwise
 * @param comparisons in their order, each once
 */
public record ProductDemand(SortedMap<String, String> clauses, List<Comparison> comparisons) {
  public ProductDemand {
    var all = new TreeMap<String, String>();
    clauses.forEach((name, value) -> all.put(name, lower(value)));
    all.putIfAbsent(ROLE.text(), Role.MAIN.text());
    all.putIfAbsent(STATUS.text(), ProductStatus.FREE.text());
    clauses = Collections.unmodifiableSortedMap(all);
    comparisons =
        comparisons.size() > 1
            ? comparisons.stream().sorted().distinct().toList()
            : List.copyOf(comparisons);
  }

  /** A demand that compares nothing. */
  public ProductDemand(SortedMap<String, String> clauses) {
    this(clauses, List.of());
  }

  public static ProductDemand of(Map<String, String> clauses) {
    return new ProductDemand(new TreeMap<>(clauses));
  }

  /** The same without one comparison. */
  public ProductDemand without(Comparison comparison) {
    return new ProductDemand(
        clauses, comparisons.stream().filter(c -> !c.equals(comparison)).toList());
  }

  /**
   * Whether a product is what is asked.
   *
   * @param values of the product by name, in lower case
   */
  public boolean isMetBy(Map<String, String> values) {
    for (var clause : clauses.entrySet()) {
      if (!clause.getValue().equals(values.get(clause.getKey()))) {
        return false;
      }
    }
    for (var comparison : comparisons) {
      if (Optional.ofNullable(values.get(comparison.name()))
          .filter(comparison::isMetBy)
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** A value as clauses are compared. */
  public static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("(");
    clauses.forEach(
        (name, value) ->
            text.append(name)
                .append(':')
                .append(ProductAttribute.isSecret(name) ? "…" : value)
                .append(';'));
    comparisons.forEach(comparison -> text.append(comparison).append(';'));
    return text.append(')').toString();
  }
}
