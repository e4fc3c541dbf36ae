package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the waiting tests want of single products: finds, for a product, those that could use it
 * without looking at the others. Immutable.
 *
 * @param demands every distinct demand, by its key
 * @param filed attribute name to value to keys of demands that name both; each demand is filed
 *     under one of its clauses only, the rarest when it came
 */
record Interests(
    Table<String, Interest> demands, Table<String, Table<String, Table<String, String>>> filed) {

  static final Interests NONE = new Interests(Table.empty(), Table.empty());

  /**
   * One demand and who has it.
   *
   * @param name and
   * @param value the clause it is filed under
   * @param wishes who has it
   * @param tests how many tests have it
   */
  record Interest(
      ProductDemand demand, String name, String value, Table<Wish, Wish> wishes, int tests) {}

  /** The same with one more test of a wish. */
  Interests with(Wish wish) {
    var changed = this;
    for (var demand : distinct(wish)) {
      changed = changed.with(wish, demand);
    }
    return changed;
  }

  /**
   * The same with one test less of a wish.
   *
   * @param last whether there is no other test of that wish
   */
  Interests without(Wish wish, boolean last) {
    var changed = this;
    for (var demand : distinct(wish)) {
      changed = changed.without(wish, demand, last);
    }
    return changed;
  }

  /** The demands that a product meets. */
  List<Interest> of(Product product) {
    var met = new ArrayList<Interest>();
    for (var name : filed) {
      var value = product.traits().get(name.getKey());
      if (value != null) {
        for (var key : name.getValue().get(value).orElse(Table.empty())) {
          var interest = demands.at(key.getKey());
          if (product.fits(interest.demand())) {
            met.add(interest);
          }
        }
      }
    }
    return met;
  }

  /** How many waiting tests could use a product. */
  int need(Product product) {
    int need = 0;
    for (var interest : of(product)) {
      need += interest.tests();
    }
    return need;
  }

  /** Whether any waiting test names an attribute. */
  boolean name(String attribute) {
    return demands.values().anyMatch(i -> i.demand().clauses().containsKey(attribute));
  }

  private static List<ProductDemand> distinct(Wish wish) {
    var seen = new TreeSet<String>();
    return wish.demands().stream().filter(demand -> seen.add(Wish.keyOf(demand))).toList();
  }

  private Interests with(Wish wish, ProductDemand demand) {
    var key = Wish.keyOf(demand);
    var known = demands.get(key);
    if (known.isPresent()) {
      var old = known.get();
      return new Interests(
          demands.with(
              key,
              new Interest(
                  demand, old.name(), old.value(), old.wishes().with(wish, wish), old.tests() + 1)),
          filed);
    }
    var file = rarest(demand);
    var wishes = Table.<Wish, Wish>empty().with(wish, wish);
    var values = filed.get(file.name()).orElse(Table.empty());
    var keys = values.get(file.value()).orElse(Table.empty());
    return new Interests(
        demands.with(key, new Interest(demand, file.name(), file.value(), wishes, 1)),
        filed.with(file.name(), values.with(file.value(), keys.with(key, key))));
  }

  private Interests without(Wish wish, ProductDemand demand, boolean last) {
    var key = Wish.keyOf(demand);
    var old = demands.at(key);
    var wishes = last ? old.wishes().without(wish) : old.wishes();
    if (!wishes.isEmpty()) {
      return new Interests(
          demands.with(key, new Interest(demand, old.name(), old.value(), wishes, old.tests() - 1)),
          filed);
    }
    var values = filed.at(old.name());
    var keys = values.at(old.value()).without(key);
    values = keys.isEmpty() ? values.without(old.value()) : values.with(old.value(), keys);
    return new Interests(
        demands.without(key),
        values.isEmpty() ? filed.without(old.name()) : filed.with(old.name(), values));
  }

  private record Clause(String name, String value, int others) {}

  /** The clause under which the fewest other demands are filed. */
  private Clause rarest(ProductDemand demand) {
    var status = demand.clauses().get(STATUS.text());
    if (!ProductStatus.FREE.text().equals(status)) {
      return new Clause(STATUS.text(), status, 0); // met by no product
    }
    Clause rarest = null;
    for (var clause : demand.clauses().entrySet()) {
      if (!clause.getKey().equals(STATUS.text())) {
        int others =
            filed
                .get(clause.getKey())
                .flatMap(values -> values.get(clause.getValue()))
                .map(Table::size)
                .orElse(0);
        if (rarest == null || others < rarest.others()) {
          rarest = new Clause(clause.getKey(), clause.getValue(), others);
        }
      }
    }
    if (rarest == null) {
      throw new IllegalStateException("a demand without a role: " + demand);
    }
    return rarest;
  }
}
