package com.nokia.ci.tas.commons.model;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The values of a run that its executor and its issuer may know and nobody else may read: PIN, PUK
 * and security codes of its products, and secret parameters. Whatever a run says for others to see
 * (output, reasons, logs) goes through here, and {@value #MASK} stands where a value stood.
 *
 * <p>Values shorter than {@value #SHORTEST} characters are not looked for: masking each {@code 12}
 * would tell more than it hides. Of a value of several lines each line is looked for by itself. A
 * value that the executor changes before it prints it, as by an encoding or a line break, is not
 * recognised.
 *
 * <p>Immutable.
 */
public final class SealedValues {
  /** What stands in the place of a value. */
  public static final String MASK = "***";

  /** A shorter value is not looked for. */
  public static final int SHORTEST = 4;

  /** No values: every text stays as it is. */
  public static final SealedValues NONE = new SealedValues(Set.of());

  private final Set<String> values;
  private final Needles needles;

  private SealedValues(Set<String> values) {
    this.values = values;
    this.needles = new Needles(values);
  }

  /** The values of a run: those of its reserved products and of its secret parameters. */
  public static SealedValues of(TestDescription run) {
    var values = new LinkedHashSet<String>();
    for (var product : run.progress().reservedProducts()) {
      product
          .values()
          .forEach(
              (name, value) -> {
                if (ProductAttribute.isSecret(name)) {
                  values.add(value);
                }
              });
    }
    var parameters = run.execution().parameters();
    for (String name : run.execution().secretParameters()) {
      values.add(parameters.getOrDefault(name, ""));
    }
    return of(values);
  }

  /** These values. */
  public static SealedValues of(Collection<String> values) {
    var lines = new LinkedHashSet<String>();
    for (String value : values) {
      value
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST)
          .forEach(lines::add);
    }
    return lines.isEmpty() ? NONE : new SealedValues(lines);
  }

  /** The same in a stream of UTF-8 whose bytes are taken for characters, one by one. */
  public SealedValues inBytes() {
    var bytes = new LinkedHashSet<String>();
    for (String value : values) {
      bytes.add(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
    return new SealedValues(bytes);
  }

  /** Whether there is nothing to hide. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** A text as it may be shown. */
  public String mask(String text) {
    if (isEmpty()) {
      return text;
    }
    var shown = new StringBuilder(text.length());
    var sealing = new Sealing(needles, c -> shown.append((char) c));
    for (int i = 0; i < text.length(); i++) {
      sealing.take(text.charAt(i));
    }
    sealing.end();
    return shown.toString();
  }

  /**
   * Masks a text that comes in pieces, however values are cut between them.
   *
   * @param shown takes the characters that may be shown, on the thread of {@link Sealing#take}
   */
  public Sealing sealing(IntConsumer shown) {
    return new Sealing(needles, shown);
  }

  /** How many values there are; never the values. */
  @Override
  public String toString() {
    return values.size() + " sealed values";
  }
}
