package com.nokia.ci.tas.commons.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how a node reaches the issuer of a test without the service in between
 * (docs/session.md, section 7).
 *
 * @param address where the issuer listens; dialable
 * @param ticket what the node shows there; printable characters without blanks; a secret
 * @param certificate SHA-256 of the certificate that the issuer has, 64 lower-case hexadecimal
 *     digits; empty: without TLS
 */
public record DirectAccess(Endpoint address, String ticket, Optional<String> certificate) {
  private static final Pattern BLANKS = Pattern.compile(" +");
  private static final Pattern TICKET = Pattern.compile("[\\x21-\\x7E]{1,1024}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public DirectAccess {
    Objects.requireNonNull(address, "address");
    if (!address.isDialable()
        || address.host().indexOf(' ') >= 0
        || !TICKET.matcher(ticket).matches()
        || !certificate.map(it -> DIGEST.matcher(it).matches()).orElse(true)) {
      throw new IllegalArgumentException("no address that can be dialled, no ticket or no digest");
    }
  }

  /**
   * Reads the value of the leaf {@code direct}.
   *
   * @return empty when the text is not {@code HOST:PORT TICKET} with or without a digest behind it
   */
  public static Optional<DirectAccess> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] words = BLANKS.split(text.strip(), -1);
    if (words.length < 2 || words.length > 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DirectAccess(
              Endpoint.parse(words[0]),
              words[1],
              words.length == 3 ? Optional.of(words[2]) : Optional.empty()));
    } catch (IllegalArgumentException notOfThatForm) {
      return Optional.empty();
    }
  }

  /** The value of the leaf {@code direct}, ticket included. */
  public String text() {
    return address + " " + ticket + certificate.map(digest -> " " + digest).orElse("");
  }

  @Override
  public String toString() {
    return "DirectAccess[address=" + address + ", certificate=" + certificate.orElse("none") + "]";
  }
}
