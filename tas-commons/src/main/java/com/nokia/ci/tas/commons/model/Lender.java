package com.nokia.ci.tas.commons.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A node that has an artifact of a run, and what the node of the run shows to get it from there
 * (docs/session.md, section 7). Named by the service alone.
 *
 * @param digest of the bytes that it has
 * @param node its address, as the service knows it; dialable, without blanks
 * @param ticket good for this content, this node, the run and the node of the run, for a short
 *     while; printable characters without blanks and slashes; a secret
 */
public record Lender(ContentDigest digest, Endpoint node, String ticket) {
  /** So many are named of one artifact at most. */
  public static final int MOST_OF_ONE = 3;

  private static final int MOST = LargeArtifact.MOST * MOST_OF_ONE;
  private static final Pattern TICKET = Pattern.compile("[\\x21-\\x2E\\x30-\\x7E]{1,256}");

  public Lender {
    Objects.requireNonNull(digest, "digest");
    if (!isAddress(node) || !TICKET.matcher(ticket).matches()) {
      throw new IllegalArgumentException("no address that can be dialled, or no ticket");
    }
  }

  /** Whether a node of this address can be named. */
  public static boolean isAddress(Endpoint node) {
    return node.isDialable() && node.host().chars().noneMatch(Character::isWhitespace);
  }

  /** Reads what {@link #text(List)} writes; what makes no sense in it is skipped. */
  public static List<Lender> parseAll(String text) {
    if (text.isEmpty()) {
      return List.of(); // most tests have none: to split is to compile an expression
    }
    var all = new ArrayList<Lender>();
    for (String word : text.strip().split("[ \\t\\r\\n]+", MOST + 1)) {
      if (all.size() < MOST) {
        parse(word).ifPresent(all::add);
      }
    }
    return List.copyOf(all);
  }

  private static Optional<Lender> parse(String word) {
    String[] parts = word.split("/", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Lender(new ContentDigest(parts[0]), Endpoint.parse(parts[2]), parts[1]));
    } catch (IllegalArgumentException notOfThatForm) {
      return Optional.empty();
    }
  }

  /** {@code DIGEST/TICKET/HOST:PORT} of each, with blanks between. */
  public static String text(List<Lender> all) {
    return all.stream()
        .map(lender -> lender.digest() + "/" + lender.ticket() + "/" + lender.node())
        .collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "Lender[digest=" + digest + ", node=" + node + "]";
  }
}
