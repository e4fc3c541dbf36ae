package com.nokia.ci.tas.commons.expression;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.SafeName;
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

  private final TreeMap<String, String> values = new TreeMap<>();

  /** What is wrong, and what should have been there. */
  record Complaint(String problem, String expected) {}

  /** The attribute of a name in any case. */
  static Optional<ProductAttribute> attribute(String name) {
    return ProductAttribute.of(name.toLowerCase(Locale.ROOT));
  }

  static Complaint unknown(String name) {
    String problem = "\"" + SafeName.shown(name) + "\" is not a name of a product parameter";
    return new Complaint(
        problem,
        NearestName.of(name, NAMES)
            .orElse("one of the names in docs/expressions.md, such as rm-code or imei"));
  }

  /** Adds a clause unless there is something against it. */
  Optional<Complaint> add(ProductAttribute attribute, String value) {
    String name = attribute.text();
    if (value.isBlank()) {
      return Optional.of(new Complaint(name + " has no value", "a value behind the colon"));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(
          new Complaint(
              "the value of " + name + " contains a control character", "a value without it"));
    }
    Optional<Complaint> complaint =
        switch (attribute) {
          case ROLE -> oneOf(name, value, ROLES);
          case STATUS -> oneOf(name, value, STATUSES);
          default -> Optional.empty();
        };
    if (complaint.isPresent()) {
      return complaint;
    }
    String wanted = ProductDemand.lower(value);
    String former = values.putIfAbsent(name, wanted);
    if (former != null && !former.equals(wanted)) {
      return Optional.of(
          new Complaint(
              attribute.isSecret()
                  ? name + " is asked for with two different values"
                  : "%s is asked for as \"%s\" and as \"%s\""
                      .formatted(name, SafeName.shown(former), SafeName.shown(wanted)),
              "one value for each name"));
    }
    return Optional.empty();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  ProductDemand demand() {
    return new ProductDemand(values);
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
