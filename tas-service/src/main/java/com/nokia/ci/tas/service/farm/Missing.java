package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says why no product fits a demand: which value to give up if one is enough, and what was most
 * likely meant by it. Looks at a bounded number of products and of values, however large the farm.
 */
final class Missing {
  private static final int LOOK_PRODUCTS = 256;
  private static final int LOOK_VALUES = 64;

  private final Books books;
  private final ProductDemand demand;

  private Missing(Books books, ProductDemand demand) {
    this.books = books;
    this.demand = demand;
  }

  /** A part of a sentence. */
  static String sentence(Books books, ProductDemand demand) {
    return new Missing(books, demand).sentence();
  }

  private String sentence() {
    var status = demand.clauses().get(STATUS.text());
    if (!ProductStatus.FREE.text().equals(status)) {
      return "it asks for status "
          + SafeName.shown(status)
          + ", but only free products are given to tests";
    }
    return unusable().or(this::near).or(this::unheard).orElse("no product of the farm comes near");
  }

  /** A product that fits and cannot be had. */
  private Optional<String> unusable() {
    return books
        .products
        .values()
        .limit(LOOK_PRODUCTS)
        .filter(product -> product.fits(demand) && !books.isPresent(product))
        .findFirst()
        .map(
            product ->
                "product "
                    + SafeName.shown(product.id().imei())
                    + " fits, but "
                    + (product.presence().goneSince().isPresent()
                        ? "is gone"
                        : product
                            .whyNot()
                            .map(why -> "is not to be used: " + Words.oneLine(why))
                            .orElse("its node " + product.node() + " is not there")));
  }

  /** One value is in the way. */
  private Optional<String> near() {
    for (var clause : demand.clauses().entrySet()) {
      String name = clause.getKey();
      var rest = new TreeMap<>(demand.clauses());
      rest.remove(name);
      var other =
          candidates(new ProductDemand(rest, demand.comparisons()))
              .filter(product -> fits(product, rest))
              .findFirst();
      if (other.isPresent()) {
        return Optional.of(
            nobodyHas(name, clause.getValue())
                + "; product "
                + SafeName.shown(other.get().id().imei())
                + " would do otherwise");
      }
    }
    return outOfRange();
  }

  /** One comparison is in the way; the product that comes nearest is named. */
  private Optional<String> outOfRange() {
    for (var comparison : demand.comparisons()) {
      var rest = demand.without(comparison);
      var best =
          candidates(rest)
              .filter(product -> product.fits(rest))
              .max(
                  Comparator.comparing(
                          (Product product) -> trait(product, comparison), comparison.nearest())
                      .thenComparing(Product::id, Comparator.reverseOrder()));
      if (best.isPresent()) {
        String value = trait(best.get(), comparison);
        return Optional.of(
            "no product of the farm that would do otherwise has "
                + SafeName.shown(comparison.toString())
                + "; product "
                + SafeName.shown(best.get().id().imei())
                + (value.isEmpty()
                    ? " would do, but has no attribute " + SafeName.shown(comparison.name())
                    : " comes nearest with "
                        + SafeName.shown(comparison.name())
                        + ":"
                        + SafeName.shown(value)));
      }
    }
    return Optional.empty();
  }

  private static String trait(Product product, Comparison comparison) {
    return product.traits().getOrDefault(comparison.name(), "");
  }

  private Stream<Product> candidates(ProductDemand of) {
    return books
        .present
        .candidates(of)
        .values()
        .flatMap(Table::keys)
        .limit(LOOK_PRODUCTS)
        .map(books::product);
  }

  /** A value that no product has at all. */
  private Optional<String> unheard() {
    return demand.clauses().entrySet().stream()
        .filter(clause -> !clause.getKey().equals(STATUS.text()))
        .filter(clause -> !values(clause.getKey()).contains(clause.getValue()))
        .findFirst()
        .filter(clause -> !books.present.names().isEmpty() && !isFarmEmpty())
        .map(clause -> nobodyHas(clause.getKey(), clause.getValue()));
  }

  private boolean isFarmEmpty() {
    return books.products.values().limit(LOOK_PRODUCTS).noneMatch(books::isPresent);
  }

  private String nobodyHas(String name, String value) {
    var known = values(name);
    if (known.isEmpty()) {
      return "no product of the farm has an attribute "
          + SafeName.shown(name)
          + NearestName.of(name, names())
              .filter(near -> !near.equals(name))
              .map(near -> ", the nearest is " + near)
              .orElse("");
    }
    String shown = ProductAttribute.isSecret(name) ? "…" : SafeName.shown(value);
    return "no product of the farm has "
        + SafeName.shown(name)
        + ":"
        + shown
        + nearest(name, value, known)
            .map(near -> ", the nearest is " + SafeName.shown(name) + ":" + SafeName.shown(near))
            .orElse("");
  }

  /** The values next to it in their order are those that begin in the same way. */
  private static Optional<String> nearest(String name, String value, Table<String, ?> known) {
    if (ProductAttribute.isSecret(name)) {
      return Optional.empty();
    }
    int from = Math.max(0, Math.min(known.rank(value), known.size()) - LOOK_VALUES / 2);
    var some = new ArrayList<String>();
    for (int i = from; i < known.size() && some.size() < LOOK_VALUES; i++) {
      some.add(known.ranked(i).getKey());
    }
    return NearestName.of(value, some).filter(near -> !near.equals(value));
  }

  private Table<String, ?> values(String name) {
    return books.present.names().get(name).orElse(Table.empty());
  }

  /** Those of the guide, and what products of the farm have besides. */
  private List<String> names() {
    return Stream.concat(
            Arrays.stream(ProductAttribute.values()).map(ProductAttribute::text),
            books
                .products
                .values()
                .limit(LOOK_PRODUCTS)
                .flatMap(product -> product.traits().keySet().stream())
                .filter(ExtraAttributes::isExtra)
                .sorted()
                .distinct())
        .toList();
  }

  private boolean fits(Product product, Map<String, String> clauses) {
    return clauses.entrySet().stream()
            .allMatch(clause -> clause.getValue().equals(product.traits().get(clause.getKey())))
        && demand.comparisons().stream()
            .allMatch(comparison -> comparison.isMetBy(trait(product, comparison)));
  }
}
