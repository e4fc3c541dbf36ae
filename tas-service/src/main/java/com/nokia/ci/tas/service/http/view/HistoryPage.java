package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tests that ended, as far back as they are kept.
 *
 * @param frame what is around it
 * @param wish which of them
 * @param rows newest first
 * @param older where those before them are shown; none or one
 * @param export what is asked for, as the interface for programs has it; begins with a question
 *     mark unless it is empty
 */
public record HistoryPage(
    Frame frame, Wish wish, List<EndedRow> rows, List<String> older, String export) {
  private static final int ROWS = 100;

  /** Gives up looking for tests that somebody may see after so many that one may not. */
  private static final int MOST_LOOKED_AT = 2_000;

  /**
   * Which tests somebody wants to see, as the address says it.
   *
   * @param values of aspects, as they were typed
   * @param verdict as it was chosen; empty: any
   * @param from first day; empty: any
   * @param to last day; empty: any
   * @param below only tests that ended before the one with this number; empty: from the last on
   */
  public record Wish(
      Map<Search.Aspect, String> values, String verdict, String from, String to, String below) {
    private static final int LONGEST = 200;

    public Wish {
      values = Map.copyOf(values);
    }

    /** Reads an address; what is not understood is as if it were not there. */
    public static Wish of(Function<String, Optional<String>> query) {
      var values = new EnumMap<Search.Aspect, String>(Search.Aspect.class);
      for (var aspect : Search.Aspect.values()) {
        query
            .apply(field(aspect))
            .map(String::strip)
            .filter(it -> !it.isEmpty() && it.length() <= LONGEST)
            .ifPresent(it -> values.put(aspect, it));
      }
      return new Wish(
          values,
          query.apply("verdict").filter(it -> verdict(it).isPresent()).orElse(""),
          query.apply("from").filter(it -> day(it).isPresent()).orElse(""),
          query.apply("to").filter(it -> day(it).isPresent()).orElse(""),
          query.apply("below").filter(it -> it.matches("[0-9]{1,18}")).orElse(""));
    }

    /** The name of a field in the address and the form. */
    public static String field(Search.Aspect aspect) {
      return aspect.name().toLowerCase(Locale.ROOT);
    }

    /** What was typed for an aspect. */
    public String value(Search.Aspect aspect) {
      return values.getOrDefault(aspect, "");
    }

    Search search(ZoneId zone) {
      var search = Search.LATEST.atMost(ROWS);
      for (var value : values.entrySet()) {
        search =
            value.getKey() == Search.Aspect.ID && Search.isText(value.getValue())
                ? search.withText(value.getValue())
                : search.with(value.getKey(), value.getValue());
      }
      if (!verdict.isEmpty()) {
        search = search.with(verdict(verdict).orElseThrow());
      }
      if (!from.isEmpty() || !to.isEmpty()) {
        search =
            search.ended(
                day(from).map(it -> it.atStartOfDay(zone).toInstant()).orElse(Instant.EPOCH),
                day(to)
                    .map(it -> it.plusDays(1).atStartOfDay(zone).toInstant())
                    .orElse(Instant.ofEpochMilli(Long.MAX_VALUE)));
      }
      return below.isEmpty() ? search : search.below(Long.parseLong(below));
    }

    /** The address of the tests that ended before one with a number. */
    String older(long number) {
      var fields = new ArrayList<String>();
      values.forEach((aspect, value) -> fields.add(field(aspect) + "=" + Address.encoded(value)));
      fields.sort(null);
      Map.of("verdict", verdict, "from", from, "to", to).entrySet().stream()
          .filter(it -> !it.getValue().isEmpty())
          .map(it -> it.getKey() + "=" + it.getValue())
          .sorted()
          .forEach(fields::add);
      fields.add("below=" + number);
      return "/history?" + String.join("&", fields);
    }

    /** The same for the interface for programs. */
    String export(ZoneId zone) {
      var fields = new TreeMap<String, String>();
      values.forEach(
          (aspect, value) ->
              fields.put(
                  aspect == Search.Aspect.ID && Search.isText(value) ? "text" : field(aspect),
                  value));
      fields.put("verdict", verdict);
      fields.put("since", day(from).map(it -> millis(it, zone)).orElse(""));
      fields.put("before", day(to).map(it -> millis(it.plusDays(1), zone)).orElse(""));
      fields.values().removeIf(String::isEmpty);
      return fields.entrySet().stream()
          .map(it -> it.getKey() + "=" + Address.encoded(it.getValue()))
          .collect(Collectors.joining("&", fields.isEmpty() ? "" : "?", ""));
    }

    private static String millis(LocalDate day, ZoneId zone) {
      return String.valueOf(day.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    private static Optional<EndedTest.Verdict> verdict(String word) {
      return Arrays.stream(EndedTest.Verdict.values())
          .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst();
    }

    private static Optional<LocalDate> day(String text) {
      try {
        return Optional.of(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }

  /** Makes the page; reads history, which takes its time. */
  public static HistoryPage of(
      Frame frame,
      Wish wish,
      History history,
      Predicate<TestDescription> mayBeSeen,
      Telling telling) {
    var rows = new ArrayList<EndedRow>();
    var search = wish.search(telling.zone());
    long last = search.below();
    boolean isMore = true;
    for (int looked = 0; isMore && rows.isEmpty() && looked < MOST_LOOKED_AT; looked += ROWS) {
      var found = history.find(search.below(last));
      for (var entry : found) {
        last = entry.number();
        if (mayBeSeen.test(entry.test().test())) {
          rows.add(EndedRow.of(entry.test(), telling));
        }
      }
      isMore = found.size() == ROWS;
    }
    return new HistoryPage(
        frame,
        wish,
        List.copyOf(rows),
        isMore ? List.of(wish.older(last)) : List.of(),
        wish.export(telling.zone()));
  }

  /** What can be asked for, in the order of the form. */
  public static List<Search.Aspect> aspects() {
    return List.of(Search.Aspect.values());
  }

  /** How an aspect is called beside its field. */
  public static String label(Search.Aspect aspect) {
    return switch (aspect) {
      case ID -> "Test, or a part of it";
      case PROJECT -> "Project";
      case OWNER -> "Owner";
      case CLIENT -> "Issued by";
      case CODE -> "Code of the cause";
      case FAULT -> "Fault of";
      case NODE -> "Node";
      case PRODUCT -> "Product (IMEI)";
    };
  }

  /** Verdicts as the form has them. */
  public static List<String> verdicts() {
    return Arrays.stream(EndedTest.Verdict.values())
        .map(it -> it.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Whose fault it can be. */
  public static List<String> faults() {
    return Arrays.stream(Fault.values()).map(Fault::text).toList();
  }
}
