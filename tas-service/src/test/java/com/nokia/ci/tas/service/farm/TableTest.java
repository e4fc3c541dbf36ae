package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table is what a sorted map would be, and never changes. */
final class TableTest {

  @Test
  void whateverIsPutAndRemovedATableIsASortedMap() {
    var random = new Random(7);
    var expected = new TreeMap<Integer, Integer>();
    Table<Integer, Integer> table = Table.empty();
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(500);
      if (random.nextInt(3) > 0) {
        expected.put(key, i);
        table = table.with(key, i);
      } else {
        expected.remove(key);
        table = table.without(key);
      }
      assertEquals(Optional.ofNullable(expected.get(key)), table.get(key));
      assertEquals(expected.size(), table.size());
      assertEquals(expected.headMap(key).size(), table.rank(key));
      assertEquals(
          Optional.ofNullable(expected.higherKey(key)),
          table.after(key).map(entry -> entry.getKey()));
    }
    assertEquals(new ArrayList<>(expected.keySet()), table.keys().toList());
    assertEquals(new ArrayList<>(expected.values()), table.values().toList());
    assertEquals(expected.firstKey(), table.first().orElseThrow().getKey());
    assertEquals(expected.lastKey(), table.last().orElseThrow().getKey());
    for (int i = 0; i < table.size(); i++) {
      assertEquals(i, table.rank(table.ranked(i).getKey()));
    }
  }

  @Test
  void anOlderTableDoesNotSeeWhatCameLater() {
    var older = Table.<String, String>empty().with("a", "1");

    var newer = older.with("a", "2").with("b", "3").without("a");

    assertEquals("{a=1}", older.toString());
    assertEquals("{b=3}", newer.toString());
  }

  /** Older tables are kept and grown once more, as is done when an event fails. */
  @Test
  void noTableSeesWhatIsPutIntoAnyOther() {
    var random = new Random(11);
    var tables = new ArrayList<Table<Integer, Integer>>();
    var expected = new ArrayList<TreeMap<Integer, Integer>>();
    tables.add(Table.empty());
    expected.add(new TreeMap<>());
    for (int i = 0; i < 6_000; i++) {
      int from = Math.max(0, tables.size() - 1 - random.nextInt(3));
      var map = new TreeMap<>(expected.get(from));
      int sort = random.nextInt(10);
      int key = sort < 6 && !map.isEmpty() ? map.lastKey() + 1 : random.nextInt(300);
      if (sort == 9 && !map.isEmpty()) {
        key = random.nextBoolean() ? map.firstKey() : map.lastKey();
        map.remove(key);
        tables.add(tables.get(from).without(key));
      } else {
        map.put(key, i);
        tables.add(tables.get(from).with(key, i));
      }
      expected.add(map);
      if (tables.size() > 60) {
        tables.subList(0, 30).clear();
        expected.subList(0, 30).clear();
      }
      int one = random.nextInt(tables.size());
      isAMap(expected.get(one), tables.get(one));
    }
    for (int i = 0; i < tables.size(); i++) {
      isAMap(expected.get(i), tables.get(i));
    }
  }

  private static void isAMap(SortedMap<Integer, Integer> expected, Table<Integer, Integer> table) {
    assertEquals(expected.size(), table.size());
    assertEquals(new ArrayList<>(expected.keySet()), table.keys().toList());
    assertEquals(new ArrayList<>(expected.values()), table.values().toList());
    var listed = new TreeMap<Integer, Integer>();
    table.forEach(entry -> listed.put(entry.getKey(), entry.getValue()));
    assertEquals(expected, listed);
  }

  @Test
  void severalThreadsMayGrowTheSameTable() throws Exception {
    for (int round = 0; round < 300; round++) {
      Table<Integer, Integer> common = Table.empty();
      for (int i = 0; i < 20 + round % 40; i++) {
        common = common.with(i, i);
      }
      var base = common;
      var growing =
          IntStream.of(1, 2, 3)
              .mapToObj(sign -> CompletableFuture.supplyAsync(() -> grown(base, sign)))
              .toList();
      for (int sign = 1; sign <= 3; sign++) {
        var table = growing.get(sign - 1).get(60, TimeUnit.SECONDS);
        int own = sign;
        assertEquals(base.size() + 10, table.size());
        assertTrue(table.values().skip(base.size()).allMatch(value -> value == own));
      }
    }
  }

  private static Table<Integer, Integer> grown(Table<Integer, Integer> base, int value) {
    var table = base;
    for (int i = 0; i < 10; i++) {
      table = table.with(1_000 + i, value);
    }
    return table;
  }

  @Test
  void otherValuesLeaveKeysAndWhatStaysAsItIs() {
    Table<Integer, Integer> table = Table.empty();
    for (int i = 0; i < 2_000; i++) {
      table = table.with(i, i);
    }

    var changed = table.mapped((key, value) -> key % 7 == 0 ? Integer.valueOf(-key) : value);

    assertEquals(table.keys().toList(), changed.keys().toList());
    assertEquals(
        table.keys().map(key -> key % 7 == 0 ? -key : key).toList(), changed.values().toList());
    assertEquals(1_400, table.at(1_400));
    assertEquals(-1_400, changed.at(1_400));
    assertEquals(1_400, changed.rank(1_400));
    assertSame(table, table.mapped((key, value) -> value));
  }

  @Test
  void aTableFilledInOrderStaysShallow() {
    Table<Integer, Integer> table = Table.empty();
    for (int i = 0; i < 100_000; i++) {
      table = table.with(i, i);
    }
    for (int i = 0; i < 99_990; i++) {
      table = table.without(i);
    }

    assertEquals(10, table.size());
    assertTrue(table.contains(99_995));
  }
}
