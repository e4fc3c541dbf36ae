package com.nokia.ci.tas.commons.model;

import java.util.Comparator;
import java.util.Objects;

/**
 * A clause of a demand that asks for more or less than a number, such as {@code battery>=30} (an
 * extension of the guide's required products expression). A value that is no number never does.
 *
 * @param name of the attribute
 * @param bound what its value is compared with
 */
public record Comparison(String name, Relation relation, DottedNumber bound)
    implements Comparable<Comparison> {
  private static final Comparator<Comparison> ORDER =
      Comparator.comparing(Comparison::name)
          .thenComparing(Comparison::relation)
          .thenComparing(Comparison::bound);

  /** How a value stands to the bound. */
  public enum Relation {
    AT_LEAST(">="),
    ABOVE(">"),
    AT_MOST("<="),
    BELOW("<");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /** As it stands between name and bound. */
    public String sign() {
      return sign;
    }

    private boolean isUpwards() {
      return this == AT_LEAST || this == ABOVE;
    }

    private boolean holds(int order) {
      return switch (this) {
        case AT_LEAST -> order >= 0;
        case ABOVE -> order > 0;
        case AT_MOST -> order <= 0;
        case BELOW -> order < 0;
      };
    }
  }

  public Comparison {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(relation, "relation");
    Objects.requireNonNull(bound, "bound");
  }

  /** Whether a value is a number and on the right side of the bound. */
  public boolean isMetBy(String value) {
    return DottedNumber.of(value)
        .filter(number -> relation.holds(number.compareTo(bound)))
        .isPresent();
  }

  /** Orders values that do not meet this, those that come nearest last; what is no number first. */
  public Comparator<String> nearest() {
    Comparator<DottedNumber> order =
        relation.isUpwards() ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return Comparator.comparing(
        value -> DottedNumber.of(value).orElse(null), Comparator.nullsFirst(order));
  }

  /** The bound as it is asked for: {@code >=30}. */
  public String wanted() {
    return relation.sign() + bound;
  }

  @Override
  public int compareTo(Comparison other) {
    return ORDER.compare(this, other);
  }

  /** As in an expression, without the semicolon. */
  @Override
  public String toString() {
    return name + wanted();
  }
}
