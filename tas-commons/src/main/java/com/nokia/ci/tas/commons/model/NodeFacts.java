package com.nokia.ci.tas.commons.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node tells of its machine and of itself for people to look at: operating system, memory,
 * disk, cache. No decision rests on it (docs/session.md, section 10).
 *
 * <p>Bounded, whoever says it: what does not fit is left out.
 *
 * @param values by name, in the order of names; a name that ends with {@code -bytes}, {@code
 *     -seconds} or {@code -percent} has a number in that unit
 */
public record NodeFacts(SortedMap<String, String> values) {
  /** Nothing is told. */
  public static final NodeFacts NONE = new NodeFacts(new TreeMap<>());

  private static final int MOST = 64;
  private static final int LONGEST_TEXT = 32_768;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  public NodeFacts {
    var kept = new TreeMap<String, String>();
    for (var fact : values.entrySet()) {
      if (kept.size() < MOST && NAME.matcher(fact.getKey()).matches()) {
        kept.put(fact.getKey(), SafeName.shown(fact.getValue().strip()));
      }
    }
    values = Collections.unmodifiableSortedMap(kept);
  }

  /** Facts from their names and values, in whatever order. */
  public static NodeFacts of(Map<String, String> values) {
    return new NodeFacts(new TreeMap<>(values));
  }

  /** Reads the value of the leaf {@code facts}; what makes no sense in it is skipped. */
  public static NodeFacts parse(String text) {
    var values = new TreeMap<String, String>();
    String bounded = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    for (String word : bounded.strip().split("[ \t\r\n]+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        decoded(word.substring(equals + 1))
            .ifPresent(value -> values.put(word.substring(0, equals), value));
      }
    }
    return new NodeFacts(values);
  }

  /**
   * The value of the leaf {@code facts}: {@code name=value}, percent-encoded, with blanks between.
   */
  public String text() {
    return values.entrySet().stream()
        .map(fact -> fact.getKey() + "=" + encoded(fact.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<String> decoded(String value) {
    try {
      return Optional.of(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }
}
