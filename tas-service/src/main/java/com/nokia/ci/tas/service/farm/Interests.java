package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the waiting tests want of single products: finds, for a product, those that could use it
 * without looking at the others. Immutable.
 *
 * @param demands every distinct demand, by its key
 * @param filed attribute name to value to keys of demands that name both; each demand is filed
 *     under one of its clauses or comparisons only, the rarest when it came
 * @param thresholds keys of demands by comparison
 * @param asked what demands ask for beyond whole values of the guide's attributes, by name or as
 *     comparison, and how many
 */
record Interests(
    Table<String, Interest> demands,
    Table<String, Table<String, Table<String, String>>> filed,
    Thresholds thresholds,
    Table<String, Integer> asked) {

  static final Interests NONE =
      new Interests(Table.empty(), Table.empty(), Thresholds.NONE, Table.empty());

  /**
   * One demand and who has it.
   *
   * @param file what it is filed under
   * @param wishes who has it
   */
  record Interest(ProductDemand demand, File file, Table<Wish, Wish> wishes) {}

  /** A clause, or a comparison instead. */
  record File(String name, String value, Optional<Comparison> comparison, int others) {}

  /** The same with one more wish. */
  Interests with(Wish wish) {
    var changed = this;
    for (var demand : distinct(wish)) {
      changed = changed.with(wish, demand);
    }
    return changed;
  }

  /** The same without a wish that nobody has any more. */
  Interests without(Wish wish) {
    var changed = this;
    for (var demand : distinct(wish)) {
      changed = changed.without(wish, demand);
    }
    return changed;
  }

  /** The demands that a product meets. */
  List<Interest> of(Product product) {
    var met = new ArrayList<Interest>();
    for (var name : Names.asked(filed, product.traits())) {
      var value = product.traits().get(name.getKey());
      if (value != null) {
        for (var key : name.getValue().get(value).orElse(Table.empty())) {
          addIfMet(met, key.getKey(), product);
        }
      }
    }
    if (!thresholds.filed().isEmpty()) {
      thresholds.of(product.traits()).forEach(key -> addIfMet(met, key, product));
    }
    return met;
  }

  private void addIfMet(List<Interest> met, String key, Product product) {
    var interest = demands.at(key);
    if (product.fits(interest.demand())) {
      met.add(interest);
    }
  }

  /** Whether any waiting test asks for the value of an attribute that is not the guide's. */
  boolean name(String attribute) {
    return asked.contains(attribute);
  }

  /** Whether any waiting test compares like that. */
  boolean compare(Comparison comparison) {
    return asked.contains(comparison.toString());
  }

  private static List<ProductDemand> distinct(Wish wish) {
    if (wish.demands().size() <= 1) {
      return wish.demands();
    }
    var seen = new TreeSet<String>();
    return wish.demands().stream().filter(demand -> seen.add(Wish.keyOf(demand))).toList();
  }

  private Interests with(Wish wish, ProductDemand demand) {
    var key = Wish.keyOf(demand);
    var known = demands.get(key);
    if (known.isPresent()) {
      var old = known.get();
      return new Interests(
          demands.with(key, new Interest(demand, old.file(), old.wishes().with(wish, wish))),
          filed,
          thresholds,
          asked);
    }
    var file = rarest(demand);
    var wishes = Table.<Wish, Wish>empty().with(wish, wish);
    return new Interests(
        demands.with(key, new Interest(demand, file, wishes)),
        file.comparison().isPresent() ? filed : filed(file, key),
        file.comparison().map(it -> thresholds.with(it, key)).orElse(thresholds),
        counted(demand, 1));
  }

  private Interests without(Wish wish, ProductDemand demand) {
    var key = Wish.keyOf(demand);
    var old = demands.at(key);
    var wishes = old.wishes().without(wish);
    if (!wishes.isEmpty()) {
      return new Interests(
          demands.with(key, new Interest(demand, old.file(), wishes)), filed, thresholds, asked);
    }
    var file = old.file();
    return new Interests(
        demands.without(key),
        file.comparison().isPresent() ? filed : unfiled(file, key),
        file.comparison().map(it -> thresholds.without(it, key)).orElse(thresholds),
        counted(demand, -1));
  }

  private Table<String, Table<String, Table<String, String>>> filed(File file, String key) {
    var values = filed.get(file.name()).orElse(Table.empty());
    var keys = values.get(file.value()).orElse(Table.empty());
    return filed.with(file.name(), values.with(file.value(), keys.with(key, key)));
  }

  private Table<String, Table<String, Table<String, String>>> unfiled(File file, String key) {
    var values = filed.at(file.name());
    var keys = values.at(file.value()).without(key);
    values = keys.isEmpty() ? values.without(file.value()) : values.with(file.value(), keys);
    return values.isEmpty() ? filed.without(file.name()) : filed.with(file.name(), values);
  }

  private Table<String, Integer> counted(ProductDemand demand, int more) {
    var counts = asked;
    for (var name : demand.clauses().keySet()) {
      if (ExtraAttributes.isExtra(name)) {
        counts = counted(counts, name, more);
      }
    }
    for (var comparison : demand.comparisons()) {
      counts = counted(counts, comparison.toString(), more);
    }
    return counts;
  }

  private static Table<String, Integer> counted(
      Table<String, Integer> counts, String what, int more) {
    int count = counts.get(what).orElse(0) + more;
    return count == 0 ? counts.without(what) : counts.with(what, count);
  }

  /** The clause or comparison under which the fewest other demands are filed. */
  private File rarest(ProductDemand demand) {
    var status = demand.clauses().get(STATUS.text());
    if (!ProductStatus.FREE.text().equals(status)) {
      return new File(STATUS.text(), status, Optional.empty(), 0); // met by no product
    }
    File rarest = null;
    for (var clause : demand.clauses().entrySet()) {
      if (!clause.getKey().equals(STATUS.text())) {
        int others =
            filed
                .get(clause.getKey())
                .flatMap(values -> values.get(clause.getValue()))
                .map(Table::size)
                .orElse(0);
        if (rarest == null || others < rarest.others()) {
          rarest = new File(clause.getKey(), clause.getValue(), Optional.empty(), others);
        }
      }
    }
    for (var comparison : demand.comparisons()) {
      int others = thresholds.size(comparison);
      if (rarest == null || others < rarest.others()) {
        rarest = new File(comparison.name(), "", Optional.of(comparison), others);
      }
    }
    if (rarest == null) {
      throw new IllegalStateException("a demand without a role: " + demand);
    }
    return rarest;
  }
}
