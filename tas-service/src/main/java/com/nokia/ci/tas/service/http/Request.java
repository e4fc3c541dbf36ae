package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.transport.Peer;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a browser or a program asks for.
 *
 * @param method as in the request line
 * @param target path and query as in the request line, or a whole address
 * @param headers the last of each name, names in lower case
 * @param body as text
 * @param peer where it comes from
 * @param visitor who stands behind it, as far as that was found out
 */
record Request(
    String method,
    String target,
    Map<String, String> headers,
    String body,
    Peer peer,
    Visitor visitor) {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int MOST_FIELDS = 32;

  Request {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(visitor, "visitor");
    headers = Map.copyOf(headers);
  }

  Request by(Visitor known) {
    return new Request(method, target, headers, body, peer, known);
  }

  /** Whether it only reads. */
  boolean isReading() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Path without query, still encoded. */
  String path() {
    String path = target;
    int scheme = path.indexOf("://");
    if (!path.startsWith("/") && scheme > 0) {
      int slash = path.indexOf('/', scheme + 3);
      path = slash < 0 ? "/" : path.substring(slash);
    }
    for (char end : new char[] {'?', '#'}) {
      int place = path.indexOf(end);
      path = place < 0 ? path : path.substring(0, place);
    }
    return path;
  }

  /** Whether a program asks, which wants JSON and no page. */
  boolean isForPrograms() {
    return path().startsWith("/api/");
  }

  /** Whether a browser asks for something that a person looks at. */
  boolean isForPeople() {
    return !isForPrograms() && header("accept").filter(it -> it.contains("text/html")).isPresent();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Optional<String> cookie(String name) {
    return header("cookie").stream()
        .flatMap(text -> ServerCookieDecoder.STRICT.decode(text).stream())
        .filter(cookie -> cookie.name().equals(name))
        .map(Cookie::value)
        .findFirst();
  }

  /** A value behind the question mark. */
  Optional<String> query(String name) {
    int mark = target.indexOf('?');
    return mark < 0 ? Optional.empty() : value(target.substring(mark + 1), name);
  }

  /** A field of a form that was sent; empty for any other body. */
  Optional<String> field(String name) {
    boolean isForm =
        header("content-type")
            .map(type -> type.toLowerCase(Locale.ROOT))
            .filter(type -> type.equals(FORM) || type.startsWith(FORM + ";"))
            .isPresent();
    return isForm ? value(body, name) : Optional.empty();
  }

  private static Optional<String> value(String encoded, String name) {
    try {
      var all =
          new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, MOST_FIELDS).parameters();
      return Optional.ofNullable(all.get(name)).map(values -> values.get(values.size() - 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What was asked for, and nothing that was sent with it: passwords and tokens are there. */
  @Override
  public String toString() {
    return method + " " + path();
  }
}
