package com.nokia.ci.tas.commons.model;

import java.util.Locale;

/**
 * What binds a test to its client, and what a client asks that wants to be bound to a test of
 * another (docs/session.md, section 11).
 */
public enum Bond {
  /** The test ends when its client leaves. */
  ISSUER(""),

  /** It outlives its client: output and results stay on the node until somebody asks. */
  DETACHED("detached"),

  /** The same, and its client has left, or another has taken its place: nobody has its files. */
  RELEASED("detached"),

  /** Asked: to be the client from now on, and to hear the output from its beginning. */
  ATTACH("attach"),

  /** Asked: to hear how it ended, if it has ended, to get its results then. */
  RESULTS("results"),

  /** Asked: to be sent the results that are kept. */
  FETCH("fetch"),

  /** Asked: to be sent the output and the results that are kept. */
  REPLAY("replay");

  private final String text;

  Bond(String text) {
    this.text = text;
  }

  /** The word in messages; empty for what needs no word. */
  public String text() {
    return text;
  }

  /** Whether the test outlives its client. */
  public boolean isDetached() {
    return this == DETACHED || this == RELEASED;
  }

  /** Reads the word, in any case; one that is none of ours binds as if nothing was said. */
  public static Bond of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return value;
      }
    }
    return ISSUER;
  }
}
