package com.nokia.ci.tas.commons.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * An artifact of a test that is large enough to matter where it is already: a hint for whoever
 * chooses a node, and what a node may take from elsewhere than the issuer.
 *
 * @param digest of its bytes
 * @param size in bytes, more than 0
 * @param name among the artifacts of the test; unchecked; empty: not said
 */
public record LargeArtifact(ContentDigest digest, long size, String name) {
  /** So many of one test are told at most. */
  public static final int MOST = 32;

  /** From this size on a file is large. */
  public static final long SMALLEST = 1L << 20;

  private static final int LONGEST_NAME = 1_024;

  public LargeArtifact {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(name, "name");
  }

  /** One whose name nobody has said. */
  public LargeArtifact(ContentDigest digest, long size) {
    this(digest, size, "");
  }

  /** Reads what {@link #text(List)} writes; what makes no sense in it is skipped. */
  public static List<LargeArtifact> parseAll(String text) {
    if (text.isEmpty()) {
      return List.of(); // most tests have none: to split is to compile an expression
    }
    var all = new ArrayList<LargeArtifact>();
    for (String word : text.strip().split("[ \\t\\r\\n]+", MOST + 1)) {
      if (all.size() < MOST) {
        parse(word).ifPresent(all::add);
      }
    }
    return List.copyOf(all);
  }

  private static Optional<LargeArtifact> parse(String word) {
    String[] parts = word.split("/", 3);
    if (parts.length < 2) {
      return Optional.empty();
    }
    var size = size(parts[1]);
    var name = parts.length == 3 ? decoded(parts[2]) : Optional.of("");
    return ContentDigest.parse(parts[0])
        .filter(digest -> size.isPresent())
        .flatMap(digest -> name.map(it -> new LargeArtifact(digest, size.getAsLong(), it)));
  }

  /**
   * {@code DIGEST/SIZE} or {@code DIGEST/SIZE/NAME} of each, the name percent-encoded, with blanks
   * between.
   */
  public static String text(List<LargeArtifact> all) {
    return all.stream().map(LargeArtifact::text).collect(Collectors.joining(" "));
  }

  private String text() {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return digest + "/" + size + (name.isEmpty() ? "" : "/" + encoded);
  }

  private static Optional<String> decoded(String name) {
    try {
      return name.length() > LONGEST_NAME
          ? Optional.empty()
          : Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  private static OptionalLong size(String digits) {
    return digits.matches("[1-9][0-9]{0,15}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }
}
