package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
