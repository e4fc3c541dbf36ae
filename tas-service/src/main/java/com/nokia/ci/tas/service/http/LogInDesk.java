package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.http.login.LogIn;
import com.nokia.ci.tas.service.http.login.RandomText;
import com.nokia.ci.tas.service.http.view.LogInPage;
import com.nokia.ci.tas.service.http.view.Words;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where people log in and out. */
final class LogInDesk {
  static final String ADDRESS = "/login";

  private static final String LONGEST_TOKEN = "[A-Za-z0-9_-]{20,100}";
  private static final String SET_COOKIE = "set-cookie";
  private static final String NEXT = "next";
  private static final String HOME = "/";

  private final People people;
  private final Pages pages;
  private final RandomText random = new RandomText();

  LogInDesk(People people, Pages pages) {
    this.people = people;
    this.pages = pages;
  }

  void addTo(Router router) {
    router
        .page(ADDRESS, (request, any) -> form(request, 200, ""))
        .action(ADDRESS, (request, any) -> logIn(request))
        .action("/logout", (request, any) -> now(logOut(request)));
  }

  /** The form is tied to the browser, so that nobody else can have it log in. */
  private Answer form(Request request, int status, String notice) {
    if (!people.isPrivate(request.peer())) {
      return notPrivate(request);
    }
    String token =
        request
            .cookie(people.cookies().form())
            .filter(it -> it.matches(LONGEST_TOKEN))
            .orElseGet(random::next);
    String next = next(request.field(NEXT).or(() -> request.query(NEXT)));
    String name = request.field("name").orElse("");
    return pages
        .logIn(request, new LogInPage.Form(token, next, name, notice))
        .with(status)
        .with(SET_COOKIE, people.cookies().form(token, request));
  }

  private CompletableFuture<Answer> logIn(Request request) {
    if (!people.isPrivate(request.peer())) {
      return now(notPrivate(request));
    }
    boolean isOurForm =
        request
            .field(Doorkeeper.FORM_TOKEN)
            .flatMap(
                token ->
                    request
                        .cookie(people.cookies().form())
                        .filter(cookie -> RandomText.isSame(cookie, token)))
            .isPresent();
    if (!isOurForm) {
      return now(
          form(request, 403, "The form was too old, or the browser takes no cookies. Try again."));
    }
    return people
        .logIn()
        .attempt(
            request.field("name").orElse(""),
            request.field("password").orElse(""),
            request.peer().address().getAddress())
        .thenApply(outcome -> answer(request, outcome));
  }

  private Answer answer(Request request, LogIn.Outcome outcome) {
    if (outcome instanceof LogIn.Welcome welcome) {
      return Answer.seeOther(next(request.field(NEXT)))
          .with(SET_COOKIE, people.cookies().begin(welcome.begun().cookie(), request));
    }
    if (outcome instanceof LogIn.Later later) {
      return form(request, 429, Words.capital(later.sentence()) + ".").with("retry-after", "60");
    }
    return form(request, 401, "Name or password is wrong.");
  }

  private Answer logOut(Request request) {
    request.cookie(people.cookies().session()).ifPresent(people.sessions()::end);
    people
        .audit()
        .record(
            request.visitor().name(),
            request.peer().address().getAddress().getHostAddress(),
            "log-out",
            "",
            "done");
    return Answer.seeOther(HOME).with(SET_COOKIE, people.cookies().end(request));
  }

  private Answer notPrivate(Request request) {
    return pages.message(
        request,
        403,
        "Log in over TLS",
        "A password that is sent like this could be read on the way. Open this page with https://"
            + " in front; if the service does not answer there, its admin makes keys with: tas"
            + " keys");
  }

  /** A path of ours and nothing that leads elsewhere. */
  private static String next(Optional<String> wish) {
    return wish.filter(it -> it.startsWith("/") && it.length() < 500)
        .filter(it -> !it.startsWith("//") && it.indexOf('\\') < 0)
        .filter(it -> it.chars().allMatch(c -> c > ' ' && c < 0x7F))
        .filter(it -> !it.startsWith(ADDRESS))
        .orElse(HOME);
  }

  private static CompletableFuture<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
