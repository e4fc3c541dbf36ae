package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.service.farm.EndedTest;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which ended tests somebody wants to see: those that have every wanted value.
 *
 * @param wanted aspect to the value it must have, compared whole
 * @param text a part of the id, in any case; at least {@value #SHORTEST_TEXT} characters; empty:
 *     any
 * @param scope whose tests; empty: everybody's
 * @param verdict how they ended; empty: any
 * @param since ended then or later, to the millisecond; empty: any
 * @param before ended before, to the millisecond; empty: any
 * @param below with a number below this: for going through many, page by page
 * @param limit at most so many
 */
public record Search(
    Map<Aspect, String> wanted,
    Optional<String> text,
    Optional<Scope> scope,
    Optional<EndedTest.Verdict> verdict,
    Optional<Instant> since,
    Optional<Instant> before,
    long below,
    int limit) {

  /** The last hundred tests. */
  public static final Search LATEST =
      new Search(
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Long.MAX_VALUE,
          100);

  /** A part of an id is found by its threes of characters. */
  public static final int SHORTEST_TEXT = 3;

  /**
   * Whose tests somebody may see: those of some projects, and one's own.
   *
   * @param projects names of them
   * @param owner the person, if it is one
   */
  public record Scope(Set<String> projects, Optional<String> owner) {
    public Scope {
      projects = Set.copyOf(projects);
      Objects.requireNonNull(owner, "owner");
    }
  }

  /** What can be asked for by its value. */
  public enum Aspect {
    /** The id that its issuer gave, without sub-id. */
    ID,
    /** The project that it belongs to. */
    PROJECT,
    /** The person who issued it. */
    OWNER,
    /** The address of its issuer, as {@code host:port}. */
    CLIENT,
    /** The code of the reason why it did not finish. */
    CODE,
    /** Whose fault that was. */
    FAULT,
    /** The node of its last run, as {@code host:port}. */
    NODE,
    /** A product of its last run, by IMEI. */
    PRODUCT
  }

  public Search {
    var ordered = new EnumMap<Aspect, String>(Aspect.class);
    ordered.putAll(wanted);
    wanted = Collections.unmodifiableMap(ordered);
    Objects.requireNonNull(scope, "scope");
    if (text.filter(it -> !isText(it)).isPresent()) {
      throw new IllegalArgumentException("a part of an id has at least 3 characters");
    }
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(before, "before");
    if (limit < 0) {
      throw new IllegalArgumentException("limit " + limit + " is negative");
    }
  }

  /** Whether something is long enough to be looked for as a part of an id. */
  public static boolean isText(String part) {
    return part.codePointCount(0, part.length()) >= SHORTEST_TEXT;
  }

  /** The same, and this aspect must have this value. */
  public Search with(Aspect aspect, String value) {
    var more = new EnumMap<Aspect, String>(Aspect.class);
    more.putAll(wanted);
    more.put(aspect, value);
    return new Search(more, text, scope, verdict, since, before, below, limit);
  }

  /** The same, and their id must have this part. */
  public Search withText(String part) {
    return new Search(wanted, Optional.of(part), scope, verdict, since, before, below, limit);
  }

  /** The same, and only of these. */
  public Search within(Scope of) {
    return new Search(wanted, text, Optional.of(of), verdict, since, before, below, limit);
  }

  /** The same, and they must have ended then or later. */
  public Search since(Instant from) {
    return new Search(wanted, text, scope, verdict, Optional.of(from), before, below, limit);
  }

  /** The same, and they must have ended before. */
  public Search before(Instant to) {
    return new Search(wanted, text, scope, verdict, since, Optional.of(to), below, limit);
  }

  /** The same, and they must have ended like this. */
  public Search with(EndedTest.Verdict how) {
    return new Search(wanted, text, scope, Optional.of(how), since, before, below, limit);
  }

  /** The same, and they must have ended in this time: from the first moment, before the second. */
  public Search ended(Instant from, Instant to) {
    return new Search(
        wanted, text, scope, verdict, Optional.of(from), Optional.of(to), below, limit);
  }

  /** The same, and their numbers must be below this one. */
  public Search below(long number) {
    return new Search(wanted, text, scope, verdict, since, before, number, limit);
  }

  /** The same, and at most so many. */
  public Search atMost(int newLimit) {
    return new Search(wanted, text, scope, verdict, since, before, below, newLimit);
  }
}
