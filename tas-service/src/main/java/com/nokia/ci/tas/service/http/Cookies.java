package com.nokia.ci.tas.service.http;

import java.time.Duration;

/**
 * The cookies of a service. Their names have its port in them, because browsers send a cookie to
 * every port of a machine. No script and no other site gets them.
 *
 * @param port of the service
 */
record Cookies(int port) {
  private static final String GUARDS = "; HttpOnly; SameSite=Strict";

  /** Who has logged in. */
  String session() {
    return "tas-session-" + port;
  }

  /** That the form for logging in is our own. */
  String form() {
    return "tas-form-" + port;
  }

  /** Sets the session until the browser is closed or the service ends it. */
  String begin(String value, Request request) {
    return session() + "=" + value + "; Path=/" + GUARDS + secure(request);
  }

  String end(Request request) {
    return session() + "=; Path=/; Max-Age=0" + GUARDS + secure(request);
  }

  /** Sets the token of the form for an hour. */
  String form(String value, Request request) {
    return form()
        + "="
        + value
        + "; Path="
        + LogInDesk.ADDRESS
        + "; Max-Age="
        + Duration.ofHours(1).toSeconds()
        + GUARDS
        + secure(request);
  }

  private static String secure(Request request) {
    return request.peer().secure() ? "; Secure" : "";
  }
}
