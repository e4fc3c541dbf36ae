package com.nokia.ci.tas.service.http.login;

import com.nokia.ci.tas.commons.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The browsers at which people have logged in. Kept in memory alone, each by the digest of its
 * cookie; a restart of the service logs everybody out. Safe for use by any thread.
 *
 * <p>At most {@value #MOST}: beyond that whoever was silent for longest is logged out.
 */
public final class BrowserSessions {
  /** After this much silence a browser is logged out. */
  public static final Duration IDLE_LIMIT = Duration.ofHours(1);

  /** After this much time in any case. */
  public static final Duration LIFE = Duration.ofHours(12);

  static final int MOST = 1_000;

  private final RandomText random = new RandomText();

  /** The longest silent first. */
  private final Map<String, BrowserSession> sessions =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  /**
   * A session that has just begun.
   *
   * @param cookie what the browser is to show; kept nowhere
   */
  public record Begun(String cookie, BrowserSession session) {
    @Override
    public String toString() {
      return session.toString();
    }
  }

  /** A person has logged in. */
  public synchronized Begun begin(UserId user, Instant now) {
    String cookie = random.next();
    var session = new BrowserSession(user, random.next(), now, now);
    sessions.put(RandomText.sha256(cookie), session);
    Iterator<String> oldest = sessions.keySet().iterator();
    while (sessions.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
    return new Begun(cookie, session);
  }

  /** Whose cookie this is; counts as a sign of life. */
  public synchronized Optional<BrowserSession> of(String cookie, Instant now) {
    String key = RandomText.sha256(cookie);
    var session = Optional.ofNullable(sessions.get(key));
    if (session.filter(it -> isOver(it, now)).isPresent()) {
      sessions.remove(key);
      return Optional.empty();
    }
    session.ifPresent(it -> sessions.put(key, it.usedAt(now)));
    return session;
  }

  /** A browser is logged out. */
  public synchronized void end(String cookie) {
    sessions.remove(RandomText.sha256(cookie));
  }

  /** A person is logged out everywhere. */
  public synchronized void endAll(UserId user) {
    sessions.values().removeIf(session -> session.user().equals(user));
  }

  synchronized int size() {
    return sessions.size();
  }

  private static boolean isOver(BrowserSession session, Instant now) {
    return !now.isBefore(session.used().plus(IDLE_LIMIT))
        || !now.isBefore(session.begun().plus(LIFE));
  }
}
