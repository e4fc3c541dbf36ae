package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.http.login.BrowserSession;
import com.nokia.ci.tas.service.http.view.Who;
import java.util.Optional;

/**
 * Who stands behind a request.
 *
 * @param who name and rights
 * @param session of the browser, if the person has logged in there
 */
record Visitor(Principal who, Optional<BrowserSession> session) {
  private static final String ANONYMOUS = "anonymous";

  /** Somebody unknown, who may do no more than everybody may. */
  static Visitor anonymous(Rights rights) {
    return new Visitor(
        new Principal(Principal.Kind.PERSON, ANONYMOUS, Optional.empty(), Optional.empty(), rights),
        Optional.empty());
  }

  /** A person at a browser. */
  static Visitor person(UserId user, Rights rights, BrowserSession session) {
    return new Visitor(
        new Principal(
            Principal.Kind.PERSON, user.value(), Optional.empty(), Optional.of(user), rights),
        Optional.of(session));
  }

  /** A program with a token. */
  static Visitor program(Principal who) {
    return new Visitor(who, Optional.empty());
  }

  /** As sentences and logs name the visitor: a person's program by both. */
  String name() {
    return who.user()
        .filter(user -> who.key().isPresent())
        .map(user -> user + " (" + who.name() + ")")
        .orElse(who.name());
  }

  /** Whether it is somebody whom the farm knows. */
  boolean isKnown() {
    return session.isPresent() || who.key().isPresent();
  }

  /** Whether something may be seen at all. */
  boolean maySeeSomething() {
    return who.rights().allowAnywhere(AccessRole.VIEW);
  }

  /** Whether a test may be seen. */
  boolean maySee(TestDescription test) {
    return isOwn(test) || who.rights().allow(AccessRole.VIEW, test.origin().project());
  }

  /**
   * Whether a test may be stopped, have another priority or be run again: one's own as long as one
   * may submit, others' by operating.
   */
  boolean maySteer(TestDescription test) {
    Optional<ProjectId> project = test.origin().project();
    return isKnown()
        && who.rights().allow(isOwn(test) ? AccessRole.SUBMIT : AccessRole.OPERATE, project);
  }

  /** Whether something of the whole farm may be done. */
  boolean mayOperate() {
    return isKnown() && who.rights().allow(AccessRole.OPERATE);
  }

  /** How a page speaks of the visitor. */
  Who shown() {
    return session.map(it -> new Who(who.name(), it.formToken())).orElse(Who.NOBODY);
  }

  private boolean isOwn(TestDescription test) {
    return who.user().isPresent() && test.origin().owner().equals(who.user());
  }
}
