package com.nokia.ci.tas.commons.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * An artifact of a test that is large enough to matter where it is already. A hint for whoever
 * chooses a node; nothing else rests on it.
 *
 * @param digest of its bytes
 * @param size in bytes, more than 0
 */
public record LargeArtifact(ContentDigest digest, long size) {
  /** So many of one test are told at most. */
  public static final int MOST = 32;

  /** From this size on a file is large. */
  public static final long SMALLEST = 1L << 20;

  /** Reads what {@link #text(List)} writes; what makes no sense in it is skipped. */
  public static List<LargeArtifact> parseAll(String text) {
    var all = new ArrayList<LargeArtifact>();
    for (String word : text.strip().split("[ \\t\\r\\n]+", MOST + 1)) {
      int slash = word.indexOf('/');
      if (slash > 0 && all.size() < MOST) {
        var size = size(word.substring(slash + 1));
        ContentDigest.parse(word.substring(0, slash))
            .filter(digest -> size.isPresent())
            .ifPresent(digest -> all.add(new LargeArtifact(digest, size.getAsLong())));
      }
    }
    return List.copyOf(all);
  }

  /** {@code DIGEST/SIZE} of each, with blanks between. */
  public static String text(List<LargeArtifact> all) {
    return all.stream()
        .map(artifact -> artifact.digest() + "/" + artifact.size())
        .collect(Collectors.joining(" "));
  }

  private static OptionalLong size(String digits) {
    return digits.matches("[1-9][0-9]{0,15}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }
}
