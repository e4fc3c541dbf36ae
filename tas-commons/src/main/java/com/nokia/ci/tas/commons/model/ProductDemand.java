package com.nokia.ci.tas.commons.model;

import static com.nokia.ci.tas.commons.model.ProductAttribute.ROLE;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one product of a requirement must be: each clause names an attribute and the whole value it
 * must have, case ignored (guide, "Required products expression").
 *
 * @param clauses attribute name to wanted value in lower case, ordered by name; always has a role
 *     and a status, main and free unless asked otherwise
 */
public record ProductDemand(SortedMap<String, String> clauses) {
  public ProductDemand {
    var all = new TreeMap<String, String>();
    clauses.forEach((name, value) -> all.put(name, lower(value)));
    all.putIfAbsent(ROLE.text(), Role.MAIN.text());
    all.putIfAbsent(STATUS.text(), ProductStatus.FREE.text());
    clauses = Collections.unmodifiableSortedMap(all);
  }

  public static ProductDemand of(Map<String, String> clauses) {
    return new ProductDemand(new TreeMap<>(clauses));
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
    return text.append(')').toString();
  }
}
