package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.http.api.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the page or the action for an address. Pages are read with GET or HEAD, and reading changes
 * nothing; actions are done with POST.
 *
 * <p>Built once, then used by any number of threads.
 */
final class Router implements Answering {
  private static final String POST = "POST";

  private final List<Route> routes = new ArrayList<>();
  private final List<Fallback> fallbacks = new ArrayList<>();

  /** Something to read that is the same for everybody. */
  @FunctionalInterface
  interface Page {
    /**
     * The answer.
     *
     * @param variable what stood in the place of {@code {}} in the pattern, decoded; else empty
     */
    Answer answer(String variable);
  }

  /** Something to read that depends on who asks, or how. */
  @FunctionalInterface
  interface PersonalPage {
    /** The answer; see {@link Page}. */
    Answer answer(Request request, String variable);
  }

  /** Something to be done. */
  @FunctionalInterface
  interface Action {
    /** Does it and says what came of it; see {@link Page}. */
    CompletableFuture<Answer> perform(Request request, String variable);
  }

  /** Addresses that are no pattern of segments. */
  @FunctionalInterface
  interface Fallback {
    /** Empty when the path is not of this kind. */
    Optional<Answer> answer(String path);
  }

  private record Route(List<String> pattern, Optional<Action> page, Optional<Action> action) {
    private String methods() {
      return page.isEmpty() ? POST : action.isEmpty() ? "GET, HEAD" : "GET, HEAD, " + POST;
    }
  }

  /**
   * Adds a page.
   *
   * @param pattern {@code /api/v1/tests/{}}: segments, one of them may be a variable
   */
  Router page(String pattern, Page page) {
    return page(pattern, (request, variable) -> page.answer(variable));
  }

  /** Adds a page that depends on who asks. */
  Router page(String pattern, PersonalPage page) {
    return latePage(pattern, (request, variable) -> now(page.answer(request, variable)));
  }

  /** Adds a page that is made elsewhere and may take its time. */
  Router latePage(String pattern, Action page) {
    return add(pattern, Optional.of(page), Optional.empty());
  }

  /** Adds an action; its address may be that of a page as well. */
  Router action(String pattern, Action action) {
    return add(pattern, Optional.empty(), Optional.of(action));
  }

  /** Adds an operation of the interface for programs, where it belongs. */
  Router serve(Operation operation, PersonalPage page) {
    return operation.isReading()
        ? page(operation.pattern(), page)
        : action(operation.pattern(), (request, variable) -> now(page.answer(request, variable)));
  }

  /** Every address that is read or acted on, as {@code GET /a/{}} and {@code POST /a/{}}. */
  List<String> addresses() {
    var all = new ArrayList<String>();
    for (var route : routes) {
      String path = " /" + String.join("/", route.pattern());
      route.page().ifPresent(page -> all.add("GET" + path));
      route.action().ifPresent(action -> all.add(POST + path));
    }
    return all;
  }

  private Router add(String pattern, Optional<Action> page, Optional<Action> action) {
    var added = new Route(segments(pattern), page, action);
    for (int i = 0; i < routes.size(); i++) {
      var known = routes.get(i);
      if (known.pattern().equals(added.pattern())) {
        routes.set(i, new Route(known.pattern(), page.or(known::page), action.or(known::action)));
        return this;
      }
    }
    routes.add(added);
    return this;
  }

  /** Adds addresses that are looked at when no pattern fits. */
  Router otherwise(Fallback fallback) {
    fallbacks.add(fallback);
    return this;
  }

  /** Whether this is a request to do something that there is to do. */
  boolean isAction(Request request) {
    return request.method().equals(POST)
        && asked(request)
            .flatMap(this::route)
            .filter(route -> route.action().isPresent())
            .isPresent();
  }

  @Override
  public CompletableFuture<Answer> answer(Request request) {
    var asked = asked(request);
    if (asked.isEmpty()) {
      return now(Answer.sentence(400, "The address has a % that is followed by no number."));
    }
    var found = route(asked.get());
    if (found.isEmpty()) {
      return now(fallback(request, asked.get()));
    }
    var route = found.get();
    String variable = variable(route, asked.get());
    if (request.isReading() && route.page().isPresent()) {
      return route.page().get().perform(request, variable);
    }
    if (request.method().equals(POST) && route.action().isPresent()) {
      return route.action().get().perform(request, variable);
    }
    return now(notAllowed(request.method(), route.methods()));
  }

  private Answer fallback(Request request, List<String> asked) {
    for (var fallback : fallbacks) {
      Optional<Answer> answer = fallback.answer("/" + String.join("/", asked));
      if (answer.isPresent()) {
        return request.isReading() ? answer.get() : notAllowed(request.method(), "GET, HEAD");
      }
    }
    return Answer.sentence(404, "There is no such page on this service.");
  }

  private Optional<Route> route(List<String> asked) {
    return routes.stream().filter(route -> fits(route.pattern(), asked)).findFirst();
  }

  private static CompletableFuture<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static Answer notAllowed(String method, String methods) {
    return Answer.sentence(
            405,
            methods.equals(POST)
                ? method + " is not understood here; this is done with POST."
                : method + " is not understood here; pages are read with GET.")
        .with("allow", methods);
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

  /** The decoded segments; empty when they cannot be. */
  private static Optional<List<String>> asked(Request request) {
    try {
      return Optional.of(segments(request.path()).stream().map(Router::decoded).toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
