package com.nokia.ci.tas.service.http.login;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.Token;
import com.nokia.ci.tas.service.access.store.LiveAccess;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that people make for their own programs. One never allows more than its owner may do,
 * and ends with its owner. Changes wait for the disk; safe for use by any thread.
 */
public final class PersonalTokens {
  /** How many good ones a person may have. */
  public static final int MOST = 50;

  private final LiveAccess access;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public PersonalTokens(LiveAccess access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param label what its owner calls it
   * @param role what it shall allow at most
   * @param project in this project alone; empty: everywhere
   * @param life how long it shall be good
   */
  public record Wish(String label, AccessRole role, Optional<ProjectId> project, Duration life) {}

  /** Those of a person that are good now. */
  public List<AccessKey> of(UserId owner) {
    Instant now = clock.instant();
    return access.current().keys().values().stream()
        .filter(key -> isOf(key, owner) && key.life().isGood(now))
        .toList();
  }

  /**
   * Makes one.
   *
   * @return the token, which is kept nowhere; empty when the owner has as many as one may have
   */
  public Optional<Token> make(UserId owner, Wish wish) {
    if (of(owner).size() >= MOST) {
      return Optional.empty();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var token = Token.random(random);
    var key =
        new AccessKey(
            token.key(),
            AccessKey.Kind.CLIENT,
            wish.label(),
            new AccessKey.Proof(token.sha256(), Optional.empty()),
            new AccessKey.Grant(Optional.of(wish.role()), wish.project(), Optional.of(owner)),
            new AccessKey.Life(now, now.plus(wish.life()), Optional.empty()));
    access.change(book -> book.with(key));
    return Optional.of(token);
  }

  /** Takes one back; whether the person had it. */
  public boolean revoke(UserId owner, KeyId id) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    boolean had = access.current().key(id).filter(key -> isOf(key, owner)).isPresent();
    if (had) {
      access.change(
          book ->
              book.key(id)
                  .filter(key -> isOf(key, owner))
                  .map(key -> book.with(key.revokedAt(now)))
                  .orElse(book));
    }
    return had;
  }

  private static boolean isOf(AccessKey key, UserId owner) {
    return key.grant().user().filter(owner::equals).isPresent();
  }
}
