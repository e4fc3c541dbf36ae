package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.access.LogInFailures;
import com.nokia.ci.tas.service.access.door.FarmAccess;
import com.nokia.ci.tas.service.access.door.LocalOperator;
import com.nokia.ci.tas.service.access.password.PasswordDesk;
import com.nokia.ci.tas.service.access.store.LiveAccess;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.http.login.BrowserSessions;
import com.nokia.ci.tas.service.http.login.LogIn;
import com.nokia.ci.tas.service.http.login.PersonalTokens;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the pages know of people: whom the farm knows, who has logged in, and the log of what they
 * do. Safe for use by any thread.
 */
public final class People implements AutoCloseable {
  private final LiveAccess access;
  private final LocalOperator operator;
  private final LogInFailures failures;
  private final AuditLog audit;
  private final Predicate<Peer> isOfThisMachine;
  private final InstantSource clock;
  private final Cookies cookies;
  private final PasswordDesk passwords = new PasswordDesk();
  private final BrowserSessions sessions = new BrowserSessions();
  private final LogIn logIn;
  private final PersonalTokens tokens;

  private People(
      FarmAccess farm, AuditLog audit, Predicate<Peer> isOfThisMachine, Cookies cookies) {
    this.access = farm.book();
    this.operator = farm.operator();
    this.failures = farm.failures();
    this.clock = farm.clock();
    this.audit = audit;
    this.isOfThisMachine = isOfThisMachine;
    this.cookies = cookies;
    this.logIn = new LogIn(access, passwords, sessions, audit, clock);
    this.tokens = new PersonalTokens(access, clock);
  }

  /**
   * Makes what a service needs.
   *
   * @param farm whom it knows; stays open when this is closed
   * @param audit gets what people do; stays open likewise
   * @param isOfThisMachine whose secrets need no TLS
   * @param port of the service; browsers send cookies to all ports of a machine
   */
  public static People of(
      FarmAccess farm, AuditLog audit, Predicate<Peer> isOfThisMachine, int port) {
    return new People(farm, audit, isOfThisMachine, new Cookies(port));
  }

  LogInFailures failures() {
    return failures;
  }

  Cookies cookies() {
    return cookies;
  }

  LiveAccess access() {
    return access;
  }

  AuditLog audit() {
    return audit;
  }

  InstantSource clock() {
    return clock;
  }

  BrowserSessions sessions() {
    return sessions;
  }

  LogIn logIn() {
    return logIn;
  }

  PersonalTokens tokens() {
    return tokens;
  }

  /** Whether nobody on the way reads what is sent: over TLS, or within the machine. */
  boolean isPrivate(Peer peer) {
    return peer.secure() || isOfThisMachine.test(peer);
  }

  /** Who can read the files of the service, and asks from its machine. */
  Optional<Principal> localOperator(String token, Peer peer) {
    return isOfThisMachine.test(peer) ? operator.of(token) : Optional.empty();
  }

  @Override
  public void close() {
    passwords.close();
  }
}
