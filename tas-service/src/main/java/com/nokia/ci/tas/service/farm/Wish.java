package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.Comparator;
import java.util.List;

/**
 * What tests that wait together wait for: the same products, in whatever order they were asked, or
 * a node.
 *
 * @param key tells equal wishes from others; contains secrets
 * @param demands one for each product, ordered by their keys; empty: a node only
 * @param host the host the node must be on, in lower case; empty: any
 */
public record Wish(String key, List<ProductDemand> demands, String host)
    implements Comparable<Wish> {
  /** As many characters as most keys have. */
  private static final int KEY_ROOM = 96;

  /** For products that stand on one node. */
  static Wish products(Requirement requirement) {
    if (requirement.products().size() == 1) {
      var key = new StringBuilder(KEY_ROOM).append("products\n");
      addKey(key, requirement.products().get(0));
      return new Wish(key.toString(), requirement.products(), "");
    }
    var sorted = requirement.products().stream().sorted(Comparator.comparing(Wish::keyOf)).toList();
    var key = new StringBuilder("products");
    sorted.forEach(demand -> key.append('\n').append(keyOf(demand)));
    return new Wish(key.toString(), sorted, "");
  }

  /** For a node, on a certain host unless that is empty. */
  static Wish node(String host) {
    String lower = ProductDemand.lower(host);
    return new Wish("node\n" + lower, List.of(), lower);
  }

  /** Whether it asks for products that have to be found together. */
  boolean isGroup() {
    return demands.size() > 1;
  }

  boolean isNode() {
    return demands.isEmpty();
  }

  /** Tells equal demands from others. */
  static String keyOf(ProductDemand demand) {
    var key = new StringBuilder(KEY_ROOM);
    addKey(key, demand);
    return key.toString();
  }

  private static void addKey(StringBuilder key, ProductDemand demand) {
    for (var clause : demand.clauses().entrySet()) {
      key.append(clause.getKey()).append(':').append(clause.getValue()).append('\0');
    }
    for (var comparison : demand.comparisons()) {
      key.append(comparison).append('\0');
    }
  }

  @Override
  public int compareTo(Wish other) {
    return key.compareTo(other.key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Wish wish && wish.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    if (isNode()) {
      return host.isEmpty() ? "any node" : "a node on " + host;
    }
    return new Requirement(demands).toString();
  }
}
