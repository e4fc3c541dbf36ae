package com.nokia.ci.tas.commons.session;

import java.util.Arrays;

/** Why a file stream ended without success (docs/session.md, section 6). */
public enum ResetCode {
  /** Not wanted, or the name is bad. */
  NOT_WANTED(1),
  /** The sender gives up, or the way to the receiver has ended. */
  GIVEN_UP(2),
  /** Size or digest was wrong on arrival. */
  SPOILED(3),
  /** It cannot be stored. */
  NOT_STORED(4),
  /** The receiver has lost interest. */
  NO_INTEREST(5),
  /** A connection that the file is passed on over broke off: it is to be opened again at once. */
  BROKEN_OFF(6);

  private final int code;

  ResetCode(int code) {
    this.code = code;
  }

  /** The octet that stands for it. */
  public int code() {
    return code;
  }

  /** What an octet stands for; one that is not known is final like {@link #NOT_WANTED}. */
  public static ResetCode of(int code) {
    return Arrays.stream(values())
        .filter(known -> known.code == code)
        .findFirst()
        .orElse(NOT_WANTED);
  }
}
