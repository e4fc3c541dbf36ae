package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.Comparison.Relation;
import com.nokia.ci.tas.commons.model.DottedNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Demands by a comparison that they make: finds those that a number meets without looking at the
 * others, however many bounds are asked for. Immutable.
 *
 * @param filed attribute name to relation to bound to keys of demands
 */
record Thresholds(
    Table<String, Table<Relation, Table<DottedNumber, Table<String, String>>>> filed) {

  static final Thresholds NONE = new Thresholds(Table.empty());

  Thresholds with(Comparison comparison, String key) {
    var relations = filed.get(comparison.name()).orElse(Table.empty());
    var bounds = relations.get(comparison.relation()).orElse(Table.empty());
    var keys = bounds.get(comparison.bound()).orElse(Table.empty()).with(key, key);
    return new Thresholds(
        filed.with(
            comparison.name(),
            relations.with(comparison.relation(), bounds.with(comparison.bound(), keys))));
  }

  Thresholds without(Comparison comparison, String key) {
    var relations = filed.at(comparison.name());
    var bounds = relations.at(comparison.relation());
    var keys = bounds.at(comparison.bound()).without(key);
    bounds =
        keys.isEmpty() ? bounds.without(comparison.bound()) : bounds.with(comparison.bound(), keys);
    relations =
        bounds.isEmpty()
            ? relations.without(comparison.relation())
            : relations.with(comparison.relation(), bounds);
    return new Thresholds(
        relations.isEmpty()
            ? filed.without(comparison.name())
            : filed.with(comparison.name(), relations));
  }

  /** How many demands are filed under a comparison. */
  int size(Comparison comparison) {
    return filed
        .get(comparison.name())
        .flatMap(relations -> relations.get(comparison.relation()))
        .flatMap(bounds -> bounds.get(comparison.bound()))
        .map(Table::size)
        .orElse(0);
  }

  /** The keys of the demands whose comparison the values of a product meet. */
  List<String> of(Map<String, String> traits) {
    var met = new ArrayList<String>();
    for (var name : Names.asked(filed, traits)) {
      Optional.ofNullable(traits.get(name.getKey()))
          .flatMap(DottedNumber::of)
          .ifPresent(
              number ->
                  name.getValue()
                      .forEach(
                          relation ->
                              collect(met, relation.getKey(), relation.getValue(), number)));
    }
    return met;
  }

  private static void collect(
      List<String> met,
      Relation relation,
      Table<DottedNumber, Table<String, String>> bounds,
      DottedNumber number) {
    switch (relation) {
      case AT_LEAST -> {
        upTo(met, bounds, number);
        bounds.get(number).ifPresent(keys -> keys.keys().forEach(met::add));
      }
      case ABOVE -> upTo(met, bounds, number);
      case AT_MOST -> {
        bounds.get(number).ifPresent(keys -> keys.keys().forEach(met::add));
        from(met, bounds, number);
      }
      case BELOW -> from(met, bounds, number);
    }
  }

  /** All of smaller bounds. */
  private static void upTo(
      List<String> met, Table<DottedNumber, Table<String, String>> bounds, DottedNumber number) {
    for (var bound : bounds) {
      if (bound.getKey().compareTo(number) >= 0) {
        return;
      }
      bound.getValue().keys().forEach(met::add);
    }
  }

  /** All of larger bounds. */
  private static void from(
      List<String> met, Table<DottedNumber, Table<String, String>> bounds, DottedNumber number) {
    Optional<Map.Entry<DottedNumber, Table<String, String>>> next = bounds.after(number);
    while (next.isPresent()) {
      next.get().getValue().keys().forEach(met::add);
      next = bounds.after(next.get().getKey());
    }
  }
}
