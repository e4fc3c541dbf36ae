package com.nokia.ci.tas.service.farm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Some entries of a {@link Table} in the order of their keys. Immutable, though a leaf and those
 * that were made of it by adding at the end have their arrays in common: each looks at as many
 * places as it has, and a free place behind them is taken once, whoever is first. Whoever finds it
 * taken, be it by a leaf that nobody knows any more, makes arrays of its own.
 */
@SuppressWarnings("unchecked") // what stands in a table are its keys and values
final class Leaf<K extends Comparable<? super K>, V> implements Page<K, V> {
  private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final Object[] NONE = {};
  private static final Leaf<?, ?> EMPTY = new Leaf<String, String>(NONE, NONE, 0);

  private final Object[] keys;
  private final Object[] values;
  private final int count;

  private Leaf(Object[] keys, Object[] values, int count) {
    this.keys = keys;
    this.values = values;
    this.count = count;
  }

  /** All of two arrays, which nobody else changes. */
  private Leaf(Object[] keys, Object[] values) {
    this(keys, values, keys.length);
  }

  static <K extends Comparable<? super K>, V> Leaf<K, V> empty() {
    return (Leaf<K, V>) EMPTY;
  }

  static <K extends Comparable<? super K>, V> Leaf<K, V> of(K key, V value) {
    return new Leaf<>(new Object[] {key}, new Object[] {value}, 1);
  }

  /** Where a key stands; if it does not, -1 less where it would. */
  int place(K key) {
    return Page.place(keys, count, key);
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
    return (Stream<K>) (Stream<?>) Arrays.stream(keys, 0, count);
  }

  Stream<V> allValues() {
    return (Stream<V>) (Stream<?>) Arrays.stream(values, 0, count);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Leaf<K, V> first() {
    return this;
  }

  @Override
  public Leaf<K, V> with(K key, V value) {
    int place = place(key);
    if (place >= 0) {
      var changed = Arrays.copyOf(values, count);
      changed[place] = value;
      return new Leaf<>(keys, changed, count);
    }
    int free = -1 - place;
    return free == count
        ? behind(key, value)
        : new Leaf<>(
            Page.inserted(keys, count, free, key), Page.inserted(values, count, free, value));
  }

  /** Whether a key would stand behind all others. */
  boolean isBehind(K key) {
    return count > 0 && key.compareTo(key(count - 1)) > 0;
  }

  /** The same with an entry behind all others. */
  Leaf<K, V> behind(K key, V value) {
    boolean hasRoom = count < keys.length && count < values.length;
    if (hasRoom && PLACES.compareAndSet(keys, count, null, key)) {
      values[count] = value;
      return new Leaf<>(keys, values, count + 1);
    }
    int room = Math.max(count + 1, Math.min(MOST, count + count / 2));
    var more = new Leaf<K, V>(copied(keys, room), copied(values, room), count + 1);
    more.keys[count] = key;
    more.values[count] = value;
    return more;
  }

  /** The elements of this leaf in an array with room for more. */
  private Object[] copied(Object[] elements, int room) {
    var copy = new Object[room];
    System.arraycopy(elements, 0, copy, 0, count);
    return copy;
  }

  @Override
  public Leaf<K, V> without(K key) {
    int place = place(key);
    return place < 0
        ? this
        : new Leaf<>(Page.removed(keys, count, place), Page.removed(values, count, place));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very value: it was not changed
  public Leaf<K, V> mapped(BiFunction<? super K, ? super V, ? extends V> change) {
    Object[] changed = null;
    for (int i = 0; i < count; i++) {
      V now = change.apply(key(i), value(i));
      if (now != values[i]) {
        changed = changed == null ? Arrays.copyOf(values, count) : changed;
        changed[i] = now;
      }
    }
    return changed == null ? this : new Leaf<>(keys, changed, count);
  }

  @Override
  public Leaf<K, V> part(int from, int to) {
    return new Leaf<>(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
  }

  @Override
  public Leaf<K, V> joined(Page<K, V> right) {
    var other = right.first();
    return new Leaf<>(
        Page.joined(keys, count, other.keys, other.count),
        Page.joined(values, count, other.values, other.count));
  }
}
