package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.service.access.AccessKey.Grant;
import com.nokia.ci.tas.service.access.AccessKey.Kind;
import com.nokia.ci.tas.service.access.AccessKey.Life;
import com.nokia.ci.tas.service.access.AccessKey.Proof;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A key of each kind for tests. */
public final class Keys {
  public static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");
  public static final Token NODE_TOKEN = Token.random(new SecureRandom());
  public static final Token CLIENT_TOKEN = Token.random(new SecureRandom());
  public static final AccessKey NODE = key(NODE_TOKEN, Kind.NODE, Grant.NONE);
  public static final AccessKey CLIENT =
      key(
          CLIENT_TOKEN,
          Kind.CLIENT,
          new Grant(Optional.of(AccessRole.SUBMIT), Optional.empty(), Optional.empty()));

  /** Both are known. */
  public static final AccessBook BOOK = AccessBook.EMPTY.with(NODE).with(CLIENT);

  private Keys() {}

  /** A key that is good for 30 days. */
  public static AccessKey key(Token token, Kind kind, Grant grant) {
    var life = new Life(T0, T0.plus(Duration.ofDays(30)), Optional.empty());
    var proof = new Proof(token.sha256(), Optional.empty());
    return new AccessKey(token.key(), kind, "the " + kind.text(), proof, grant, life);
  }

  /** The same key with a certificate. */
  public static AccessKey with(AccessKey key, String certificateSha256) {
    var proof = new Proof(key.proof().tokenSha256(), Optional.of(certificateSha256));
    return new AccessKey(key.id(), key.kind(), key.label(), proof, key.grant(), key.life());
  }
}
