package com.nokia.ci.tas.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenTest {
  private final Token token = Token.random(new SecureRandom());

  @Test
  void tokenHas256RandomBitsBehindTheNameOfItsKey() {
    String secret = token.text().substring("tas_12345678_".length());
    assertEquals(32, Base64.getUrlDecoder().decode(secret).length);
    assertTrue(token.text().startsWith("tas_" + token.key() + "_"), "begins with its key");
    assertNotEquals(Token.random(new SecureRandom()).text(), token.text());
  }

  @Test
  void tokenIsFoundAgainByItsText() {
    assertEquals(Optional.of(token), Token.parse(token.text()));
  }

  @Test
  void whatWasNeverMadeHereIsNoToken() {
    assertEquals(Optional.empty(), Token.parse(""));
    assertEquals(Optional.empty(), Token.parse("tas_"));
    assertEquals(Optional.empty(), Token.parse("tas_12345678"));
    assertEquals(Optional.empty(), Token.parse("ghp_12345678_abc"));
    assertEquals(Optional.empty(), Token.parse("tas_1_" + "a".repeat(1_000)));
  }

  @Test
  void digestAndShownTextTellNothingOfTheSecret() {
    assertEquals(64, token.sha256().length());
    assertFalse(token.toString().contains(token.text()), token.toString());
  }
}
