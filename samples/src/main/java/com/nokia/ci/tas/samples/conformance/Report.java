package com.nokia.ci.tas.samples.conformance;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * The table of claims, printed as they are tried. The claims of one conversation build on each
 * other: after one that is broken the rest of it is not reached.
 */
final class Report {
  private static final String NOT_REACHED = "not reached";

  private final PrintStream out;
  private String section = "";
  private boolean isBroken;
  private int kept;
  private int broken;

  Report(PrintStream out) {
    this.out = out;
  }

  /** Begins a conversation. */
  void conversation(String title) {
    isBroken = false;
    out.println();
    out.println(title);
  }

  /**
   * Says where the following claims are written down.
   *
   * @param document and section, such as {@code protocol 7.3}
   */
  Report in(String document) {
    section = document;
    return this;
  }

  /**
   * Tries a claim.
   *
   * @param claim a sentence about the peer
   * @param attempt ends normally when the claim is kept
   */
  void claim(String claim, Attempt attempt) {
    value(
        claim,
        () -> {
          attempt.run();
          return "";
        });
  }

  /**
   * The same for a claim whose outcome the next ones need.
   *
   * @return what the attempt found
   * @throws ConversationOver when the claim is broken, or one before it was
   */
  <T> T need(String claim, Callable<T> attempt) {
    T found = value(claim, attempt);
    if (found == null) {
      throw new ConversationOver();
    }
    return found;
  }

  /** Holds a conversation as far as it goes; others are independent of it. */
  void hold(Attempt conversation) throws Exception {
    try {
      conversation.run();
    } catch (ConversationOver over) {
      out.println("  the rest of this conversation builds on it");
    }
  }

  /** 0 when every claim was kept. */
  int exitCode() {
    out.println();
    out.println(kept + " claims kept, " + broken + " broken");
    return broken == 0 ? 0 : 1;
  }

  private <T> T value(String claim, Callable<T> attempt) {
    if (isBroken) {
      broken++;
      line(NOT_REACHED, claim, "");
      return null;
    }
    try {
      T found = attempt.call();
      kept++;
      line("kept", claim, "");
      return found;
    } catch (Exception e) {
      isBroken = true;
      broken++;
      line("BROKEN", claim, e instanceof BrokenClaim ? e.getMessage() : e.toString());
      return null;
    }
  }

  private void line(String verdict, String claim, String why) {
    out.println(String.format(Locale.ROOT, "  %-11s %-14s %s", verdict, section, claim));
    if (!why.isEmpty()) {
      out.println("              " + why.replace("\n", " "));
    }
  }

  /** One claim. */
  @FunctionalInterface
  interface Attempt {
    void run() throws Exception;
  }

  /** Ends a conversation whose next claims make no sense any more; is told already. */
  static final class ConversationOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConversationOver() {
      super("the conversation is over", null, false, false);
    }
  }
}
