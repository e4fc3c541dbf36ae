package com.nokia.ci.tas.service.http.api;

import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.Search;
import com.nokia.ci.tas.service.store.Search.Aspect;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What somebody asks of the list of tests.
 *
 * @param states of which tests; never empty
 * @param search which ended ones; whatever it wants of those, it wants of the others as well
 * @param cursor where to go on; empty: from the beginning
 * @param problem why it is not understood, a sentence
 */
public record TestQuery(
    Set<String> states, Search search, Optional<Cursor> cursor, Optional<String> problem) {
  /** The states of tests. */
  public static final List<String> STATES = List.of("preparing", "running", "waiting", "ended");

  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 1_000;

  /**
   * Reads it.
   *
   * @param query the values behind the question mark, by name
   */
  public static TestQuery of(Function<String, Optional<String>> query) {
    try {
      return new TestQuery(
          states(query.apply("state")),
          search(query),
          query.apply("cursor").map(Cursor::of),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      return new TestQuery(
          Set.copyOf(STATES), Search.LATEST, Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  private static Set<String> states(Optional<String> words) {
    var states =
        words
            .map(it -> Arrays.stream(it.split(",", -1)).map(String::strip).toList())
            .orElse(STATES);
    if (!STATES.containsAll(states)) {
      throw new IllegalArgumentException(
          "state is waiting, preparing, running or ended, with commas between several.");
    }
    return Set.copyOf(states);
  }

  private static Search search(Function<String, Optional<String>> query) {
    var search = Search.LATEST.atMost((int) number(query, "limit", 1, MOST).orElse(USUAL_LIMIT));
    for (var aspect : Aspect.values()) {
      var value = query.apply(aspect.name().toLowerCase(Locale.ROOT));
      search = value.isPresent() ? search.with(aspect, value.get()) : search;
    }
    var text = query.apply("text");
    if (text.isPresent()) {
      if (!Search.isText(text.get())) {
        throw new IllegalArgumentException("text needs at least three characters.");
      }
      search = search.withText(text.get());
    }
    var verdict = query.apply("verdict");
    if (verdict.isPresent()) {
      search = search.with(verdict(verdict.get()));
    }
    var since = number(query, "since", 0, Long.MAX_VALUE).stream().mapToObj(Instant::ofEpochMilli);
    var before =
        number(query, "before", 0, Long.MAX_VALUE).stream().mapToObj(Instant::ofEpochMilli);
    search = since.findFirst().map(search::since).orElse(search);
    return before.findFirst().map(search::before).orElse(search);
  }

  private static EndedTest.Verdict verdict(String word) {
    return Arrays.stream(EndedTest.Verdict.values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("verdict is finished, failed, stopped or refused."));
  }

  private static java.util.OptionalLong number(
      Function<String, Optional<String>> query, String name, long least, long most) {
    var text = query.apply(name);
    if (text.isEmpty()) {
      return java.util.OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return java.util.OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        name + " is a whole number" + (most == MOST ? " from 1 to " + MOST : "") + ".");
  }

  /** Whether tests that have not ended can be meant at all. */
  public boolean isOfLive() {
    return search.verdict().isEmpty()
        && !search.wanted().containsKey(Aspect.CODE)
        && !search.wanted().containsKey(Aspect.FAULT)
        && states.stream().anyMatch(state -> !state.equals("ended"));
  }

  /**
   * Whether a test is meant that has not ended.
   *
   * @param client as {@code host:port}
   * @param node likewise; empty: it is on none
   */
  public boolean suits(
      TestDescription test, String client, Optional<String> node, Instant received) {
    String id = test.id().test().value();
    return search.since().stream().noneMatch(received::isBefore)
        && search.before().stream().allMatch(received::isBefore)
        && search.text().stream()
            .allMatch(it -> id.toLowerCase(Locale.ROOT).contains(it.toLowerCase(Locale.ROOT)))
        && search.wanted().entrySet().stream()
            .allMatch(it -> values(test, client, node, it.getKey()).contains(it.getValue()));
  }

  private static Set<String> values(
      TestDescription test, String client, Optional<String> node, Aspect aspect) {
    return switch (aspect) {
      case ID -> Set.of(test.id().test().value());
      case PROJECT -> test.origin().project().map(it -> Set.of(it.value())).orElse(Set.of());
      case OWNER -> test.origin().owner().map(it -> Set.of(it.value())).orElse(Set.of());
      case CLIENT -> Set.of(client);
      case NODE -> node.map(Set::of).orElse(Set.of());
      case PRODUCT ->
          test.progress().reservedProducts().stream()
              .map(it -> it.id().imei())
              .collect(Collectors.toSet());
      case CODE, FAULT -> Set.of();
    };
  }
}
