package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AuditEntry;
import com.nokia.ci.tas.service.access.Token;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.http.login.PersonalTokens;
import com.nokia.ci.tas.service.http.view.AccountPage;
import com.nokia.ci.tas.service.json.FarmJson;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The page of a person: rights, tokens for programs, password; and who one is, for programs. */
final class AccountDesk {
  private static final String ADDRESS = "/account";
  private static final int LONGEST_LABEL = 100;
  private static final int MOST_DAYS = 366;
  private static final int USUAL_DAYS = 90;

  private final People people;
  private final Pages pages;

  AccountDesk(People people, Pages pages) {
    this.people = people;
    this.pages = pages;
  }

  void addTo(Router router) {
    router
        .page(ADDRESS, (request, any) -> account(request, "", Optional.empty()))
        .serve(Operation.ME, (request, any) -> me(request))
        .action(ADDRESS + "/tokens", (request, any) -> now(makeToken(request)))
        .action(ADDRESS + "/tokens/{}/revoke", (request, id) -> now(revokeToken(request, id)))
        .action(ADDRESS + "/password", (request, any) -> changePassword(request));
  }

  private Answer account(Request request, String notice, Optional<Token> made) {
    var owner = person(request);
    if (owner.isEmpty()) {
      return Answer.seeOther(LogInDesk.ADDRESS + "?next=" + ADDRESS).with(302);
    }
    var content =
        AccountPage.Content.of(
            request.visitor().who().rights(),
            people.tokens().of(owner.get()),
            notice,
            made.map(Token::text),
            pages.telling(request));
    return pages.account(request, content);
  }

  private Answer me(Request request) {
    var who = request.visitor().who();
    ObjectNode json = FarmJson.object().put("name", who.name()).put("known", known(request));
    who.user().ifPresent(user -> json.put("user", user.value()));
    who.rights().farm().ifPresent(role -> json.put("role", role.text()));
    ObjectNode projects = json.putObject("projects");
    who.rights().projects().forEach((id, role) -> projects.put(id.value(), role.text()));
    return Site.json(json);
  }

  private static boolean known(Request request) {
    return request.visitor().isKnown();
  }

  private Answer makeToken(Request request) {
    var owner = person(request);
    if (owner.isEmpty()) {
      return pages.message(request, 403, "This is not done", "Tokens are made by a person.");
    }
    String label = request.field("label").orElse("").strip();
    var role = AccessRole.of(request.field("role").orElse(""));
    var project =
        request.field("project").map(String::strip).filter(it -> !it.isEmpty()).map(ProjectId::new);
    var days = days(request.field("days"));
    if (label.isEmpty()
        || label.length() > LONGEST_LABEL
        || label.chars().anyMatch(Character::isISOControl)) {
      return account(request, "Give the token a name of one line.", Optional.empty()).with(400);
    }
    if (days.isEmpty()) {
      return account(request, "A token is good for 1 to 366 days.", Optional.empty()).with(400);
    }
    boolean mayGive =
        role.filter(it -> request.visitor().who().rights().allow(it, project)).isPresent();
    if (!mayGive) {
      return account(request, "A token never allows more than its owner may.", Optional.empty())
          .with(403);
    }
    var wish = new PersonalTokens.Wish(label, role.get(), project, days.get());
    var token = people.tokens().make(owner.get(), wish);
    if (token.isEmpty()) {
      return account(request, "You have too many tokens; revoke one first.", Optional.empty())
          .with(403);
    }
    record(request, "make token", token.get().key().value());
    return account(request, "", token);
  }

  private Answer revokeToken(Request request, String id) {
    boolean had =
        person(request).filter(it -> people.tokens().revoke(it, new KeyId(id))).isPresent();
    if (!had) {
      return account(request, "You have no such token.", Optional.empty()).with(404);
    }
    record(request, "revoke token", id);
    return Answer.seeOther(ADDRESS);
  }

  private CompletableFuture<Answer> changePassword(Request request) {
    var owner = person(request);
    if (owner.isEmpty() || !people.isPrivate(request.peer())) {
      return now(pages.message(request, 403, "This is not done", "Log in over TLS first."));
    }
    String next = request.field("next").orElse("");
    if (!request.field("again").orElse("").equals(next)) {
      return now(
          account(request, "The two new passwords are not the same.", Optional.empty()).with(400));
    }
    return people
        .logIn()
        .change(
            owner.get(),
            request.field("former").orElse(""),
            next,
            request.peer().address().getAddress())
        .thenApply(
            complaint ->
                complaint
                    .map(
                        it ->
                            account(request, "Not changed: " + it + ".", Optional.empty())
                                .with(400))
                    .orElseGet(() -> Answer.seeOther(LogInDesk.ADDRESS + "?next=" + ADDRESS)));
  }

  /** The person at the browser; a program with a token is none. */
  private static Optional<UserId> person(Request request) {
    return request.visitor().session().map(session -> session.user());
  }

  private void record(Request request, String what, String on) {
    people
        .audit()
        .record(
            request.visitor().name(),
            request.peer().address().getAddress().getHostAddress(),
            what,
            on,
            AuditEntry.DONE);
  }

  private static Optional<Duration> days(Optional<String> text) {
    try {
      int days = Integer.parseInt(text.map(String::strip).orElse(String.valueOf(USUAL_DAYS)));
      return days >= 1 && days <= MOST_DAYS ? Optional.of(Duration.ofDays(days)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static CompletableFuture<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
