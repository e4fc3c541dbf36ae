package com.nokia.ci.tas.service.access;

import static com.nokia.ci.tas.service.access.Keys.BOOK;
import static com.nokia.ci.tas.service.access.Keys.CLIENT;
import static com.nokia.ci.tas.service.access.Keys.CLIENT_TOKEN;
import static com.nokia.ci.tas.service.access.Keys.NODE;
import static com.nokia.ci.tas.service.access.Keys.NODE_TOKEN;
import static com.nokia.ci.tas.service.access.Keys.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessKey.Grant;
import com.nokia.ci.tas.service.access.AccessKey.Kind;
import com.nokia.ci.tas.service.access.Credentials.Finding;
import com.nokia.ci.tas.service.access.Credentials.Known;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CredentialsTest {
  private static final Instant SOON = T0.plus(Duration.ofDays(1));

  @Test
  void tokenTellsWhoItsHolderIsAndWhatHeMayDo() {
    var client =
        new Principal(
            Principal.Kind.CLIENT,
            "the client",
            Optional.of(CLIENT.id()),
            Optional.empty(),
            Rights.onFarm(AccessRole.SUBMIT));
    assertEquals(new Known(CLIENT, client), look(BOOK, SOON, CLIENT_TOKEN.text()));
    assertEquals(Principal.Kind.NODE, holder(look(BOOK, SOON, NODE_TOKEN.text())).kind());
  }

  @Test
  void unknownTokenIsRefusedWithTheRemedy() {
    String other = Token.random(new SecureRandom()).text();
    assertSentence(look(BOOK, SOON, other), "not known to this service", "tas keys client");
    assertSentence(look(BOOK, SOON, "nonsense"), "not known to this service", "tas keys client");
  }

  @Test
  void guessedSecretOfAKnownKeyLearnsNothingOfTheKey() {
    AccessBook book = BOOK.with(NODE.revokedAt(T0));
    Finding finding = look(book, SOON, "tas_" + NODE.id() + "_guessed");
    assertEquals(look(book, SOON, "nonsense"), finding);
  }

  @Test
  void revokedKeyIsRefusedWithTheDayAndTheRemedy() {
    assertSentence(
        look(BOOK.with(NODE.revokedAt(T0)), SOON, NODE_TOKEN.text()),
        NODE.id() + " (the node) was revoked on 2026-03-01T08:00:00Z",
        "tas keys node");
  }

  @Test
  void keyExpiresAtItsEndAndTheSentenceNamesTheRemedy() {
    Instant end = NODE.life().expires();
    assertTrue(look(BOOK, end.minusMillis(1), NODE_TOKEN.text()) instanceof Known, "still good");
    assertSentence(
        look(BOOK, end, NODE_TOKEN.text()),
        "expired on 2026-03-31T08:00:00Z",
        "tas keys renew " + NODE.id());
  }

  @Test
  void keyOfAPersonWhoIsGoneAllowsNothing() {
    var token = Token.random(new SecureRandom());
    var grant =
        new Grant(
            Optional.of(AccessRole.ADMINISTER),
            Optional.empty(),
            Optional.of(new UserId("nobody")));
    AccessBook book = BOOK.with(Keys.key(token, Kind.CLIENT, grant));
    assertEquals(Rights.NONE, holder(look(book, SOON, token.text())).rights());
  }

  @Test
  void noSentenceShowsASecret() {
    String sentence = sentence(look(BOOK.with(NODE.revokedAt(T0)), SOON, NODE_TOKEN.text()));
    assertFalse(sentence.contains(NODE_TOKEN.text()), sentence);
    assertFalse(NODE.toString().contains(NODE_TOKEN.text()), NODE.toString());
  }

  private static Finding look(AccessBook book, Instant now, String token) {
    return new Credentials(book, now).ofToken(token);
  }

  private static Principal holder(Finding finding) {
    return finding.fold(
        Known::holder,
        unknown -> {
          throw new AssertionError(unknown.sentence());
        });
  }

  private static String sentence(Finding finding) {
    return finding.fold(known -> "known: " + known.holder(), Credentials.Unknown::sentence);
  }

  private static void assertSentence(Finding finding, String... parts) {
    for (String part : parts) {
      assertTrue(sentence(finding).contains(part), sentence(finding));
    }
  }
}
