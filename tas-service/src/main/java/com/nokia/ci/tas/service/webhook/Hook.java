package com.nokia.ci.tas.service.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom to tell of tests.
 *
 * @param id unique on the service; letters, digits, {@code -} and {@code _}
 * @param project whose tests; empty: everybody's
 * @param secret by which what is sent is signed; at least {@value #SHORTEST_SECRET} characters
 * @param address {@code http} or {@code https}; may hold a secret itself
 */
public record Hook(String id, Optional<String> project, String secret, URI address) {
  /** Fewer characters could be guessed. */
  public static final int SHORTEST_SECRET = 16;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,60}");
  private static final int LONGEST_SECRET = 1_000;
  private static final int LAST_PORT = 65_535;
  private static final int WORDS = 4;

  /**
   * Checks.
   *
   * @throws IllegalArgumentException with a sentence for a person that repeats no secret
   */
  public Hook {
    Objects.requireNonNull(project, "project");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id has to have 1 to 60 characters: letters, digits, - and _ alone");
    }
    if (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET) {
      throw new IllegalArgumentException(
          "the secret of %s has to have %d to %d characters"
              .formatted(id, SHORTEST_SECRET, LONGEST_SECRET));
    }
    String scheme = Objects.requireNonNullElse(address.getScheme(), "");
    boolean isWeb = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    boolean isWhole =
        address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getPort() <= LAST_PORT;
    if (!isWeb || !isWhole) {
      throw new IllegalArgumentException(
          "the address of "
              + id
              + " has to begin with http:// or https:// and host or host:port, without a user");
    }
  }

  /**
   * A hook of a line: id, project or {@code -}, secret and address, with blanks between them.
   *
   * @throws IllegalArgumentException with a sentence for a person that repeats no secret
   */
  static Hook parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != WORDS) {
      throw new IllegalArgumentException(
          "write id, project or -, secret and address, with blanks between them");
    }
    try {
      var project = words[1].equals("-") ? Optional.<String>empty() : Optional.of(words[1]);
      return new Hook(words[0], project, words[2], new URI(words[3]));
    } catch (URISyntaxException e) {
      // Without its cause, whose message has the address and what is secret in it.
      throw new IllegalArgumentException("the last word is no address that a program can use");
    }
  }

  /** Without secrets: neither the secret nor the path is told. */
  @Override
  public String toString() {
    return id + " to " + address.getScheme() + "://" + address.getHost();
  }
}
