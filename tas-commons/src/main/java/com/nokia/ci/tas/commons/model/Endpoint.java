package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * Where a peer says it can be dialled: the {@code sender} and {@code receiver} of a message (guide,
 * "Message").
 *
 * <p>Two endpoints are the same peer when both parts are equal; a name and an address of one
 * machine are different endpoints, as they are for peers in the field.
 *
 * @param host a name or an address, empty when the peer gave none
 * @param port 0 to 65535, 0 when the peer gave none
 */
public record Endpoint(String host, int port) implements Comparable<Endpoint> {

  /** What stands for an address that a message leaves out. */
  public static final Endpoint UNKNOWN = new Endpoint("", 0);

  public Endpoint {
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /**
   * Reads {@code host:port}; an IPv6 address stands in square brackets.
   *
   * @throws IllegalArgumentException with a sentence for the user when the text is not of that form
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not an address of the form host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no name or address before its colon; write host:port");
    }
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no number after its colon; write host:port", e);
    }
    return new Endpoint(host, port);
  }

  /** Whether a connection to this endpoint can be tried at all. */
  public boolean isDialable() {
    return !host.isBlank() && port > 0;
  }

  @Override
  public int compareTo(Endpoint other) {
    int order = host.compareTo(other.host);
    return order != 0 ? order : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
