package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is to be published.
 *
 * @param publisher by its name
 * @param target where to: a file, a directory, a URL, addresses
 * @param options of this publisher by name
 * @param when it is published
 */
public record Wish(String publisher, String target, Map<String, String> options, When when) {

  /** When something is published. */
  public enum When {
    /** Each time. */
    ALWAYS,
    /** When the verdict is not PASS. */
    FAILURE,
    /** When the verdict is another one than the last time; the first time when it is not PASS. */
    CHANGE;

    /** Reads {@code always}, {@code failure} or {@code change}; empty for another word. */
    public static Optional<When> of(String word) {
      for (var value : values()) {
        if (value.name().equals(word.strip().toUpperCase(Locale.ROOT))) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }

    /** Whether a verdict is worth telling, the former one being known or not. */
    boolean wants(Verdict verdict, Optional<Verdict> former) {
      return switch (this) {
        case ALWAYS -> true;
        case FAILURE -> verdict != Verdict.PASS;
        case CHANGE -> verdict != former.orElse(Verdict.PASS);
      };
    }
  }

  public Wish {
    Objects.requireNonNull(publisher, "publisher");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(when, "when");
    options = Map.copyOf(options);
  }

  /** The value of an option, or what is taken when it is not given. */
  public String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }
}
