package com.nokia.ci.tas.service.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the page for an address. Pages are read with GET or HEAD and nothing else; none changes
 * anything.
 *
 * <p>Built once, then used by any number of threads.
 */
final class Router {
  private final List<Route> routes = new ArrayList<>();
  private final List<Fallback> fallbacks = new ArrayList<>();

  /** Something to read; called on a thread for pages, may take its time. */
  @FunctionalInterface
  interface Page {
    /**
     * The answer.
     *
     * @param variable what stood in the place of {@code {}} in the pattern, decoded; else empty
     */
    Answer answer(String variable);
  }

  /** Addresses that are no pattern of segments. */
  @FunctionalInterface
  interface Fallback {
    /** Empty when the path is not of this kind. */
    Optional<Answer> answer(String path);
  }

  private record Route(List<String> pattern, Page page) {}

  /**
   * Adds a page.
   *
   * @param pattern {@code /api/v1/tests/{}}: segments, one of them may be a variable
   */
  Router page(String pattern, Page page) {
    routes.add(new Route(segments(pattern), page));
    return this;
  }

  /** Adds addresses that are looked at when no pattern fits. */
  Router otherwise(Fallback fallback) {
    fallbacks.add(fallback);
    return this;
  }

  /**
   * Answers a request.
   *
   * @param method as in the request line
   * @param target path and query as in the request line, or a whole address
   */
  Answer answer(String method, String target) {
    String path = path(target);
    List<String> asked;
    try {
      asked = segments(path).stream().map(Router::decoded).toList();
    } catch (IllegalArgumentException e) {
      return Answer.sentence(400, "The address has a % that is followed by no number.");
    }
    for (var route : routes) {
      if (fits(route.pattern(), asked)) {
        return readable(method) ? route.page().answer(variable(route, asked)) : notAllowed(method);
      }
    }
    for (var fallback : fallbacks) {
      Optional<Answer> answer = fallback.answer("/" + String.join("/", asked));
      if (answer.isPresent()) {
        return readable(method) ? answer.get() : notAllowed(method);
      }
    }
    return Answer.sentence(404, "There is no such page on this service.");
  }

  private static boolean readable(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static Answer notAllowed(String method) {
    return Answer.sentence(405, method + " is not understood here; pages are read with GET.")
        .with("allow", "GET, HEAD");
  }

  private static boolean fits(List<String> pattern, List<String> asked) {
    if (pattern.size() != asked.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      if (!pattern.get(i).equals("{}") && !pattern.get(i).equals(asked.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String variable(Route route, List<String> asked) {
    int place = route.pattern().indexOf("{}");
    return place < 0 ? "" : asked.get(place);
  }

  private static String path(String target) {
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

  /** {@code /a/b} is a and b; {@code /} and {@code /a/} have an empty last segment. */
  private static List<String> segments(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    return List.of(inner.split("/", -1));
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
