package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.service.access.Credentials;
import com.nokia.ci.tas.service.http.login.BrowserSession;
import com.nokia.ci.tas.service.http.login.RandomText;
import com.nokia.ci.tas.service.http.view.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out who asks, before anything is answered, and lets pass what that visitor may ask: reading
 * takes the right to see something, and doing takes a person or a token that the farm knows and,
 * from a browser, proof that one of our own pages had it done.
 */
final class Doorkeeper implements Answering {
  static final String FORM_TOKEN = "form-token";

  private static final String FORM_TOKEN_HEADER = "x-form-token";
  private static final String BEARER = "bearer ";

  /** What a page needs that asks for a log-in, and what a health check asks. */
  private static final Set<String> OPEN =
      Set.of(
          LogInDesk.ADDRESS,
          "/style.css",
          "/refresh.js",
          "/log.js",
          "/icon.svg",
          "/favicon.ico",
          "/healthz");

  private final Router router;
  private final People people;
  private final FarmSource source;
  private final Pages pages;

  Doorkeeper(Router router, People people, FarmSource source, Pages pages) {
    this.router = router;
    this.people = people;
    this.source = source;
    this.pages = pages;
  }

  @Override
  public CompletableFuture<Answer> answer(Request request) {
    var answer = decided(request);
    return request.isForPrograms() ? answer.thenApply(Answer::forPrograms) : answer;
  }

  private CompletableFuture<Answer> decided(Request request) {
    Optional<String> authorization = request.header("authorization");
    if (authorization.isPresent()) {
      return byToken(request, authorization.get());
    }
    Request known = request.by(atBrowser(request));
    return router.isAction(known) ? act(known) : read(known);
  }

  private CompletableFuture<Answer> read(Request request) {
    boolean isOpen = !request.isReading() || OPEN.contains(request.path());
    if (isOpen || request.visitor().maySeeSomething()) {
      return router.answer(request).thenApply(answer -> readable(request, answer));
    }
    if (request.isForPrograms() || request.visitor().isKnown()) {
      return now(refusal(request, 401, "log in, or show a token: Authorization: Bearer TOKEN"));
    }
    return now(
        Answer.seeOther(
                LogInDesk.ADDRESS
                    + "?next="
                    + URLEncoder.encode(request.path(), StandardCharsets.UTF_8))
            .with(302));
  }

  /** A person who is told no gets a page that leads on. */
  private Answer readable(Request request, Answer answer) {
    var refusal = request.isForPeople() ? answer.refusal() : Optional.<String>empty();
    if (refusal.isEmpty()) {
      return answer;
    }
    String title =
        switch (answer.status()) {
          case 404 -> "Not here";
          case 503 -> "Try again";
          default -> "This is not done";
        };
    return pages.message(request, answer.status(), title, refusal.get());
  }

  private CompletableFuture<Answer> act(Request request) {
    if (isOfAnotherSite(request)) {
      return now(refusal(request, 403, "another site may have nothing done here"));
    }
    if (request.path().equals(LogInDesk.ADDRESS)) {
      return router.answer(request);
    }
    var session = request.visitor().session();
    if (session.isEmpty()) {
      return now(refusal(request, 401, "log in, or show a token: Authorization: Bearer TOKEN"));
    }
    return hasFormToken(request, session.get())
        ? router.answer(request)
        : now(refusal(request, 403, "the form is too old; open its page again and repeat it"));
  }

  private static boolean hasFormToken(Request request, BrowserSession session) {
    return request
        .field(FORM_TOKEN)
        .or(() -> request.header(FORM_TOKEN_HEADER))
        .filter(token -> RandomText.isSame(token, session.formToken()))
        .isPresent();
  }

  private CompletableFuture<Answer> byToken(Request request, String authorization) {
    if (!people.isPrivate(request.peer())) {
      return now(
          refusal(
              request,
              403,
              "a token is taken over TLS only: ask at https://; the one that was sent could be read"
                  + " on the way, so revoke it"));
    }
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return now(refusal(request, 401, "write Authorization: Bearer TOKEN"));
    }
    String token = authorization.substring(BEARER.length()).strip();
    var operator = people.localOperator(token, request.peer());
    if (operator.isPresent()) {
      return router.answer(request.by(Visitor.program(operator.get())));
    }
    var credentials =
        new Credentials(people.access().current(), people.clock().instant()).ofToken(token);
    return credentials.fold(
        known -> {
          var visitor = Visitor.program(known.holder());
          boolean may =
              request.isReading()
                  ? visitor.maySeeSomething()
                  : visitor.who().rights().allowAnywhere(AccessRole.SUBMIT);
          return may
              ? router.answer(request.by(visitor))
              : now(refusal(request.by(visitor), 403, known.holder() + " may not do this"));
        },
        unknown -> now(unknownToken(request, unknown.sentence())));
  }

  private Answer unknownToken(Request request, String sentence) {
    var from = request.peer().address().getAddress();
    if (!people.failures().count(from)) {
      return Answer.sentence(429, "too many wrong tokens from this address; wait for a minute");
    }
    record(request, "an unknown token", sentence);
    return refused(request, 401, sentence);
  }

  private Visitor atBrowser(Request request) {
    return request
        .cookie(people.cookies().session())
        .flatMap(it -> people.sessions().of(it, people.clock().instant()))
        .flatMap(this::person)
        .orElseGet(() -> Visitor.anonymous(source.configuration().anonymousRights()));
  }

  /** Somebody who was removed, or whose password was changed, is not logged in any more. */
  private Optional<Visitor> person(BrowserSession session) {
    return people
        .access()
        .current()
        .user(session.user())
        .filter(user -> !session.begun().isBefore(user.passwordSince()))
        .map(user -> Visitor.person(user.id(), user.rights(), session));
  }

  /** Browsers tell from which site a form was sent. */
  private static boolean isOfAnotherSite(Request request) {
    Optional<String> origin = request.header("origin");
    Optional<String> host = request.header("host");
    boolean isForeign =
        origin.isPresent()
            && host.filter(
                    it ->
                        origin
                            .get()
                            .toLowerCase(Locale.ROOT)
                            .endsWith("://" + it.toLowerCase(Locale.ROOT)))
                .isEmpty();
    return isForeign
        || request.header("sec-fetch-site").filter(it -> it.equals("cross-site")).isPresent();
  }

  /** What strangers try is not written down: there may be much of it. */
  private Answer refusal(Request request, int status, String sentence) {
    if (request.visitor().isKnown()) {
      record(request, request.visitor().name(), sentence);
    }
    return refused(request, status, sentence);
  }

  private Answer refused(Request request, int status, String sentence) {
    return request.isForPrograms()
        ? Answer.problem(status, sentence).with("www-authenticate", "Bearer")
        : pages.message(request, status, "This is not done", forPerson(status, sentence));
  }

  /** Whoever fills in forms has no token to show. */
  private static String forPerson(int status, String sentence) {
    return status == 401
        ? "You are not logged in, or not any more. Log in and do it again."
        : Words.capital(sentence) + ".";
  }

  private void record(Request request, String who, String sentence) {
    people
        .audit()
        .record(
            who,
            request.peer().address().getAddress().getHostAddress(),
            request.method().toLowerCase(Locale.ROOT),
            SafeName.shown(request.path()),
            "refused: " + sentence);
  }

  private static CompletableFuture<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
