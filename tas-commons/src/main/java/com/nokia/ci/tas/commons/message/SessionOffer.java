package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What a connector offers with its registration: to keep the connection and speak frames on it
 * (docs/session.md, section 2). Text and back; the secrets in it are shown nowhere.
 *
 * @param version the highest version of the session protocol that the connector speaks, from 1
 * @param instance 32 hexadecimal digits, chosen at random when the program started
 * @param resumption the session to go on with, if any
 * @param token of the farm, if any; a secret
 * @param ticket of a test, on a direct connection; a secret
 */
public record SessionOffer(
    int version,
    String instance,
    Optional<Resumption> resumption,
    Optional<String> token,
    Optional<String> ticket) {

  /** The version of the session protocol that this program speaks. */
  public static final int VERSION = 1;

  private static final Pattern INSTANCE = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{1,128}");
  private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]{1,1024}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{1,18}");

  public SessionOffer {
    check(version >= 1, "version");
    check(INSTANCE.matcher(instance).matches(), "instance");
    Objects.requireNonNull(resumption, "resumption");
    check(token.isEmpty() || WORD.matcher(token.get()).matches(), "token");
    check(ticket.isEmpty() || WORD.matcher(ticket.get()).matches(), "ticket");
  }

  /**
   * A session to go on with.
   *
   * @param session what the welcome called it, hexadecimal
   * @param key what the welcome gave with it, hexadecimal; a secret
   * @param received number of the last message of the acceptor that was taken; 0: none
   */
  public record Resumption(String session, String key, long received) {
    public Resumption {
      check(HEXADECIMAL.matcher(session).matches(), "session to resume");
      check(HEXADECIMAL.matcher(key).matches(), "key of the session");
      check(received >= 0, "number of the last message received");
    }

    @Override
    public String toString() {
      return "Resumption[session=" + session + ", received=" + received + "]";
    }
  }

  /** An offer of a new session, in our version. */
  public static SessionOffer of(String instance) {
    return new SessionOffer(
        VERSION, instance, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, going on with a session. */
  public SessionOffer resuming(Resumption session) {
    return new SessionOffer(version, instance, Optional.of(session), token, ticket);
  }

  /** The same with a token, or without. */
  public SessionOffer withToken(Optional<String> newToken) {
    return new SessionOffer(version, instance, resumption, newToken, ticket);
  }

  /** The same with a ticket, or without. */
  public SessionOffer withTicket(Optional<String> newTicket) {
    return new SessionOffer(version, instance, resumption, token, newTicket);
  }

  /**
   * Reads the value of the leaf {@code session}. Keys that are not known are skipped; of one that
   * stands twice the last counts.
   *
   * @throws ProtocolException when the version or a value that is known makes no sense; the
   *     sentence names the key and no secret
   */
  public static SessionOffer parse(String text) {
    String[] words = text.strip().split("[ \t\r\n]+", -1);
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    if (!NUMBER.matcher(words[0]).matches()) {
      throw new ProtocolException(
          "the session is offered in version \""
              + SafeName.shown(words[0])
              + "\", which is not a number");
    }
    try {
      return new SessionOffer(
          Integer.parseInt(words[0]),
          values.getOrDefault("instance", ""),
          resumption(values),
          Optional.ofNullable(values.get("token")),
          Optional.ofNullable(values.get("ticket")));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(e.getMessage(), e);
    }
  }

  private static Optional<Resumption> resumption(Map<String, String> values) {
    String resume = values.get("resume");
    if (resume == null) {
      return Optional.empty();
    }
    int colon = resume.indexOf(':');
    check(colon > 0, "session to resume");
    String received = values.getOrDefault("received", "0");
    check(LONG_NUMBER.matcher(received).matches(), "number of the last message received");
    return Optional.of(
        new Resumption(
            resume.substring(0, colon), resume.substring(colon + 1), Long.parseLong(received)));
  }

  /** The value of the leaf {@code session}, secrets included. */
  public String text() {
    var text = new StringJoiner(" ").add(Integer.toString(version)).add("instance=" + instance);
    resumption.ifPresent(
        it -> text.add("resume=" + it.session() + ":" + it.key()).add("received=" + it.received()));
    token.ifPresent(it -> text.add("token=" + it));
    ticket.ifPresent(it -> text.add("ticket=" + it));
    return text.toString();
  }

  @Override
  public String toString() {
    return "SessionOffer[version="
        + version
        + ", instance="
        + instance
        + ", resumption="
        + resumption
        + ", token="
        + (token.isPresent() ? "shown nowhere" : "none")
        + ", ticket="
        + (ticket.isPresent() ? "shown nowhere" : "none")
        + "]";
  }

  private static void check(boolean isSo, String what) {
    if (!isSo) {
      throw new IllegalArgumentException("the " + what + " of the offered session makes no sense");
    }
  }
}
