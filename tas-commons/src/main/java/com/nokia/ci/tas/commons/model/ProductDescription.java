package com.nokia.ci.tas.commons.model;

import static com.nokia.ci.tas.commons.model.ProductAttribute.IMEI;
import static com.nokia.ci.tas.commons.model.ProductAttribute.RM_CODE;
import static com.nokia.ci.tas.commons.model.ProductAttribute.ROLE;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS;
import static com.nokia.ci.tas.commons.model.ProductAttribute.STATUS_DETAILS;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is known of a product, or asked of one, as attribute names and values (guide, "Product").
 *
 * <p>An attribute that is absent and one that is empty are the same. Names that are not among
 * {@link ProductAttribute} are allowed: a farm may describe its products further. Times are
 * milliseconds since the Unix epoch and durations milliseconds, both as decimal text, as on the
 * wire.
 *
 * @param values attribute name to value that is not empty, ordered by name; secrets included
 */
public record ProductDescription(SortedMap<String, String> values) {

  /** A description that says nothing. */
  public static final ProductDescription EMPTY = new ProductDescription(new Own(Map.of()));

  public ProductDescription {
    var kept = values instanceof Own own ? own : new Own(values);
    kept.values().removeIf(String::isEmpty);
    values = Collections.unmodifiableSortedMap(kept);
  }

  /** A map of our own, which nobody else has: it need not be copied once more. */
  private static final class Own extends TreeMap<String, String> {
    private static final long serialVersionUID = 1;

    private Own(SortedMap<String, String> values) {
      super(values);
    }

    private Own(Map<String, String> values) {
      super(values);
    }
  }

  /** A description of the given attributes. */
  public static ProductDescription of(Map<String, String> values) {
    return new ProductDescription(new Own(values));
  }

  /** The value of an attribute, empty when it has none. */
  public String value(ProductAttribute attribute) {
    return value(attribute.text());
  }

  /** The value of an attribute by its name in expressions, empty when it has none. */
  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** The same with one attribute replaced; an empty value removes it. */
  public ProductDescription with(ProductAttribute attribute, String value) {
    return with(Map.of(attribute.text(), value));
  }

  /** The same with several attributes replaced; empty values remove theirs. */
  public ProductDescription with(Map<String, String> replaced) {
    return changed(all -> all.putAll(replaced));
  }

  /**
   * The same with attributes replaced.
   *
   * @param change puts them; empty values remove theirs
   */
  public ProductDescription changed(Consumer<Map<String, String>> change) {
    var changed = new Own(values);
    change.accept(changed);
    return new ProductDescription(changed);
  }

  public ProductId id() {
    return new ProductId(value(IMEI));
  }

  public String rmCode() {
    return value(RM_CODE);
  }

  /** The role; main when none is given or the word is not known. */
  public Role role() {
    return Role.of(value(ROLE)).orElse(Role.MAIN);
  }

  /** The status; free when none is given or the word is not known. */
  public ProductStatus status() {
    return ProductStatus.of(value(STATUS)).orElse(ProductStatus.FREE);
  }

  public String statusDetails() {
    return value(STATUS_DETAILS);
  }

  /** A time attribute; the epoch when absent, negative or no number. */
  public Instant time(ProductAttribute attribute) {
    return Instant.ofEpochMilli(number(attribute));
  }

  /** A duration attribute; zero when absent, negative or no number. */
  public Duration duration(ProductAttribute attribute) {
    return Duration.ofMillis(number(attribute));
  }

  /** The same without PIN, PUK and security codes: what pages, JSON, logs and history may show. */
  public ProductDescription withoutSecrets() {
    var open = new Own(values);
    open.keySet().removeIf(ProductAttribute::isSecret);
    return new ProductDescription(open);
  }

  private long number(ProductAttribute attribute) {
    String text = value(attribute).strip();
    if (text.isEmpty()) {
      return 0; // most products say nothing here, and an exception takes time
    }
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** All values but the secrets. */
  @Override
  public String toString() {
    return withoutSecrets().values.toString();
  }
}
