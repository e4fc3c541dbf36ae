package com.nokia.ci.tas.service.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ids of some tests, from which it is guessed how a part of an id is found soonest: one that many
 * have by looking through the newest tests, one that few have by the index of three characters. A
 * wrong guess costs time and finds the same. Immutable.
 */
final class TextSample {
  private static final int NEWEST = 500;
  private static final int PLACES = 10;
  private static final int AT_PLACE = 50;

  /** Of so many of the newest one has a text that is found soonest by looking through them. */
  private static final int COMMON = 10;

  /** Of so many at most one has three characters that are asked for in the index. */
  private static final int RARE = 50;

  /** So many of them tell enough. */
  private static final int MOST_THREES = 3;

  private final List<String> newest;
  private final List<String> all;

  /**
   * Takes ids.
   *
   * @param newest of the tests that ended last
   * @param earlier of some that ended before; empty when the newest are all there are
   */
  TextSample(List<String> newest, List<String> earlier) {
    this.newest = newest.stream().map(TextSample::lower).toList();
    var both = new ArrayList<>(this.newest);
    earlier.forEach(id -> both.add(lower(id)));
    this.all = List.copyOf(both);
  }

  /** Takes the newest with a number below this one, and some of all places before them. */
  static TextSample below(Connection connection, long number) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select id, number from ended_test where number < ? order by number desc limit ?")) {
      var newest = new ArrayList<String>();
      select.setLong(1, number);
      select.setInt(2, NEWEST);
      long first = 0;
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          newest.add(rows.getString(1));
          first = rows.getLong(2);
        }
      }
      var earlier = new ArrayList<String>();
      select.setInt(2, AT_PLACE);
      for (int place = 1; newest.size() == NEWEST && place <= PLACES; place++) {
        select.setLong(1, first / PLACES * place);
        try (var rows = select.executeQuery()) {
          while (rows.next()) {
            earlier.add(rows.getString(1));
          }
        }
      }
      return new TextSample(newest, earlier);
    }
  }

  /** Whether a text is found soonest by looking through the newest tests. */
  boolean isCommon(String part) {
    return newest.size() < NEWEST || count(newest, part) * COMMON >= newest.size();
  }

  /** The rarest three characters of a text, a few of them; empty when all of them are common. */
  List<String> rareThrees(String part) {
    Map<String, Long> counts = new TreeMap<>();
    for (int end = 3; end <= part.length(); end++) {
      String three = lower(part.substring(end - 3, end));
      counts.computeIfAbsent(three, it -> count(all, it));
    }
    return counts.entrySet().stream()
        .filter(it -> it.getValue() * RARE <= all.size())
        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .limit(MOST_THREES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static long count(List<String> ids, String part) {
    String wanted = lower(part);
    return ids.stream().filter(id -> id.contains(wanted)).count();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
