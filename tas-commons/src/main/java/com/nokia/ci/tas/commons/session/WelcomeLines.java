package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an acceptor says when it takes an offer (docs/session.md, section 2): text and back. The key
 * is a secret and is shown nowhere.
 *
 * @param session hexadecimal, what the session is called
 * @param key hexadecimal, what resuming it needs
 * @param resumed whether numbers go on; else both sides begin with 1
 * @param received the number of the last message of the connector that was taken, 0 for none
 * @param you the address under which the connector is known
 * @param acceptor 32 hexadecimal digits, another value after a restart of the acceptor
 * @param times how often to speak and how long to wait
 */
public record WelcomeLines(
    String session,
    String key,
    boolean resumed,
    long received,
    Endpoint you,
    String acceptor,
    Times times) {
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{1,128}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * The times of a session.
   *
   * @param beat who has sent nothing for so long says that it is there
   * @param silence who has received nothing for so long closes the connection
   * @param retention how long the acceptor keeps the session without a connection
   */
  public record Times(Duration beat, Duration silence, Duration retention) {
    public Times {
      requireSensible("beat", beat);
      requireSensible("silence", silence);
      requireSensible("retention", retention);
    }

    /** The beat is a third of the silence. */
    public static Times of(Duration silence, Duration retention) {
      return new Times(silence.dividedBy(3), silence, retention);
    }

    private static void requireSensible(String name, Duration time) {
      if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            name + " is " + time + ", must be between 1 ms and " + LONGEST.toDays() + " days");
      }
    }
  }

  public WelcomeLines {
    requireHexadecimal("session", session);
    requireHexadecimal("key", key);
    requireHexadecimal("acceptor", acceptor);
    Objects.requireNonNull(you, "you");
    Objects.requireNonNull(times, "times");
    if (received < 0) {
      throw new IllegalArgumentException("received is " + received);
    }
  }

  /**
   * Reads the payload of a welcome; unknown keys are skipped.
   *
   * @throws ProtocolException when a key is missing or its value makes no sense
   */
  public static WelcomeLines parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
              }
            });
    try {
      return new WelcomeLines(
          required(values, "session"),
          required(values, "key"),
          required(values, "resumed").equals("yes"),
          number(values, "received"),
          Endpoint.parse(required(values, "you")),
          required(values, "acceptor"),
          new Times(
              milliseconds(values, "beat"),
              milliseconds(values, "silence"),
              milliseconds(values, "retention")));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("the welcome makes no sense: " + e.getMessage(), e);
    }
  }

  /** The payload of the welcome, secret included. */
  public String text() {
    return "session="
        + session
        + "\nkey="
        + key
        + "\nresumed="
        + (resumed ? "yes" : "no")
        + "\nreceived="
        + received
        + "\nyou="
        + you
        + "\nacceptor="
        + acceptor
        + "\nbeat="
        + times.beat().toMillis()
        + "\nsilence="
        + times.silence().toMillis()
        + "\nretention="
        + times.retention().toMillis()
        + "\n";
  }

  private static String required(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new ProtocolException("the welcome does not say " + key);
    }
    return value;
  }

  private static long number(Map<String, String> values, String key) {
    String value = required(values, key);
    if (!NUMBER.matcher(value).matches()) {
      throw new ProtocolException(
          "the welcome says " + key + "=" + SafeName.shown(value) + ", which is no number");
    }
    return Long.parseLong(value);
  }

  private static Duration milliseconds(Map<String, String> values, String key) {
    return Duration.ofMillis(number(values, key));
  }

  private static void requireHexadecimal(String name, String value) {
    if (!HEXADECIMAL.matcher(value).matches()) {
      throw new IllegalArgumentException(name + " is not hexadecimal");
    }
  }

  @Override
  public String toString() {
    return "WelcomeLines[session="
        + session
        + ", resumed="
        + resumed
        + ", received="
        + received
        + ", you="
        + you
        + ", acceptor="
        + acceptor
        + ", times="
        + times
        + "]";
  }
}
