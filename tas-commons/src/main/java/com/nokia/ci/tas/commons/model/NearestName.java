package com.nokia.ci.tas.commons.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody who mistyped one most likely meant, for the remedy in an error
 * sentence.
 *
 * <p>Costs a bounded number of steps for each known name, however long the unknown one is.
 */
public final class NearestName {
  private static final int LONGEST = 64;

  private NearestName() {}

  /**
   * The known name nearest to an unknown one; empty when none is near enough to be what was meant.
   * Case does not count. Among equally near names the first of {@code known} is chosen.
   */
  public static Optional<String> of(String unknown, Collection<String> known) {
    if (unknown.isEmpty() || unknown.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = unknown.toLowerCase(Locale.ROOT);
    String nearest = "";
    int smallest = Math.max(1, wanted.length() / 3) + 1;
    for (var name : known) {
      int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
      if (distance < smallest) {
        smallest = distance;
        nearest = name;
      }
    }
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  /** The known name of which an unknown one is a slip of the keys: one step away from it. */
  public static Optional<String> slipOf(String unknown, Collection<String> known) {
    if (unknown.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> Math.abs(name.length() - unknown.length()) <= 1)
        .filter(name -> distance(unknown, name) == 1)
        .findFirst();
  }

  /** The end of a sentence about an unknown name: {@code ; did you mean rm-code?} or nothing. */
  public static String suggestion(String unknown, Collection<String> known) {
    return of(unknown, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Steps from one word to the other: inserting, deleting, replacing, swapping two neighbours. */
  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(last[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = current;
      current = free;
    }
    return last[to.length()];
  }
}
