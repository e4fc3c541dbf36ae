package com.nokia.ci.tas.service.farm;

import java.util.List;

/**
 * A part of a {@link Register} with several entries, told apart by a piece of {@value #BITS} bits
 * of their hashes. Immutable.
 */
@SuppressWarnings("unchecked") // what stands in a register are its keys and values
final class Fork<K extends Comparable<? super K>, V> implements Bucket<K, V> {
  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;

  /** Spreads the hashes of names that follow each other. */
  private static final int SPREAD = 0x9E3779B1;

  private static final Fork<?, ?> NOTHING = new Fork<String, String>(0);

  /** The pieces behind which something stands, a bit for each. */
  private final int taken;

  /** What stands there, in the order of the pieces. */
  private final Object[] places;

  Fork(int taken, Object... places) {
    this.taken = taken;
    this.places = places;
  }

  static <K extends Comparable<? super K>, V> Bucket<K, V> nothing() {
    return (Bucket<K, V>) NOTHING;
  }

  /** Where a key is looked for. */
  static int hash(Object key) {
    int hash = key.hashCode() * SPREAD;
    return hash ^ (hash >>> Short.SIZE);
  }

  /** What has one hash, and an entry of another. */
  static <K extends Comparable<? super K>, V> Bucket<K, V> apart(
      int shift, int hash, Bucket<K, V> one, Bucket.Item<K, V> other) {
    int bit = bit(shift, hash);
    int otherBit = bit(shift, other.hash());
    if (bit == otherBit) {
      return new Fork<>(bit, apart(shift + BITS, hash, one, other));
    }
    return Integer.compareUnsigned(bit, otherBit) < 0
        ? new Fork<>(bit | otherBit, one, other)
        : new Fork<>(bit | otherBit, other, one);
  }

  private static int bit(int shift, int hash) {
    return 1 << ((hash >>> shift) & MASK);
  }

  private int place(int bit) {
    return Integer.bitCount(taken & (bit - 1));
  }

  @Override
  public V find(int shift, int hash, K key) {
    var fork = this;
    int level = shift;
    while (true) {
      int bit = bit(level, hash);
      if ((fork.taken & bit) == 0) {
        return null;
      }
      var found = (Bucket<K, V>) fork.places[fork.place(bit)];
      level += BITS;
      if (!(found instanceof Fork<K, V> next)) {
        return found.find(level, hash, key);
      }
      fork = next;
    }
  }

  @Override
  public Bucket<K, V> with(int shift, Bucket.Item<K, V> item) {
    int bit = bit(shift, item.hash());
    int place = place(bit);
    if ((taken & bit) == 0) {
      return new Fork<>(taken | bit, Page.inserted(places, place, item));
    }
    var changed = ((Bucket<K, V>) places[place]).with(shift + BITS, item);
    return new Fork<>(taken, Page.replaced(places, place, changed));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // there is one nothing
  public Bucket<K, V> without(int shift, int hash, K key) {
    int bit = bit(shift, hash);
    int place = place(bit);
    var left = ((Bucket<K, V>) places[place]).without(shift + BITS, hash, key);
    var changed =
        left == NOTHING
            ? new Fork<K, V>(taken & ~bit, Page.removed(places, place))
            : new Fork<K, V>(taken, Page.replaced(places, place, left));
    if (changed.places.length == 0) {
      return nothing();
    }
    var first = (Bucket<K, V>) changed.places[0];
    return changed.places.length == 1 && !(first instanceof Fork) ? first : changed;
  }

  @Override
  public int list(Object[] keys, int from) {
    int next = from;
    for (var place : places) {
      next = ((Bucket<K, V>) place).list(keys, next);
    }
    return next;
  }

  /** Adds the keys of all that is not shared by two buckets of the same place; some twice. */
  @SuppressWarnings("ReferenceEquality") // what is shared is the same object
  static <K extends Comparable<? super K>, V> void differing(
      Bucket<K, V> one, Bucket<K, V> other, List<K> keys) {
    if (one == other) {
      return;
    }
    if (!(one instanceof Fork<K, V> left && other instanceof Fork<K, V> right)) {
      addAll(one, keys);
      addAll(other, keys);
      return;
    }
    for (int bits = left.taken | right.taken; bits != 0; bits &= bits - 1) {
      int bit = Integer.lowestOneBit(bits);
      var here = left.behind(bit);
      var there = right.behind(bit);
      if (here == null || there == null) {
        addAll(here == null ? there : here, keys);
      } else {
        differing(here, there, keys);
      }
    }
  }

  private Bucket<K, V> behind(int bit) {
    return (taken & bit) == 0 ? null : (Bucket<K, V>) places[place(bit)];
  }

  private static <K extends Comparable<? super K>, V> void addAll(
      Bucket<K, V> bucket, List<K> keys) {
    if (bucket instanceof Bucket.Item<K, V> item) {
      keys.add(item.key());
    } else if (bucket instanceof Bucket.Items<K, V> items) {
      items.all().keys().forEach(keys::add);
    } else {
      for (var place : ((Fork<K, V>) bucket).places) {
        addAll((Bucket<K, V>) place, keys);
      }
    }
  }
}
