package com.nokia.ci.tas.commons.model;

import java.util.Optional;

/**
 * What a service asks a node for on its own behalf, for whoever looks at its pages: the {@code
 * path} of the file in a {@code get} over their session (docs/session.md, section 11). Passed on
 * between the parties of a run it says nothing that these may not know.
 *
 * @param from how many bytes of the output are known already; not negative
 */
public record ServiceLook(long from) {
  /** The output of an executor, as a node keeps it. */
  public static final String OUTPUT = "output";

  /** No answer has more bytes of an output. */
  public static final int MOST = 256 * 1024;

  private static final String WORD = "service:";
  private static final int DIGITS = 18;

  public ServiceLook {
    if (from < 0) {
      throw new IllegalArgumentException("from is " + from);
    }
  }

  /** As it stands in a message. */
  public String text() {
    return WORD + from;
  }

  /** Reads it; empty for any other path. */
  public static Optional<ServiceLook> of(String path) {
    String number = path.startsWith(WORD) ? path.substring(WORD.length()) : "";
    boolean isNumber =
        !number.isEmpty()
            && number.length() <= DIGITS
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Optional.of(new ServiceLook(Long.parseLong(number))) : Optional.empty();
  }
}
