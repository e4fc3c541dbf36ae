package com.nokia.ci.tas.commons.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of these programs as they tell it: {@code 0.1.0}, with or without more behind a dash.
 *
 * @param major changes when peers of before are no longer understood
 * @param minor changes with what is added
 * @param patch changes with what is repaired
 */
public record ProgramVersion(int major, int minor, int patch)
    implements Comparable<ProgramVersion> {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})(?:[-+].*)?");
  private static final Comparator<ProgramVersion> ORDER =
      Comparator.comparingInt(ProgramVersion::major)
          .thenComparingInt(ProgramVersion::minor)
          .thenComparingInt(ProgramVersion::patch);

  /**
   * Reads what a peer tells.
   *
   * @return empty when it is no version of these programs, such as {@code aol.7} of the earlier
   *     ones, or what a program in another language calls itself
   */
  public static Optional<ProgramVersion> parse(String text) {
    var parts = FORM.matcher(text.strip());
    return parts.matches()
        ? Optional.of(
            new ProgramVersion(
                number(parts.group(1)), number(parts.group(2)), number(parts.group(3))))
        : Optional.empty();
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  @Override
  public int compareTo(ProgramVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
