package com.nokia.ci.tas.service.farm;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Some entries of a {@link Table} in the order of their keys. Immutable. */
@SuppressWarnings("unchecked") // what stands in a table are its keys and values
final class Leaf<K extends Comparable<? super K>, V> implements Page<K, V> {
  private static final Object[] NONE = {};

  private final Object[] keys;
  private final Object[] values;

  Leaf() {
    this(NONE, NONE);
  }

  private Leaf(Object[] keys, Object... values) {
    this.keys = keys;
    this.values = values;
  }

  /** Where a key stands; if it does not, -1 less where it would. */
  int place(K key) {
    return Page.place(keys, key);
  }

  V value(int place) {
    return (V) values[place];
  }

  K key(int place) {
    return (K) keys[place];
  }

  Map.Entry<K, V> entry(int place) {
    return Map.entry(key(place), value(place));
  }

  Stream<K> allKeys() {
    return (Stream<K>) (Stream<?>) Arrays.stream(keys);
  }

  Stream<V> allValues() {
    return (Stream<V>) (Stream<?>) Arrays.stream(values);
  }

  @Override
  public int count() {
    return keys.length;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public Leaf<K, V> first() {
    return this;
  }

  @Override
  public Leaf<K, V> with(K key, V value) {
    int place = place(key);
    if (place >= 0) {
      return new Leaf<>(keys, Page.replaced(values, place, value));
    }
    int free = -1 - place;
    return new Leaf<>(Page.inserted(keys, free, key), Page.inserted(values, free, value));
  }

  @Override
  public Leaf<K, V> without(K key) {
    int place = place(key);
    return place < 0 ? this : new Leaf<>(Page.removed(keys, place), Page.removed(values, place));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very value: it was not changed
  public Leaf<K, V> mapped(BiFunction<? super K, ? super V, ? extends V> change) {
    Object[] changed = null;
    for (int i = 0; i < values.length; i++) {
      V now = change.apply(key(i), value(i));
      if (now != values[i]) {
        changed = changed == null ? values.clone() : changed;
        changed[i] = now;
      }
    }
    return changed == null ? this : new Leaf<>(keys, changed);
  }

  @Override
  public Leaf<K, V> part(int from, int to) {
    return new Leaf<>(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
  }

  @Override
  public Leaf<K, V> joined(Page<K, V> right) {
    var other = right.first();
    return new Leaf<>(Page.joined(keys, other.keys), Page.joined(values, other.values));
  }
}
