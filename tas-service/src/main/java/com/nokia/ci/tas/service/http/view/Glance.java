package com.nokia.ci.tas.service.http.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What of the farm somebody wants to see, as it stands in the address of the page: so that a link
 * shows the same to somebody else.
 *
 * @param words that a thing must have in one of its texts, whatever the case; empty: any
 * @param status of products: free, busy, disabled or disconnected; empty: any
 * @param rows how many rows each part shows at most
 */
public record Glance(String words, String status, Map<Part, Integer> rows) {
  private static final int LONGEST = 200;
  private static final int MOST_ROWS = 5_000;
  private static final int MORE = 5;

  /** What products may be asked for by. */
  public static final List<String> STATUSES = List.of("free", "busy", "disabled", "disconnected");

  /** The parts of the page that may be long. */
  public enum Part {
    RUNNING(30),
    WAITING(30),
    PRODUCTS(100),
    ENDED(20);

    private final int usual;

    Part(int usual) {
      this.usual = usual;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Glance {
    rows = Map.copyOf(rows);
  }

  /** Reads an address; what is not understood is as if it were not there. */
  public static Glance of(Function<String, Optional<String>> query) {
    var rows = new EnumMap<Part, Integer>(Part.class);
    for (var part : Part.values()) {
      query
          .apply(part.word())
          .filter(it -> it.matches("[0-9]{1,4}"))
          .map(Integer::valueOf)
          .ifPresent(it -> rows.put(part, Math.max(1, Math.min(MOST_ROWS, it))));
    }
    return new Glance(
        query.apply("q").map(String::strip).filter(it -> it.length() <= LONGEST).orElse(""),
        query.apply("status").filter(STATUSES::contains).orElse(""),
        rows);
  }

  int rows(Part part) {
    return rows.getOrDefault(part, part.usual);
  }

  /** Whether only some of what there is is asked for by words. */
  boolean isSearch() {
    return !words.isEmpty();
  }

  /** Whether a thing with these texts is asked for. */
  boolean suits(Stream<String> texts) {
    return words.isEmpty() || texts.anyMatch(this::isIn);
  }

  /** Without making anything: a search looks at tens of thousands of texts. */
  private boolean isIn(String text) {
    int last = text.length() - words.length();
    for (int place = 0; place <= last; place++) {
      if (text.regionMatches(true, place, words, 0, words.length())) {
        return true;
      }
    }
    return false;
  }

  /** The address that shows more rows of a part. */
  String more(Part part) {
    var more = new EnumMap<Part, Integer>(Part.class);
    more.putAll(rows);
    more.put(part, Math.min(MOST_ROWS, rows(part) * MORE));
    return new Glance(words, status, more).address() + "#" + part.word();
  }

  /** The address that shows products of a status. */
  static String ofStatus(String status) {
    return new Glance("", status, Map.of()).address() + "#nodes";
  }

  private String address() {
    var fields = new ArrayList<String>();
    if (!words.isEmpty()) {
      fields.add("q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }
    if (!status.isEmpty()) {
      fields.add("status=" + status);
    }
    for (var part : Part.values()) {
      if (rows.containsKey(part)) {
        fields.add(part.word() + "=" + rows.get(part));
      }
    }
    return fields.isEmpty() ? "/" : "/?" + String.join("&", fields);
  }
}
