package com.nokia.ci.tas.commons.message;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a text among those of its run, so that one that comes twice, by different ways, is
 * shown once (docs/session.md, section 7). A later attempt comes behind an earlier one.
 *
 * @param attempt number of the run; 0: the node was not told
 * @param number counts the texts of the run, from 1
 */
public record TextNumber(int attempt, long number) implements Comparable<TextNumber> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})/([0-9]{1,18})");
  private static final Comparator<TextNumber> ORDER =
      Comparator.comparingInt(TextNumber::attempt).thenComparingLong(TextNumber::number);

  public TextNumber {
    if (attempt < 0 || number < 1) {
      throw new IllegalArgumentException(attempt + "/" + number + " is no number of a text");
    }
  }

  /**
   * Reads the value of the leaf {@code text-number}.
   *
   * @return empty when the text is not {@code ATTEMPT/NUMBER}
   */
  public static Optional<TextNumber> parse(String text) {
    return Optional.of(FORM.matcher(text.strip()))
        .filter(Matcher::matches)
        .filter(form -> Long.parseLong(form.group(2)) > 0)
        .map(
            form -> new TextNumber(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2))));
  }

  /** The value of the leaf {@code text-number}. */
  public String text() {
    return attempt + "/" + number;
  }

  @Override
  public int compareTo(TextNumber other) {
    return ORDER.compare(this, other);
  }
}
