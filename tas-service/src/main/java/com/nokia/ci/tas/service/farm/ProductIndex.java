package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some products by attribute value and node, so that a demand looks at few of them. Only attributes
 * that somebody asked for are indexed, and only so many of the comparisons. Immutable.
 *
 * @param names attribute name to value to node to products
 * @param ranges comparison to node to products that meet it
 */
record ProductIndex(
    Table<String, Table<String, Table<NodeId, Table<ProductId, ProductId>>>> names,
    Table<Comparison, Table<NodeId, Table<ProductId, ProductId>>> ranges) {

  /** More comparisons than these are not looked after: each costs every change of a product. */
  private static final int MOST_RANGES = 64;

  private static final int MANY_RANGES = 16;
  private static final int MANY_NAMES = 100;

  static final ProductIndex NONE = new ProductIndex(Table.empty(), Table.empty());

  ProductIndex with(Product product) {
    var changed = names;
    for (var name : Names.asked(names, product.traits())) {
      var values = name.getValue();
      var value = product.traits().get(name.getKey());
      if (value != null) {
        changed =
            changed.with(
                name.getKey(),
                values.with(value, with(values.get(value).orElse(Table.empty()), product)));
      }
    }
    var compared =
        ranges.mapped(
            (comparison, nodes) -> isMet(comparison, product) ? with(nodes, product) : nodes);
    return new ProductIndex(changed, compared);
  }

  ProductIndex without(Product product) {
    var changed = names;
    for (var name : Names.asked(names, product.traits())) {
      var values = name.getValue();
      var value = product.traits().get(name.getKey());
      if (value != null) {
        var nodes = without(values.get(value).orElse(Table.empty()), product);
        changed =
            changed.with(
                name.getKey(), nodes.isEmpty() ? values.without(value) : values.with(value, nodes));
      }
    }
    var compared =
        ranges.mapped(
            (comparison, nodes) -> isMet(comparison, product) ? without(nodes, product) : nodes);
    return new ProductIndex(changed, compared);
  }

  /** Whether an attribute is looked after; the status is not, for it is free in all that count. */
  boolean knows(String name) {
    return name.equals(STATUS.text()) || names.contains(name);
  }

  boolean knows(Comparison comparison) {
    return ranges.contains(comparison);
  }

  /** Whether there is room for one more comparison. */
  boolean hasRoom() {
    return ranges.size() < MOST_RANGES;
  }

  /** Whether there are so many attributes that those that nobody asks for have to go. */
  boolean hasManyNames() {
    return names.size() > MANY_NAMES;
  }

  /**
   * A comparison that nobody makes any more, where there are so many that it has to go. What is
   * asked for again and again is worked out only once that way.
   */
  Optional<Comparison> superfluous(Interests interests) {
    return ranges.size() < MANY_RANGES
        ? Optional.empty()
        : ranges.keys().filter(comparison -> !interests.compare(comparison)).findFirst();
  }

  /** The same with one more attribute, for these products, which are all of the index. */
  ProductIndex asking(String name, Stream<Product> products) {
    var one =
        new ProductIndex(
            Table.<String, Table<String, Table<NodeId, Table<ProductId, ProductId>>>>empty()
                .with(name, Table.empty()),
            Table.empty());
    var each = products.iterator();
    while (each.hasNext()) {
      one = one.with(each.next());
    }
    return new ProductIndex(names.with(name, one.names.at(name)), ranges);
  }

  /** The same with one more comparison, for these products, which are all of the index. */
  ProductIndex asking(Comparison comparison, Stream<Product> products) {
    Table<NodeId, Table<ProductId, ProductId>> nodes = Table.empty();
    var each = products.filter(product -> isMet(comparison, product)).iterator();
    while (each.hasNext()) {
      nodes = with(nodes, each.next());
    }
    return new ProductIndex(names, ranges.with(comparison, nodes));
  }

  /** The same without attributes that nobody asks for any more and that are not the guide's. */
  ProductIndex forgetting(String name) {
    return ProductAttribute.of(name).isPresent()
        ? this
        : new ProductIndex(names.without(name), ranges);
  }

  /** The same without a comparison that nobody makes any more. */
  ProductIndex forgetting(Comparison comparison) {
    return new ProductIndex(names, ranges.without(comparison));
  }

  /**
   * A small part of the products that contains all that fit a demand. Empty when the demand asks
   * for a status that no product has while it can be reserved.
   */
  Table<NodeId, Table<ProductId, ProductId>> candidates(ProductDemand demand) {
    if (!ProductStatus.FREE.text().equals(demand.clauses().get(STATUS.text()))) {
      return Table.empty();
    }
    Table<NodeId, Table<ProductId, ProductId>> smallest = null;
    for (var clause : demand.clauses().entrySet()) {
      if (!clause.getKey().equals(STATUS.text())) {
        Table<NodeId, Table<ProductId, ProductId>> found =
            names
                .get(clause.getKey())
                .flatMap(values -> values.get(clause.getValue()))
                .orElse(Table.empty());
        if (smallest == null || found.size() < smallest.size()) {
          smallest = found;
        }
      }
    }
    for (var comparison : demand.comparisons()) {
      var found = ranges.get(comparison);
      if (found.isPresent() && (smallest == null || found.get().size() < smallest.size())) {
        smallest = found.get();
      }
    }
    return smallest == null ? Table.empty() : smallest;
  }

  /** A small part of the products on nodes that may serve a wish for products as a whole. */
  Table<NodeId, Table<ProductId, ProductId>> fewest(Wish wish) {
    Table<NodeId, Table<ProductId, ProductId>> fewest = Table.empty();
    boolean isFirst = true;
    for (var demand : wish.demands()) {
      var found = candidates(demand);
      if (isFirst || found.size() < fewest.size()) {
        fewest = found;
      }
      isFirst = false;
    }
    return fewest;
  }

  private static boolean isMet(Comparison comparison, Product product) {
    var value = product.traits().get(comparison.name());
    return value != null && comparison.isMetBy(value);
  }

  private static Table<NodeId, Table<ProductId, ProductId>> with(
      Table<NodeId, Table<ProductId, ProductId>> nodes, Product product) {
    var there = nodes.get(product.node()).orElse(Table.empty());
    return nodes.with(product.node(), there.with(product.id(), product.id()));
  }

  private static Table<NodeId, Table<ProductId, ProductId>> without(
      Table<NodeId, Table<ProductId, ProductId>> nodes, Product product) {
    var there = nodes.get(product.node()).orElse(Table.empty()).without(product.id());
    return there.isEmpty() ? nodes.without(product.node()) : nodes.with(product.node(), there);
  }
}
