package com.nokia.ci.tas.service.http.login;

import com.nokia.ci.tas.commons.model.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * A person who has logged in at a browser, until log-out or expiry.
 *
 * @param user who
 * @param formToken has to come with everything that changes something, so that no other site can
 *     have it done
 * @param begun when the person logged in
 * @param used when the browser was last heard of
 */
public record BrowserSession(UserId user, String formToken, Instant begun, Instant used) {
  public BrowserSession {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(formToken, "formToken");
    Objects.requireNonNull(begun, "begun");
    Objects.requireNonNull(used, "used");
  }

  BrowserSession usedAt(Instant now) {
    return new BrowserSession(user, formToken, begun, now);
  }

  @Override
  public String toString() {
    return "BrowserSession[" + user + "]";
  }
}
