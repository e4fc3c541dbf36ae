package com.nokia.ci.tas.service.http.view;

import java.util.List;
import java.util.Locale;

/** Something that people have done to a thing of the farm by its page. */
public enum Act {
  STOP(
      "Stop",
      "The test ends as stopped, what it holds becomes free, and its issuer is told your reason.",
      Reason.WISHED,
      Time.NONE,
      /* isGrave= */ true,
      Sort.TEST),
  PRIORITY(
      "Change priority",
      "Tests of a higher priority come first, and those of the same in the order of their age.",
      Reason.NONE,
      Time.NONE,
      /* isGrave= */ false,
      Sort.TEST),
  RUN_AGAIN(
      "Run again",
      "A new test begins that asks for the same as this one; what you fill in is asked for"
          + " instead.",
      Reason.NONE,
      Time.NONE,
      /* isGrave= */ false,
      Sort.TEST),
  DISABLE(
      "Disable",
      "No test gets it any more, and none may hope for it; what runs on it goes on.",
      Reason.NEEDED,
      Time.WISHED,
      true,
      Sort.PRODUCT,
      Sort.NODE),
  DRAIN(
      "Drain",
      "No new test gets it, but tests may wait for it; what runs on it goes on.",
      Reason.NEEDED,
      Time.WISHED,
      false,
      Sort.PRODUCT,
      Sort.NODE),
  ENABLE(
      "Enable",
      "Tests get it again, and all that people and the farm hold against it is forgotten.",
      Reason.WISHED,
      Time.NONE,
      false,
      Sort.PRODUCT,
      Sort.NODE),
  NOTE(
      "Note",
      "Everybody who looks at it reads your note; an empty one removes the note that is there.",
      Reason.WISHED,
      Time.NONE,
      false,
      Sort.PRODUCT,
      Sort.NODE),
  TAKE(
      "Take",
      "You have it in hand for that time: no test gets it, but tests may wait for it.",
      Reason.NEEDED,
      Time.NEEDED,
      false,
      Sort.PRODUCT),
  EXTEND(
      "Extend",
      "You keep it in hand for that time from now on.",
      Reason.WISHED,
      Time.NEEDED,
      false,
      Sort.PRODUCT),
  GIVE_BACK("Give back", "Tests get it again.", Reason.WISHED, Time.NONE, false, Sort.PRODUCT),
  FREE(
      "Free",
      "Whatever holds it is ended: a test that runs on it is stopped and may be tried again, a"
          + " product that is kept for its issuer is taken back.",
      Reason.NEEDED,
      Time.NONE,
      true,
      Sort.PRODUCT);

  private final String verb;
  private final String meaning;
  private final Reason reason;
  private final Time time;
  private final boolean isGrave;

  @SuppressWarnings("ImmutableEnumChecker") // it is one of List.of
  private final List<Sort> sorts;

  Act(String verb, String meaning, Reason reason, Time time, boolean isGrave, Sort... sorts) {
    this.verb = verb;
    this.meaning = meaning;
    this.reason = reason;
    this.time = time;
    this.isGrave = isGrave;
    this.sorts = List.of(sorts);
  }

  /** What it can be done to. */
  public enum Sort {
    PRODUCT,
    NODE,
    TEST;

    /** As a sentence names it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Where the pages of its sort are. */
    public String root() {
      return "/" + word() + "s";
    }
  }

  /** Whether somebody has to say why. */
  private enum Reason {
    NEEDED,
    WISHED,
    NONE
  }

  /** Whether somebody has to say for how long. */
  private enum Time {
    NEEDED,
    WISHED,
    NONE
  }

  /** As the button says it. */
  public String verb() {
    return verb;
  }

  /** As the page asks it. */
  String question(String thing) {
    return switch (this) {
      case PRIORITY -> "Change priority of " + thing;
      case RUN_AGAIN -> "Run " + thing + " again";
      case NOTE -> "Note on " + thing;
      case GIVE_BACK -> "Give " + thing + " back";
      case STOP, DISABLE, DRAIN, ENABLE, TAKE, EXTEND, FREE -> verb + " " + thing;
    };
  }

  /** What comes of it. */
  public String meaning() {
    return meaning;
  }

  /** As the address has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public List<Sort> sorts() {
    return sorts;
  }

  public boolean needsReason() {
    return reason == Reason.NEEDED;
  }

  /** Whether somebody can say why. */
  public boolean takesReason() {
    return reason != Reason.NONE;
  }

  /** Whether it can be for a time. */
  public boolean takesTime() {
    return time != Time.NONE;
  }

  public boolean needsTime() {
    return time == Time.NEEDED;
  }

  /** Whether it interrupts somebody. */
  public boolean isGrave() {
    return isGrave;
  }
}
