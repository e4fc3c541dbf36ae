package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A register is what a map would be that is listed in the order of its keys, and never changes. */
final class RegisterTest {

  /** A name of which many have the same hash, as somebody could choose them. */
  private record Name(int number, int hashes) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Name name && name.number == number;
    }

    @Override
    public int hashCode() {
      return number % hashes;
    }
  }

  @Test
  void whateverIsPutAndRemovedARegisterIsAMapListedInOrder() {
    isAMap(/* names= */ 3_000, /* hashes= */ Integer.MAX_VALUE);
  }

  @Test
  void namesOfTheSameHashAreToldApart() {
    isAMap(/* names= */ 300, /* hashes= */ 7);
    isAMap(/* names= */ 300, /* hashes= */ 1);
  }

  private static void isAMap(int names, int hashes) {
    var random = new Random(names + hashes);
    var expected = new TreeMap<Name, Integer>();
    Register<Name, Integer> register = Register.empty();
    for (int i = 0; i < 20_000; i++) {
      var name = new Name(random.nextInt(names), hashes);
      if (random.nextInt(5) < (i / 5_000 % 2 == 0 ? 4 : 1)) {
        expected.put(name, i);
        register = register.with(name, i);
      } else {
        expected.remove(name);
        register = register.without(name);
      }
      assertEquals(Optional.ofNullable(expected.get(name)), register.get(name));
      assertEquals(expected.containsKey(name), register.contains(name));
      assertEquals(expected.size(), register.size());
      assertEquals(expected.isEmpty(), register.isEmpty());
      if (i % 500 == 0) {
        assertEquals(new ArrayList<>(expected.keySet()), register.keys().toList());
        assertEquals(new ArrayList<>(expected.values()), register.values().toList());
      }
    }
    for (var name : new ArrayList<>(expected.keySet())) {
      register = register.without(name);
      assertFalse(register.contains(name));
    }
    assertTrue(register.isEmpty());
    assertEquals("[]", register.toString());
  }

  @Test
  void anOlderRegisterDoesNotSeeWhatCameLater() {
    var older = Register.<String, String>empty().with("b", "1").with("a", "1");
    assertEquals("[a=1, b=1]", older.toString());

    var newer = older.with("b", "2").with("c", "3").without("a");

    assertEquals("[a=1, b=1]", older.toString());
    assertEquals("[b=2, c=3]", newer.toString());
  }

  @Test
  void aListingIsOfTheValuesThatAreThereNow() {
    var first = Register.<String, String>empty().with("a", "1").with("b", "1");
    assertEquals("[a=1, b=1]", first.toString());

    assertEquals("[a=2, b=1]", first.with("a", "2").toString());
  }
}
