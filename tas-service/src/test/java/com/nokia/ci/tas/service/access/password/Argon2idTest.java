package com.nokia.ci.tas.service.access.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.access.PasswordHash;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2idTest {
  private static final String PASSWORD = "correct horse battery";

  private final Argon2id argon2id = new Argon2id(new SecureRandom());

  @Test
  void aPasswordFitsItsHashAndNoOtherDoes() {
    var hash = argon2id.hash(PASSWORD);

    assertTrue(argon2id.matches(PASSWORD, hash));
    assertFalse(argon2id.matches(PASSWORD + " ", hash));
    assertFalse(argon2id.matches("", hash));
    assertEquals(Optional.empty(), Argon2id.complaint(hash));
  }

  @Test
  void oneSaltIsNotLikeAnother() {
    assertNotEquals(argon2id.hash(PASSWORD).text(), argon2id.hash(PASSWORD).text());
  }

  @Test
  void lettersTypedOnAnotherKeyboardAreTheSame() {
    assertTrue(
        argon2id.matches(
            "gr\u00fc\u00df dich morgen", argon2id.hash("gru\u0308\u00df dich morgen")));
  }

  /** From the tests of the reference implementation. */
  @Test
  void hashesOfOtherProgramsAreUnderstood() {
    var hash =
        new PasswordHash(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

    assertEquals(Optional.empty(), Argon2id.complaint(hash));
    assertTrue(argon2id.matches("password", hash));
    assertFalse(argon2id.matches("passwort", hash));
  }

  @Test
  void nobodysPasswordIsNoPassword() {
    assertEquals(Optional.empty(), Argon2id.complaint(Argon2id.NOBODYS));
    assertFalse(argon2id.matches("", Argon2id.NOBODYS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=8,t=2,p=8$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void whatIsNoHashOrCostsTooMuchIsComplainedOf(String text) {
    assertTrue(Argon2id.complaint(new PasswordHash(text)).isPresent());
  }

  @Test
  void aHashIsNotShown() {
    assertEquals("PasswordHash[***]", argon2id.hash(PASSWORD).toString());
  }
}
