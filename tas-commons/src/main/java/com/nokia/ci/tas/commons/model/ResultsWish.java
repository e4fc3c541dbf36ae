package com.nokia.ci.tas.commons.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files of a workspace an issuer wants to have after a run (guide, "Results filename"), as
 * the text of {@code results-filename} says it: entries separated by {@code |}, a character that no
 * file name has, so that the guide's one file means what it always meant.
 *
 * <ul>
 *   <li>{@code results.zip}, {@code logs/run.log}: this file, which has to be there;
 *   <li>{@code *.xml}, {@code logs/**}: what there is; {@code *} and {@code ?} stand for characters
 *       of one name, <code>**</code> alone for any directories, or at the end for all below;
 *   <li>{@code >output.txt}: the whole output of the executor, under this name.
 * </ul>
 *
 * Nothing else is accepted: no entry names what is outside the workspace. Files arrive by their
 * base names.
 *
 * @param files paths of the files that have to be there
 * @param patterns of those that may be there
 * @param output name for the whole output; empty: it is not wanted
 */
public record ResultsWish(List<String> files, List<String> patterns, Optional<String> output) {
  /** How many entries there may be. */
  public static final int MOST_ENTRIES = 32;

  private static final int DEEPEST = 16;
  private static final String WHAT = "results file";
  private static final String ANY_DEPTH = "**";
  private static final String SEPARATOR = "|";
  private static final String OUTPUT = ">";

  public ResultsWish {
    files = List.copyOf(files);
    patterns = List.copyOf(patterns);
  }

  /** The text that asks for some entries and, under a name, for the whole output. */
  public static String text(List<String> entries, Optional<String> output) {
    return Stream.concat(entries.stream(), output.stream().map(name -> OUTPUT + name))
        .collect(Collectors.joining(SEPARATOR));
  }

  /** What is wrong with a text, if anything; an empty one asks for nothing. */
  public static Optional<String> complaint(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.contains(SEPARATOR)) {
      return complaintOf(stripped(text));
    }
    var entries = entries(text);
    if (entries.size() > MOST_ENTRIES) {
      return Optional.of(
          "the results files are " + entries.size() + "; name at most " + MOST_ENTRIES);
    }
    if (entries.stream().filter(ResultsWish::isOutput).count() > 1) {
      return Optional.of("the output is asked for under two names; choose one");
    }
    return entries.stream().flatMap(entry -> complaintOf(entry).stream()).findFirst();
  }

  /**
   * Reads a text without a {@link #complaint}.
   *
   * @throws IllegalArgumentException when there is one
   */
  public static ResultsWish of(String text) {
    complaint(text)
        .ifPresent(
            sentence -> {
              throw new IllegalArgumentException(sentence);
            });
    var files = new ArrayList<String>();
    var patterns = new ArrayList<String>();
    Optional<String> output = Optional.empty();
    for (String entry : text.isEmpty() ? List.<String>of() : entries(text)) {
      if (isOutput(entry)) {
        output = Optional.of(entry.substring(1).strip());
      } else {
        (isPattern(entry) ? patterns : files).add(entry);
      }
    }
    return new ResultsWish(files, patterns, output);
  }

  /** Whether nothing is wanted. */
  public boolean isEmpty() {
    return files.isEmpty() && patterns.isEmpty() && output.isEmpty();
  }

  /** Whether a file that need not be there is wanted all the same, by its path with slashes. */
  public boolean matches(String path) {
    var names = List.of(path.split("/", -1));
    return patterns.stream().anyMatch(pattern -> matches(segments(pattern), names));
  }

  /**
   * Whether a file may arrive under a name: one of a pattern by its own, or where two have the same
   * by its path with {@code _} for each slash.
   *
   * @param subId of the part of a test that sends it
   */
  public boolean mayArriveAs(String name, String subId) {
    return Stream.concat(files.stream().map(ResultsWish::baseName), output.stream())
            .anyMatch(it -> it.equals(name) || ofPart(it, subId).equals(name))
        || mayMatch(name)
        || mayMatch(withoutPart(name, subId));
  }

  /** The last name of a path. */
  public static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * How a file of a part of a test is called on its way: the name with the sub-id before its last
   * extension, or behind it where there is none: {@code results.zip} and {@code _2} give {@code
   * results_2.zip}.
   */
  public static String ofPart(String name, String subId) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name + subId : name.substring(0, dot) + subId + name.substring(dot);
  }

  private static String withoutPart(String name, String subId) {
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    return !subId.isEmpty() && stem.endsWith(subId)
        ? stem.substring(0, stem.length() - subId.length()) + name.substring(stem.length())
        : name;
  }

  private boolean mayMatch(String name) {
    return patterns.stream()
        .map(ResultsWish::baseName)
        .anyMatch(
            last ->
                last.equals(ANY_DEPTH)
                    || isMatch(letters(last), name)
                    || isMatch(letters("*_" + last), name));
  }

  private static List<String> entries(String text) {
    return Stream.of(text.split("\\|", -1)).map(ResultsWish::stripped).toList();
  }

  /** A single name is taken as it is: a blank at its end is a mistake that is told. */
  private static String stripped(String entry) {
    return isOutput(entry) ? entry.strip() : entry;
  }

  private static boolean isOutput(String entry) {
    return entry.strip().startsWith(OUTPUT);
  }

  private static boolean isPattern(String entry) {
    return entry.indexOf('*') >= 0 || entry.indexOf('?') >= 0;
  }

  private static Optional<String> complaintOf(String entry) {
    if (isOutput(entry)) {
      return SafeName.complaint("name for the output", entry.substring(1).strip());
    }
    if (entry.indexOf('/') < 0 && !isPattern(entry)) {
      return SafeName.complaint(WHAT, entry);
    }
    var segments = List.of(entry.split("/", -1));
    if (segments.size() > DEEPEST) {
      return Optional.of(
          WHAT + " \"" + SafeName.shown(entry) + "\" is deeper than " + DEEPEST + " directories");
    }
    return segments.stream()
        .filter(segment -> !segment.equals(ANY_DEPTH))
        .flatMap(segment -> complaintOfSegment(entry, segment).stream())
        .findFirst();
  }

  /** With characters in place of the wildcards a name has to be a safe one. */
  private static Optional<String> complaintOfSegment(String entry, String segment) {
    return SafeName.complaint(WHAT, segment.replace('*', 'x').replace('?', 'x'))
        .map(
            sentence ->
                entry.equals(segment)
                    ? sentence
                    : "results file \""
                        + SafeName.shown(entry)
                        + "\" is no path below the workspace: "
                        + sentence);
  }

  /** What ends with any directories means all files below them. */
  private static List<String> segments(String path) {
    String whole = path.endsWith(ANY_DEPTH) ? path + "/*" : path;
    return List.of(whole.split("/", -1));
  }

  private static boolean matches(List<String> pattern, List<String> names) {
    return isMatch(
        pattern, ANY_DEPTH::equals, names, (wanted, name) -> isMatch(letters(wanted), name));
  }

  private static boolean isMatch(List<String> pattern, String name) {
    return isMatch(pattern, "*"::equals, letters(name), (p, n) -> p.equals("?") || p.equals(n));
  }

  private static List<String> letters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  /** Goes back to the last star alone, so that no pattern takes long. */
  private static boolean isMatch(
      List<String> pattern,
      Predicate<String> isStar,
      List<String> given,
      BiPredicate<String, String> fits) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < given.size()) {
      if (p < pattern.size() && isStar.test(pattern.get(p))) {
        star = p++;
        resume = n;
      } else if (p < pattern.size() && fits.test(pattern.get(p), given.get(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    return pattern.subList(p, pattern.size()).stream().allMatch(isStar);
  }
}
