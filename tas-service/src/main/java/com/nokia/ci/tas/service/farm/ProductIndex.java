package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Some products by attribute value and node, so that a demand looks at few of them. Only attributes
 * that somebody asked for are indexed. Immutable.
 *
 * @param names attribute name to value to node to products
 */
record ProductIndex(
    Table<String, Table<String, Table<NodeId, Table<ProductId, ProductId>>>> names) {

  static final ProductIndex NONE = new ProductIndex(Table.empty());

  ProductIndex with(Product product) {
    var changed = names;
    for (var name : names) {
      var value = product.traits().get(name.getKey());
      if (value != null) {
        var nodes = name.getValue().get(value).orElse(Table.empty());
        var there = nodes.get(product.node()).orElse(Table.empty());
        changed =
            changed.with(
                name.getKey(),
                name.getValue()
                    .with(
                        value, nodes.with(product.node(), there.with(product.id(), product.id()))));
      }
    }
    return new ProductIndex(changed);
  }

  ProductIndex without(Product product) {
    var changed = names;
    for (var name : names) {
      var value = product.traits().get(name.getKey());
      if (value != null) {
        var values = name.getValue();
        var nodes = values.get(value).orElse(Table.empty());
        var there = nodes.get(product.node()).orElse(Table.empty()).without(product.id());
        nodes = there.isEmpty() ? nodes.without(product.node()) : nodes.with(product.node(), there);
        changed =
            changed.with(
                name.getKey(), nodes.isEmpty() ? values.without(value) : values.with(value, nodes));
      }
    }
    return new ProductIndex(changed);
  }

  /** Whether an attribute is looked after; the status is not, for it is free in all that count. */
  boolean knows(String name) {
    return name.equals(STATUS.text()) || names.contains(name);
  }

  /** The same with one more attribute, for these products, which are all of the index. */
  ProductIndex asking(String name, Stream<Product> products) {
    var one =
        new ProductIndex(
            Table.<String, Table<String, Table<NodeId, Table<ProductId, ProductId>>>>empty()
                .with(name, Table.empty()));
    var each = products.iterator();
    while (each.hasNext()) {
      one = one.with(each.next());
    }
    return new ProductIndex(names.with(name, one.names.at(name)));
  }

  /** The same without attributes that nobody asks for any more and that are not the guide's. */
  ProductIndex forgetting(String name) {
    return ProductAttribute.of(name).isPresent() ? this : new ProductIndex(names.without(name));
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
    return smallest == null ? Table.empty() : smallest;
  }

  /** A small part of the products on nodes that may serve a wish for products as a whole. */
  Table<NodeId, Table<ProductId, ProductId>> fewest(Wish wish) {
    return wish.demands().stream()
        .map(this::candidates)
        .min(Comparator.comparingInt(Table::size))
        .orElse(Table.empty());
  }
}
