package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.access.password.PasswordRules;

/**
 * The page on which people log in.
 *
 * @param frame what is around it
 * @param form what stands in the form
 */
public record LogInPage(Frame frame, Form form) {

  /** Characters that are taken as a password at most. */
  public static final int LONGEST_PASSWORD = PasswordRules.LONGEST;

  /**
   * The form.
   *
   * @param token by which it is known as our own
   * @param next path of the page that comes then
   * @param name as it was given before
   * @param notice what was wrong; may be empty
   */
  public record Form(String token, String next, String name, String notice) {}
}
