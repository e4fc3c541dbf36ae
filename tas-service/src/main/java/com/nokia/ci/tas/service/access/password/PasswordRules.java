package com.nokia.ci.tas.service.access.password;

import com.nokia.ci.tas.commons.model.UserId;
import java.util.Locale;
import java.util.Optional;

/** Which passwords people may choose. Length counts, not a mixture of signs. */
public final class PasswordRules {
  /** Characters that a password has at least. */
  public static final int SHORTEST = 12;

  /** Characters that a password has at most. */
  public static final int LONGEST = 200;

  private PasswordRules() {}

  /** What is wrong with a new password, as a sentence that does not show it. */
  public static Optional<String> complaint(UserId user, String password) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      return Optional.of(
          "the password has %d characters; take %d to %d, such as four words"
              .formatted(length, SHORTEST, LONGEST));
    }
    if (password.codePoints().distinct().count() < 5) {
      return Optional.of("the password repeats the same few characters; take another");
    }
    String name = user.value().toLowerCase(Locale.ROOT);
    if (name.length() > 3 && password.toLowerCase(Locale.ROOT).contains(name)) {
      return Optional.of("the password contains the name of its owner; take another");
    }
    return Optional.empty();
  }
}
