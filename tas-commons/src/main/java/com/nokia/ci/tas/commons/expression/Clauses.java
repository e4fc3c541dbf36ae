package com.nokia.ci.tas.commons.expression;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The clauses of one product as they are collected, each checked when it is added. */
final class Clauses {
  private static final List<String> NAMES =
      Arrays.stream(ProductAttribute.values()).map(ProductAttribute::text).toList();
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::text).toList();
  private static final List<String> STATUSES =
      Arrays.stream(ProductStatus.values()).map(ProductStatus::text).toList();

  private static final int MOST_COMPARISONS = 16;

  private final TreeMap<String, String> values = new TreeMap<>();
  private final List<Comparison> comparisons = new ArrayList<>();

  /** What is wrong, and what should have been there. */
  record Complaint(String problem, String expected) {}

  /** The name of an attribute, written in any case; empty when no product can have one. */
  static Optional<String> name(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return ProductAttribute.of(name).isPresent() || ExtraAttributes.complaint(name).isEmpty()
        ? Optional.of(name)
        : Optional.empty();
  }

  static Complaint unknown(String name) {
    String problem = "\"" + SafeName.shown(name) + "\" is not a name of a product parameter";
    return new Complaint(
        problem,
        NearestName.of(name, NAMES)
            .orElse("one of the names in docs/expressions.md, such as rm-code or imei"));
  }

  /** Adds a clause unless there is something against it. */
  Optional<Complaint> add(String name, String value) {
    if (value.isBlank()) {
      return Optional.of(new Complaint(name + " has no value", "a value behind the colon"));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(
          new Complaint(
              "the value of " + name + " contains a control character", "a value without it"));
    }
    Optional<Complaint> complaint =
        name.equals(ProductAttribute.ROLE.text())
            ? oneOf(name, value, ROLES)
            : name.equals(ProductAttribute.STATUS.text())
                ? oneOf(name, value, STATUSES)
                : Optional.empty();
    if (complaint.isPresent()) {
      return complaint;
    }
    String wanted = ProductDemand.lower(value);
    String former = values.putIfAbsent(name, wanted);
    if (former != null && !former.equals(wanted)) {
      return Optional.of(
          new Complaint(
              ProductAttribute.isSecret(name)
                  ? name + " is asked for with two different values"
                  : "%s is asked for as \"%s\" and as \"%s\""
                      .formatted(name, SafeName.shown(former), SafeName.shown(wanted)),
              "one value for each name"));
    }
    return Optional.empty();
  }

  /** Adds a comparison unless there is something against it. */
  Optional<Complaint> add(String name, Comparison.Relation relation, String value) {
    if (name.equals(ProductAttribute.ROLE.text())
        || name.equals(ProductAttribute.STATUS.text())
        || ProductAttribute.isSecret(name)) {
      return Optional.of(
          new Complaint(name + " cannot be compared", "a colon and the whole value"));
    }
    var bound = DottedNumber.of(value);
    if (bound.isEmpty()) {
      return Optional.of(
          new Complaint(
              name
                  + " is compared with "
                  + (value.isBlank() ? "nothing" : "\"" + SafeName.shown(value) + "\""),
              "a number or a version, such as 30 or 14.1"));
    }
    if (comparisons.size() == MOST_COMPARISONS) {
      return Optional.of(
          new Complaint(
              "one comparison too many", "no more than " + MOST_COMPARISONS + " for a product"));
    }
    comparisons.add(new Comparison(name, relation, bound.get()));
    return Optional.empty();
  }

  boolean isEmpty() {
    return values.isEmpty() && comparisons.isEmpty();
  }

  ProductDemand demand() {
    return new ProductDemand(values, comparisons);
  }

  private static Optional<Complaint> oneOf(String name, String value, List<String> words) {
    return words.contains(ProductDemand.lower(value))
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                name + " \"" + SafeName.shown(value) + "\" does not exist",
                "one of " + String.join(", ", words)));
  }
}
